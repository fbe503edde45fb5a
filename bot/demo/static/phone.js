// One person's Telegram app: its bar, its log, its line to write in, in the language of its owner.

import { Composer } from "./composer.js";
import { byId, make, stamp } from "./dom.js";
import { Log } from "./log.js";
import { menu } from "./menus.js";
import { alert, toast } from "./notices.js";
import { paragraphs } from "./rich.js";
import { act, startOf, story } from "./stream.js";
import { LANGUAGES, Words } from "./words.js";

const TYPING_MS = 5000;
const UNANSWERED_MS = 15000;
const SENDABLE = [["voice", "Voice message"], ["photo", "Photo"], ["video", "Video"], ["document", "Document"], ["location", "Location"], ["contact", "Contact"], ["sticker", "Sticker"]];

export class Phone {
  #words = new Words();
  #profile = { name: "", description: "" };
  #emptied = false;
  #linked = true;
  #typing = null;

  /** `on` has front(), which tells whether this phone is the one in front, and changed(). */
  constructor(number, on) {
    this.number = number;
    this.name = `Person ${number}`;
    this.on = on;
    this.blocked = false;
    this.unread = 0;
    this.code = "";
    const { root, part } = stamp(byId("phone"), `-${number}`);
    this.root = root;
    this.part = part;
    this.log = new Log(part, this.#words, { press: (...all) => this.#press(...all), copy: (text) => this.#copy(text), command: (text) => this.say(text) });
    this.composer = new Composer(part, this.#words, {
      say: (text) => this.say(text), edit: async (id, text) => Boolean(await this.run("edits", { message_id: id, text })), lastOwn: () => this.log.lastOwn,
    });
    this.#furnish();
  }

  get title() { return this.#profile.name; }

  async run(action, fields) {
    try {
      return await act(this.number, action, fields);
    } catch (error) {
      toast(this.part("toasts"), error.message);
      return null;
    }
  }

  async say(text) { return Boolean(await this.run("says", { text })); }

  toggleBlock() { return this.run(this.blocked ? "unblocks" : "blocks"); }

  /** The phone comes into sight, or goes. */
  reveal(shown) {
    const came = shown && this.root.hidden;
    this.root.hidden = !shown;
    if (!came) return;
    this.unread = 0;
    this.log.end();
    this.composer.relabel();
  }

  /** Ready to go on: in the line, or on the one button there is. */
  focus() {
    if (this.part("wide").hidden) this.composer.focus();
    else this.part("wide").focus({ preventScroll: true });
  }

  linked(up) {
    this.#linked = up;
    this.#status();
  }

  hear(event) {
    this[`on_${event.type}`]?.(event);
    this.on.changed();
  }

  on_snapshot(event) {
    this.#language(event.language);
    this.#show(event.profile);
    this.blocked = event.blocked;
    this.#emptied = event.emptied;
    this.log.load(event.messages);
    this.#stage();
    if (this.on.front(this)) this.composer.focus();
  }

  on_message(event) {
    this.#still();
    this.#emptied = false;
    if (this.root.hidden) this.unread += 1;
    this.log.show(event.message);
    this.#stage();
  }

  on_edit(event) { this.log.show(event.message); }

  on_delete(event) {
    this.log.remove(event.message_ids);
    this.#stage();
  }

  on_language(event) {
    this.#language(event.language);
    this.log.redraw();
    this.#stage();
  }

  on_profile(event) {
    this.#show(event.profile);
    this.#stage();
  }

  on_typing() {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#still(), TYPING_MS);
    this.log.typing(true);
    this.#status();
  }

  on_callback_answer(event) {
    this.log.answered();
    if (event.text && event.show_alert) alert(event.text);
    else if (event.text) toast(this.part("toasts"), event.text);
    if (event.url) open(event.url, "_blank", "noopener");
  }

  on_blocked(event) {
    this.blocked = event.blocked;
    this.log.note(this.#words.word(this.blocked ? "blocked" : "unblocked"));
    this.#stage();
  }

  on_restarted() {
    this.log.note("The program was restarted");
    this.log.answered();
  }

  on_clock() { this.log.redraw(); }

  async #press(message, key, element) {
    this.log.awaits();
    element.classList.add("waiting");
    element.setAttribute("aria-busy", "true");
    setTimeout(() => this.log.answered(), UNANSWERED_MS);
    const done = await this.run("taps", { message_id: message.message_id, data: key.callback_data });
    if (!done) this.log.answered();
  }

  async #copy(text) {
    await navigator.clipboard.writeText(text).catch(() => null);
    toast(this.part("toasts"), this.#words.word("copied"));
  }

  async #save() {
    try {
      const address = URL.createObjectURL(new Blob([await story(this.number)], { type: "text/plain" }));
      make("a", { href: address, download: `person-${this.number}.chat` }).click();
      setTimeout(() => URL.revokeObjectURL(address), UNANSWERED_MS);
    } catch (error) {
      alert(`This chat cannot be saved as a test. ${error.message}`);
    }
  }

  #show(profile) {
    this.#profile = profile;
    this.part("bot-name").textContent = profile.name;
    this.composer.commands = profile.commands;
    this.part("opening-title").textContent = this.#words.word("about");
    this.part("opening-text").replaceChildren(...paragraphs(profile.description));
  }

  /** Before the first message Telegram shows what the bot is for and one button; a blocked bot also has one. */
  #stage() {
    const fresh = this.log.empty;
    this.part("opening").hidden = !fresh || !this.#profile.description;
    this.part("compose").hidden = fresh || this.blocked;
    this.part("emptied").hidden = !fresh || !this.#emptied;
    this.part("emptied").textContent = this.#emptied ? this.#words.word("emptied") : "";
    const wide = this.part("wide");
    const was = wide.hidden;
    wide.hidden = !fresh && !this.blocked;
    wide.textContent = this.#words.word(this.blocked ? "unblock" : "start");
    if (wide.hidden !== was && this.on.front(this)) this.focus();
  }

  #still() {
    clearTimeout(this.#typing);
    this.#typing = null;
    this.log.typing(false);
    this.#status();
  }

  #status() {
    const line = this.part("bot-status");
    line.classList.toggle("busy", this.#typing !== null || !this.#linked);
    line.textContent = this.#linked ? this.#words.word(this.#typing === null ? "bot" : "typing") : "waiting for the program";
  }

  #language(code) {
    this.part("language").value = code ?? "";
    this.code = (code ?? "–").split("-")[0].toUpperCase();
    this.part("language-code").textContent = this.code;
    this.root.dir = this.#words.speak(code ?? "") ? "rtl" : "ltr";
    this.root.lang = this.#words.locale;
    this.composer.relabel();
    this.#status();
  }

  #furnish() {
    this.part("person-name").textContent = this.name;
    this.part("language").append(...LANGUAGES.map(([code, name]) => make("option", { value: code }, name)));
    this.part("language").addEventListener("change", (event) => this.run("language", { code: event.target.value || null }));
    this.part("wide").addEventListener("click", () => (this.blocked ? this.toggleBlock() : this.say(startOf(this.number))));
    this.part("save").addEventListener("click", () => this.#save());
    menu(this.part("attach"), this.part("attach-menu"), () => SENDABLE.map(([kind, label]) => ({ label, icon: kind === "document" ? "file" : kind, run: () => this.run("sends", { kind }) })));
    menu(this.part("more"), this.part("more-menu"), () => [
      { label: "Edit my last message", run: () => this.composer.editLast() },
      { label: this.blocked ? "Unblock bot" : "Block bot", run: () => this.toggleBlock() },
      { label: "Clear chat", run: () => this.run("clear") },
    ]);
  }
}
