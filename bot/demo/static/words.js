// The few words of the Telegram app itself, in the app's language. The bot's own words come from the bot.

export const LANGUAGES = [
  ["en", "English"], ["es", "Español"], ["de", "Deutsch"], ["ar", "العربية"], ["hi", "हिन्दी"],
  ["zh-hans", "中文"], ["pt-br", "Português"], ["fr", "Français"], ["sw", "Kiswahili"], ["", "Not told"],
];

const WORDS = {
  en: { start: "START", unblock: "UNBLOCK BOT", menu: "Menu", message: "Message", about: "What can this bot do?", edited: "edited", editing: "Edit message", today: "Today", bot: "bot", typing: "typing", blocked: "You blocked the bot", unblocked: "You unblocked the bot" },
  es: { start: "INICIAR", unblock: "DESBLOQUEAR BOT", menu: "Menú", message: "Mensaje", about: "¿Qué puede hacer este bot?", edited: "editado", editing: "Editar mensaje", today: "Hoy", bot: "bot", typing: "escribiendo", blocked: "Bloqueaste el bot", unblocked: "Desbloqueaste el bot" },
  de: { start: "STARTEN", unblock: "BOT FREIGEBEN", menu: "Menü", message: "Nachricht", about: "Was kann dieser Bot?", edited: "bearbeitet", editing: "Nachricht bearbeiten", today: "Heute", bot: "Bot", typing: "schreibt", blocked: "Du hast den Bot blockiert", unblocked: "Du hast den Bot freigegeben" },
  ar: { start: "ابدأ", unblock: "إلغاء حظر البوت", menu: "القائمة", message: "رسالة", about: "ماذا يمكن لهذا البوت أن يفعل؟", edited: "معدّلة", editing: "تعديل الرسالة", today: "اليوم", bot: "بوت", typing: "يكتب", blocked: "لقد حظرت البوت", unblocked: "لقد ألغيت حظر البوت" },
  hi: { start: "शुरू करें", unblock: "बॉट को अनब्लॉक करें", menu: "मेन्यू", message: "संदेश", about: "यह बॉट क्या कर सकता है?", edited: "संपादित", editing: "संदेश संपादित करें", today: "आज", bot: "बॉट", typing: "लिख रहा है", blocked: "आपने बॉट को ब्लॉक किया", unblocked: "आपने बॉट को अनब्लॉक किया" },
  zh: { start: "开始", unblock: "解除屏蔽", menu: "菜单", message: "消息", about: "这个机器人能做什么？", edited: "已编辑", editing: "编辑消息", today: "今天", bot: "机器人", typing: "正在输入", blocked: "您已屏蔽此机器人", unblocked: "您已解除屏蔽" },
  pt: { start: "INICIAR", unblock: "DESBLOQUEAR BOT", menu: "Menu", message: "Mensagem", about: "O que este bot pode fazer?", edited: "editada", editing: "Editar mensagem", today: "Hoje", bot: "bot", typing: "digitando", blocked: "Você bloqueou o bot", unblocked: "Você desbloqueou o bot" },
  fr: { start: "DÉMARRER", unblock: "DÉBLOQUER LE BOT", menu: "Menu", message: "Message", about: "Que peut faire ce bot ?", edited: "modifié", editing: "Modifier le message", today: "Aujourd’hui", bot: "bot", typing: "écrit", blocked: "Vous avez bloqué le bot", unblocked: "Vous avez débloqué le bot" },
};

let code = "en";

/** Sets the app's language; returns whether it is written from right to left. */
export function speak(language) {
  code = language && WORDS[language.split("-")[0]] ? language : "en";
  return code.startsWith("ar");
}

export const word = (key) => WORDS[code.split("-")[0]][key];
export const locale = () => code;
export const clock = (seconds) => new Date(seconds * 1000).toLocaleTimeString(code, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export function day(seconds) {
  const then = new Date(seconds * 1000);
  if (then.toDateString() === new Date().toDateString()) return word("today");
  return then.toLocaleDateString(code, { day: "numeric", month: "long" });
}
