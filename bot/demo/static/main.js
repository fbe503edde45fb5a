// Puts the page together: events from the server to the log, what the person does to the server.

import { Composer } from "./composer.js";
import { byId, make } from "./dom.js";
import { Inspect } from "./inspect.js";
import { Log } from "./log.js";
import { menu } from "./menus.js";
import { alert, toast } from "./notices.js";
import { paragraphs } from "./rich.js";
import { act, LAST_PERSON, listen, person, somebody, startWith } from "./stream.js";
import { LANGUAGES, locale, speak, word } from "./words.js";

const TYPING_MS = 5000;
const UNANSWERED_MS = 15000;
const SENDABLE = [["voice", "Voice message"], ["photo", "Photo"], ["video", "Video"], ["document", "Document"], ["location", "Location"], ["contact", "Contact"], ["sticker", "Sticker"]];

let profile = { name: "", description: "" };
let blocked = false;
let emptied = false;
let linked = true;
let typing = null;

const inspect = new Inspect();
const log = new Log({ press, copy, command: say });
const composer = new Composer({ say, edit: async (id, text) => Boolean(await run("edits", { message_id: id, text })), lastOwn: () => log.lastOwn });

async function run(action, fields) {
  try {
    return await act(action, fields);
  } catch (error) {
    toast(error.message);
    return null;
  }
}

async function say(text) { return Boolean(await run("says", { text })); }

async function press(message, key, element) {
  log.awaits();
  element.classList.add("waiting");
  element.setAttribute("aria-busy", "true");
  setTimeout(() => log.answered(), UNANSWERED_MS);
  const done = await run("taps", { message_id: message.message_id, data: key.callback_data });
  if (!done) log.answered();
}

async function copy(text) {
  await navigator.clipboard.writeText(text).catch(() => null);
  toast(word("copied"));
}

const EVENTS = {
  snapshot(event) {
    language(event.language);
    setProfile(event.profile);
    blocked = event.blocked;
    emptied = event.emptied;
    log.load(event.messages);
    stage();
    composer.focus();
  },
  message(event) { still(); emptied = false; log.show(event.message); stage(); },
  edit(event) { log.show(event.message); },
  delete(event) { log.remove(event.message_ids); stage(); },
  language(event) { language(event.language); log.redraw(); stage(); },
  profile(event) { setProfile(event.profile); stage(); },
  typing() { busy(); },
  callback_answer(event) {
    log.answered();
    if (event.text) (event.show_alert ? alert : toast)(event.text);
    if (event.url) open(event.url, "_blank", "noopener");
  },
  blocked(event) { blocked = event.blocked; log.note(word(blocked ? "blocked" : "unblocked")); stage(); },
  restarted() { log.note("The program was restarted"); log.answered(); },
};

function hear(event) {
  EVENTS[event.type]?.(event);
  inspect.soon();
}

function setProfile(next) {
  profile = next;
  byId("bot-name").textContent = profile.name;
  document.title = `${profile.name} · demo`;
  composer.commands = profile.commands;
  byId("opening-title").textContent = word("about");
  byId("opening-text").replaceChildren(...paragraphs(profile.description));
}

/** Before the first message Telegram shows what the bot is for and one button; a blocked bot also has one. */
function stage() {
  const fresh = log.empty;
  byId("opening").hidden = !fresh || !profile.description;
  byId("compose").hidden = fresh || blocked;
  byId("emptied").hidden = !fresh || !emptied;
  byId("emptied").textContent = emptied ? word("emptied") : "";
  const wide = byId("wide");
  const was = wide.hidden;
  wide.hidden = !fresh && !blocked;
  wide.textContent = blocked ? word("unblock") : word("start");
  if (!wide.hidden && was) wide.focus({ preventScroll: true });
  if (wide.hidden && !was) composer.focus();
}

function status() {
  const line = byId("bot-status");
  line.classList.toggle("busy", typing !== null || !linked);
  line.textContent = linked ? word(typing === null ? "bot" : "typing") : "waiting for the program";
}

function busy() {
  clearTimeout(typing);
  typing = setTimeout(still, TYPING_MS);
  status();
}

function still() {
  clearTimeout(typing);
  typing = null;
  status();
}

function language(code) {
  byId("language").value = code ?? "";
  byId("language-code").textContent = (code ?? "–").split("-")[0].toUpperCase();
  const rightToLeft = speak(code ?? "");
  byId("phone").dir = rightToLeft ? "rtl" : "ltr";
  byId("phone").lang = locale();
  composer.relabel();
  status();
}

function theme(dark) {
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  byId("theme").setAttribute("aria-pressed", String(dark));
}

function furnish() {
  byId("language").append(...LANGUAGES.map(([code, name]) => make("option", { value: code }, name)));
  byId("language").addEventListener("change", (event) => run("language", { code: event.target.value || null }));
  theme(document.documentElement.dataset.theme === "dark");
  byId("theme").addEventListener("click", () => {
    const dark = document.documentElement.dataset.theme !== "dark";
    localStorage.setItem("theme", dark ? "dark" : "light");
    theme(dark);
  });
  byId("wide").addEventListener("click", () => (blocked ? run("unblocks") : say(startWith ? `/start ${startWith}` : "/start")));
  byId("restart").addEventListener("click", restart);
  byId("clear").addEventListener("click", () => run("clear"));
  menu(byId("attach"), byId("attach-menu"), () => SENDABLE.map(([kind, label]) => ({ label, icon: kind === "document" ? "file" : kind, run: () => run("sends", { kind }) })));
  menu(byId("more"), byId("more-menu"), () => [
    { label: "Edit my last message", run: () => composer.editLast() },
    { label: blocked ? "Unblock bot" : "Block bot", run: () => run(blocked ? "unblocks" : "blocks") },
    { label: "Clear chat", run: () => run("clear") },
    "-",
    { label: "Restart program", run: restart },
    { label: "Open a second person", run: () => open(`/?person=${(Number(person) % LAST_PERSON) + 1}`, "_blank", "noopener") },
  ]);
}

async function restart() {
  byId("restart").disabled = true;
  await run("restart");
  byId("restart").disabled = false;
}

function nobodyHere() {
  byId("nobody").hidden = false;
  byId("compose").hidden = true;
  for (const id of ["language", "inspect-toggle", "more"]) byId(id).disabled = true;
}

furnish();
if (somebody) listen(hear, (up) => { linked = up; status(); });
else nobodyHere();
