// The few words of the Telegram app itself, in the app's language. The bot's own words come from the bot.

export const LANGUAGES = [
  ["en", "English"], ["es", "Español"], ["de", "Deutsch"], ["ar", "العربية"], ["hi", "हिन्दी"],
  ["zh-hans", "中文"], ["pt-br", "Português"], ["fr", "Français"], ["ru", "Русский"], ["sw", "Kiswahili"], ["", "Not told"],
];

const WORDS = {
  en: { copied: "Copied", start: "START", unblock: "UNBLOCK BOT", menu: "Menu", message: "Message", about: "What can this bot do?", edited: "edited", editing: "Edit message", today: "Today", bot: "bot", typing: "typing", blocked: "You blocked the bot", unblocked: "You unblocked the bot", more: "More choices", long: "Telegram takes at most 4,096 characters in one message.",
    emptied: "This pretend Telegram was emptied by the restart. Your answers were kept; press Start." },
  es: { copied: "Copiado", start: "INICIAR", unblock: "DESBLOQUEAR BOT", menu: "Menú", message: "Mensaje", about: "¿Qué puede hacer este bot?", edited: "editado", editing: "Editar mensaje", today: "Hoy", bot: "bot", typing: "escribiendo", blocked: "Bloqueaste el bot", unblocked: "Desbloqueaste el bot", more: "Más opciones", long: "Telegram admite como máximo 4096 caracteres por mensaje.",
    emptied: "El reinicio vació este Telegram de prueba. Sus respuestas se conservaron; pulse Iniciar." },
  de: { copied: "Kopiert", start: "STARTEN", unblock: "BOT FREIGEBEN", menu: "Menü", message: "Nachricht", about: "Was kann dieser Bot?", edited: "bearbeitet", editing: "Nachricht bearbeiten", today: "Heute", bot: "Bot", typing: "schreibt", blocked: "Du hast den Bot blockiert", unblocked: "Du hast den Bot freigegeben", more: "Weitere Möglichkeiten", long: "Telegram nimmt höchstens 4096 Zeichen in einer Nachricht.",
    emptied: "Der Neustart hat dieses nachgestellte Telegram geleert. Deine Antworten sind noch da; drücke Starten." },
  ar: { copied: "تم النسخ", start: "ابدأ", unblock: "إلغاء حظر البوت", menu: "القائمة", message: "رسالة", about: "ماذا يمكن لهذا البوت أن يفعل؟", edited: "معدّلة", editing: "تعديل الرسالة", today: "اليوم", bot: "بوت", typing: "يكتب", blocked: "لقد حظرت البوت", unblocked: "لقد ألغيت حظر البوت", more: "خيارات أخرى", long: "يقبل تيليجرام 4096 حرفًا على الأكثر في الرسالة الواحدة.",
    emptied: "أفرغت إعادةُ التشغيل تيليجرام التجريبي هذا. إجاباتك محفوظة؛ اضغط على «ابدأ»." },
  hi: { copied: "कॉपी किया गया", start: "शुरू करें", unblock: "बॉट को अनब्लॉक करें", menu: "मेन्यू", message: "संदेश", about: "यह बॉट क्या कर सकता है?", edited: "संपादित", editing: "संदेश संपादित करें", today: "आज", bot: "बॉट", typing: "लिख रहा है", blocked: "आपने बॉट को ब्लॉक किया", unblocked: "आपने बॉट को अनब्लॉक किया", more: "और विकल्प", long: "टेलीग्राम एक संदेश में अधिकतम 4,096 अक्षर लेता है।",
    emptied: "दोबारा चालू होने से यह नकली टेलीग्राम खाली हो गया। आपके उत्तर सुरक्षित हैं; “शुरू करें” दबाएँ।" },
  zh: { copied: "已复制", start: "开始", unblock: "解除屏蔽", menu: "菜单", message: "消息", about: "这个机器人能做什么？", edited: "已编辑", editing: "编辑消息", today: "今天", bot: "机器人", typing: "正在输入", blocked: "您已屏蔽此机器人", unblocked: "您已解除屏蔽", more: "更多选项", long: "Telegram 每条消息最多 4096 个字符。",
    emptied: "重启清空了这个模拟的 Telegram。您的回答仍然保留；请按“开始”。" },
  pt: { copied: "Copiado", start: "INICIAR", unblock: "DESBLOQUEAR BOT", menu: "Menu", message: "Mensagem", about: "O que este bot pode fazer?", edited: "editada", editing: "Editar mensagem", today: "Hoje", bot: "bot", typing: "digitando", blocked: "Você bloqueou o bot", unblocked: "Você desbloqueou o bot", more: "Mais opções", long: "O Telegram aceita no máximo 4.096 caracteres por mensagem.",
    emptied: "O reinício esvaziou este Telegram de faz de conta. Suas respostas foram mantidas; toque em Iniciar." },
  fr: { copied: "Copié", start: "DÉMARRER", unblock: "DÉBLOQUER LE BOT", menu: "Menu", message: "Message", about: "Que peut faire ce bot ?", edited: "modifié", editing: "Modifier le message", today: "Aujourd’hui", bot: "bot", typing: "écrit", blocked: "Vous avez bloqué le bot", unblocked: "Vous avez débloqué le bot", more: "Autres choix", long: "Telegram accepte au plus 4 096 caractères par message.",
    emptied: "Le redémarrage a vidé ce Telegram fictif. Vos réponses ont été gardées ; appuyez sur Démarrer." },
  ru: { copied: "Скопировано", start: "НАЧАТЬ", unblock: "РАЗБЛОКИРОВАТЬ БОТА", menu: "Меню", message: "Сообщение", about: "Что умеет этот бот?", edited: "изменено", editing: "Изменить сообщение", today: "Сегодня", bot: "бот", typing: "печатает", blocked: "Вы заблокировали бота", unblocked: "Вы разблокировали бота", more: "Другие варианты", long: "Telegram принимает не больше 4096 знаков в одном сообщении.",
    emptied: "После перезапуска этот учебный Telegram пуст. Ваши ответы сохранены; нажмите «Начать»." },
};

/** The words of one person's app. */
export class Words {
  #code = "en";

  /** Sets the app's language; returns whether it is written from right to left. */
  speak(language) {
    this.#code = language && WORDS[language.split("-")[0]] ? language : "en";
    return this.#code.startsWith("ar");
  }

  get locale() { return this.#code; }

  word(key) { return WORDS[this.#code.split("-")[0]][key]; }

  clock(seconds) { return new Date(seconds * 1000).toLocaleTimeString(this.#code, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }); }

  day(seconds) {
    const then = new Date(seconds * 1000);
    if (then.toDateString() === new Date(now()).toDateString()) return this.word("today");
    return then.toLocaleDateString(this.#code, { day: "numeric", month: "long" });
  }
}

let ahead = 0;

/** The demo's clock is `seconds` ahead of the machine's. */
export const moveClock = (seconds) => { ahead = seconds; };

const now = () => Date.now() + ahead * 1000;
