// The people: a tab for each, their phones beside each other where there is room, and which one is in front.

import { byId, make } from "./dom.js";
import { menu } from "./menus.js";
import { toast } from "./notices.js";
import { Phone } from "./phone.js";
import { act, firstPerson, LAST_PERSON } from "./stream.js";
import { LANGUAGES } from "./words.js";

const TWO = matchMedia("(min-width: 860px)");

export class People {
  #phones = new Map();
  /** Those in sight, the one looked at longest ago first. */
  #recent = [];
  #wanted = firstPerson;
  #pointed = "";

  /** `changed()` is called when another phone is in front, or something happened in one. */
  constructor(changed) {
    this.changed = changed;
    this.nav = byId("people");
    menu(byId("add"), byId("add-menu"), () => LANGUAGES.map(([code, name]) => ({ label: name, lang: code, run: () => this.#add(code) })));
    TWO.addEventListener("change", () => this.#arrange());
  }

  get front() { return this.#phones.get(this.#recent.at(-1)); }

  all() { return [...this.#phones.values()]; }

  /** The phone of somebody, made when they are new. */
  of(number) {
    if (!this.#phones.has(number)) this.#meet(number);
    return this.#phones.get(number);
  }

  #meet(number) {
    const phone = new Phone(number, { front: (one) => one === this.front, changed: () => this.#tabs() });
    phone.root.hidden = true;
    this.#phones.set(number, phone);
    const after = this.all().filter((one) => one.number > number).sort((a, b) => a.number - b.number)[0];
    byId("phones").insertBefore(phone.root, after?.root ?? null);
    for (const sign of ["focusin", "pointerdown"]) phone.root.addEventListener(sign, () => this.#look(number));
    if (number === this.#wanted) this.#recent.push(number);
    else this.#recent.unshift(number);
    this.#arrange();
  }

  async #add(code) {
    const number = Math.max(0, ...this.#phones.keys()) + 1;
    if (number > LAST_PERSON) return toast(this.front.part("toasts"), `There can be ${LAST_PERSON} people.`);
    this.#wanted = number;
    try {
      await act(number, "language", { code: code || null });
    } catch (error) {
      toast(this.front.part("toasts"), error.message);
    }
    return undefined;
  }

  /** This one is in front now; nobody in sight has to go for it. */
  #look(number) {
    if (this.#recent.at(-1) === number) return;
    this.#recent = [...this.#recent.filter((one) => one !== number), number];
    this.#arrange();
  }

  #arrange() {
    const shown = this.#recent.slice(TWO.matches ? -2 : -1);
    // Those that go, first: a phone measures itself when it comes.
    for (const phone of this.all()) if (!shown.includes(phone.number)) phone.reveal(false);
    for (const number of shown) this.#phones.get(number).reveal(true);
    this.#tabs();
  }

  #tabs() {
    const phones = this.all().sort((a, b) => a.number - b.number);
    phones.forEach((phone, i) => this.#dress(this.nav.children[i] ?? this.#tab(), phone));
    if (this.front) this.#point(this.front);
    this.changed();
  }

  /** The strip of tabs stays where somebody scrolled it, unless another tab is to be seen. */
  #point(phone) {
    document.title = `${phone.title} · demo`;
    const sign = `${phone.number} ${phone.code}`;
    if (sign !== this.#pointed) this.nav.querySelector(".front").scrollIntoView({ block: "nearest", inline: "nearest" });
    this.#pointed = sign;
  }

  #tab() {
    const tab = make("button.person", { type: "button" }, make("span.name"), make("span.code", { "aria-hidden": "true", translate: "no" }), make("span.count"));
    tab.addEventListener("click", () => { this.#look(Number(tab.dataset.number)); this.front.focus(); });
    this.nav.append(tab);
    return tab;
  }

  #dress(tab, phone) {
    const [name, code, count] = tab.children;
    tab.dataset.number = phone.number;
    tab.setAttribute("aria-pressed", String(!phone.root.hidden));
    tab.classList.toggle("front", phone === this.front);
    name.textContent = phone.name;
    code.textContent = phone.code;
    count.textContent = phone.unread ? String(phone.unread) : "";
    count.hidden = !phone.unread;
    tab.setAttribute("aria-label", phone.unread ? `${phone.name}, ${phone.unread} new` : phone.name);
  }
}
