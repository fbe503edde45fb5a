// The line one writes in: sending, editing the last message, and the menu of commands.

import { make } from "./dom.js";
import { toast } from "./notices.js";
import { MOST, parts } from "./parts.js";

const WITH_KEYS = matchMedia("(hover: hover) and (pointer: fine)");

const LEAST_PX = 40;
const MOST_PX = 140;

export class Composer {
  #commands = [];
  #shown = [];
  #at = 0;
  #edits = null;

  /** `on` has say(text) and edit(id, text), which tell whether it was done, and lastOwn(). */
  constructor(part, words, on) {
    this.part = part;
    this.words = words;
    this.on = on;
    this.text = part("text");
    this.list = part("commands");
    this.form = part("compose");
    this.button = part("command-button");
    this.text.addEventListener("input", () => { this.#fit(); this.#suggest(); });
    this.text.addEventListener("keydown", (event) => this.#key(event));
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.#send(); });
    this.button.addEventListener("click", () => (this.list.hidden ? this.#offer(this.#commands) : this.#close()));
    this.part("editing-stop").addEventListener("click", () => this.#stopEdit());
    document.addEventListener("pointerdown", (event) => {
      if (!this.part("foot").contains(event.target)) this.#close();
    });
  }

  set commands(list) {
    this.#commands = list;
    this.button.hidden = list.length === 0;
  }

  relabel() {
    this.text.placeholder = this.words.word("message");
    this.part("text-label").textContent = this.words.word("message");
    this.part("menu-label").textContent = this.words.word("menu");
    this.part("editing-label").textContent = this.words.word("editing");
    this.#fit();
  }

  /** Ready to write. Not by itself on a touch screen, where that would pull up the keyboard. */
  focus() { if (WITH_KEYS.matches) this.text.focus({ preventScroll: true }); }

  editLast() {
    const message = this.on.lastOwn();
    if (!message) return;
    this.#edits = message.message_id;
    this.#write(message.text);
    this.part("editing-text").textContent = message.text;
    this.part("editing").hidden = false;
    this.form.classList.add("changing");
    this.text.focus();
    this.text.setSelectionRange(this.text.value.length, this.text.value.length);
  }

  #stopEdit() {
    this.#edits = null;
    this.part("editing").hidden = true;
    this.form.classList.remove("changing");
    this.#write("");
    this.focus();
  }

  #send() {
    const text = this.text.value.trim();
    this.#close();
    if (!text) return;
    if (this.#edits === null) this.#sayAll(text);
    else this.#change(this.#edits, text);
  }

  /** A long text goes as several messages, as from the real app. What could not be sent comes back. */
  async #sayAll(text) {
    this.#write("");
    const waiting = parts(text);
    while (waiting.length && await this.on.say(waiting[0])) waiting.shift();
    if (waiting.length) this.#write([...waiting, this.text.value].join("\n").trim());
  }

  /** One message stays one message: a text too long for it stays in the line. */
  async #change(id, text) {
    if (text.length > MOST) return toast(this.part("toasts"), this.words.word("long"));
    this.#stopEdit();
    if (!(await this.on.edit(id, text)) && this.text.value === "") this.#write(text);
    return undefined;
  }

  #write(text) {
    this.text.value = text;
    this.#fit();
  }

  #fit() {
    this.text.style.height = `${LEAST_PX}px`;
    this.text.style.height = `${Math.min(Math.max(this.text.scrollHeight, LEAST_PX), MOST_PX)}px`;
    this.button.classList.toggle("narrow", this.text.value !== "");
    this.part("send").disabled = this.text.value.trim() === "";
  }

  #key(event) {
    if (event.isComposing) return;
    if (!this.list.hidden && this.#walk(event)) return event.preventDefault();
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); this.#send(); }
    if (event.key === "ArrowUp" && this.text.value === "") { event.preventDefault(); this.editLast(); }
    if (event.key === "Escape" && this.#edits !== null) this.#stopEdit();
    return undefined;
  }

  /** Arrow keys in the open list; true when the key was for the list. */
  #walk(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) this.#mark(this.#at + steps[event.key]);
    else if (event.key === "Enter" || event.key === "Tab") this.#take(this.#shown[this.#at]);
    else if (event.key === "Escape") this.#close();
    else return false;
    return true;
  }

  #suggest() {
    const typed = /^\/([a-z0-9_]*)$/.exec(this.text.value);
    const fitting = typed ? this.#commands.filter((entry) => entry.command.startsWith(typed[1])) : [];
    if (fitting.length) this.#offer(fitting);
    else this.#close();
  }

  #offer(entries) {
    this.#shown = entries;
    this.list.replaceChildren(...entries.map((entry, i) => make("button",
      { type: "button", role: "option", id: `${this.list.id}-${i}`, tabindex: "-1", onclick: () => this.#take(entry) },
      make("b", {}, `/${entry.command}`), make("span", { dir: "auto" }, entry.description))));
    this.list.hidden = entries.length === 0;
    this.#expanded(!this.list.hidden);
    this.#mark(0);
    this.focus();
  }

  #mark(to) {
    const options = [...this.list.children];
    if (!options.length) return;
    this.#at = (to + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === this.#at)));
    options[this.#at].scrollIntoView({ block: "nearest" });
    this.text.setAttribute("aria-activedescendant", options[this.#at].id);
  }

  #take(entry) {
    this.#close();
    this.#write("");
    this.on.say(`/${entry.command}`);
    this.focus();
  }

  #close() {
    this.list.hidden = true;
    this.#expanded(false);
    this.text.removeAttribute("aria-activedescendant");
  }

  #expanded(open) {
    this.text.setAttribute("aria-expanded", String(open));
    this.button.setAttribute("aria-expanded", String(open));
  }
}
