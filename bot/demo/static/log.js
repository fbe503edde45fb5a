// The log: which bubbles there are, in what order and group, what has focus, and where the view stands.

import { draw, settle } from "./bubbles.js";
import { byId, make } from "./dom.js";
import { day } from "./words.js";

const NEAR_END_PX = 90;
const GROUP_SECONDS = 600;
const GLIDE_MS = 700;
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

export class Log {
  #messages = new Map();
  #rows = new Map();
  #unread = 0;
  #glidingUntil = 0;

  constructor(on) {
    this.on = on;
    this.log = byId("log");
    this.scroll = byId("scroll");
    this.toEnd = byId("to-end");
    this.scroll.addEventListener("scroll", () => this.#moved());
    this.toEnd.addEventListener("click", () => this.end(true));
    new ResizeObserver(() => { if (!this.#unread && this.toEnd.hidden) this.end(); }).observe(this.scroll);
  }

  get empty() { return this.#messages.size === 0; }

  get(id) { return this.#messages.get(id); }

  /** The newest message the person wrote as text; what arrow-up edits. */
  get lastOwn() {
    return [...this.#messages.values()].filter((m) => !m.from.is_bot && m.text).sort((a, b) => b.message_id - a.message_id)[0];
  }

  /** Replaces everything, without reading it all aloud. */
  load(messages) {
    this.log.setAttribute("aria-live", "off");
    this.#messages.clear();
    this.#rows.clear();
    this.log.replaceChildren();
    for (const message of messages) this.#place(message);
    this.#arrange();
    this.end();
    requestAnimationFrame(() => this.log.setAttribute("aria-live", "polite"));
  }

  /** Draws what stands once more: the app's own words changed. */
  redraw() { this.load([...this.#messages.values()]); }

  /** A new message, or a new version of one that stands. */
  show(message) {
    const near = this.#nearEnd();
    const known = this.#rows.get(message.message_id);
    const focus = known ? focusIn(known) : null;
    const row = this.#place(message);
    row.classList.add(known ? "changed" : "arriving");
    this.#arrange();
    if (focus) refocus(row, focus);
    if (near || !message.from.is_bot) this.end(true);
    else if (!known) this.#count(1);
  }

  remove(ids) {
    for (const id of ids) {
      if (focusIn(this.#rows.get(id))) byId("text").focus();
      this.#rows.get(id)?.remove();
      this.#rows.delete(id);
      this.#messages.delete(id);
    }
    this.#arrange();
  }

  note(text) {
    this.log.append(make("p.note", { dir: "auto" }, text));
    this.end(true);
  }

  end(smooth = false) {
    this.#count(-this.#unread);
    if (smooth) this.#glidingUntil = performance.now() + GLIDE_MS;
    this.scroll.scrollTo({ top: this.scroll.scrollHeight, behavior: smooth && !CALM.matches ? "smooth" : "auto" });
  }

  /** Stops the little spinners, once the program answered or the query can no longer be answered. */
  answered() {
    for (const key of this.log.querySelectorAll(".waiting")) {
      key.classList.remove("waiting");
      key.removeAttribute("aria-busy");
    }
  }

  #place(message) {
    const id = message.message_id;
    let row = this.#rows.get(id);
    if (!row) {
      row = make("article", { tabindex: "-1" });
      row.dataset.id = id;
      const after = [...this.#rows.keys()].filter((other) => other > id).sort((a, b) => a - b)[0];
      this.log.insertBefore(row, after === undefined ? null : this.#rows.get(after));
      this.#rows.set(id, row);
    }
    this.#messages.set(id, message);
    draw(row, message, this.on);
    settle(row);
    return row;
  }

  /** Days get a separator; bubbles of one sender close together form a group with one tail. */
  #arrange() {
    this.log.querySelectorAll(".day").forEach((old) => old.remove());
    const ids = [...this.#rows.keys()].sort((a, b) => a - b);
    const all = ids.map((id) => this.#messages.get(id));
    all.forEach((message, i) => {
      const row = this.#rows.get(message.message_id);
      const newDay = i === 0 || day(all[i - 1].date) !== day(message.date);
      if (newDay) row.before(make("p.note.day", {}, day(message.date)));
      row.classList.toggle("first", newDay || !together(all[i - 1], message));
      row.classList.toggle("last", i === all.length - 1 || !together(message, all[i + 1]));
    });
  }

  /** On the way to the end counts as there: what arrives meanwhile must be seen, too. */
  #nearEnd() { return performance.now() < this.#glidingUntil || this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < NEAR_END_PX; }

  #moved() {
    const near = this.#nearEnd();
    if (near) this.#count(-this.#unread);
    this.toEnd.hidden = near;
  }

  #count(more) {
    this.#unread += more;
    byId("unread").textContent = String(this.#unread);
    byId("unread").hidden = this.#unread === 0;
    if (this.#unread) this.toEnd.hidden = false;
  }
}

const together = (a, b) => a.from.is_bot === b.from.is_bot && b.date - a.date < GROUP_SECONDS;

function focusIn(row) {
  if (!row?.contains(document.activeElement)) return null;
  const keys = [...row.querySelectorAll(".key")];
  const at = keys.indexOf(document.activeElement);
  return { at, text: document.activeElement.textContent };
}

/** After an edit focus stays on the button of the same words, else the same place, else the bubble itself. */
function refocus(row, focus) {
  const keys = [...row.querySelectorAll(".key")];
  const same = keys.find((key) => key.textContent === focus.text) ?? keys[Math.min(focus.at, keys.length - 1)];
  (same ?? row).focus({ preventScroll: true });
}
