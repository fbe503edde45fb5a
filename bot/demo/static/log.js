// The log: which bubbles there are, in what order and group, what has focus, and where the view stands.

import { draw, settle } from "./bubbles.js";
import { make } from "./dom.js";

const NEAR_END_PX = 90;
const GROUP_SECONDS = 600;
const GLIDE_MS = 700;
const TOGETHER_MS = 2000;
const ABOVE_PX = 8;
const SEEN_PX = 40;
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

export class Log {
  #messages = new Map();
  #rows = new Map();
  #unread = 0;
  #glide = { to: 0, until: 0 };
  #first = null;
  #arrivedAt = 0;
  #awaiting = false;

  /** `part(id)` finds an element of the phone, `words` are its app's, `on` is told what is pressed. */
  constructor(part, words, on) {
    this.part = part;
    this.words = words;
    this.on = on;
    this.log = part("log");
    this.scroll = part("scroll");
    this.toEnd = part("to-end");
    this.dots = part("typing");
    this.scroll.addEventListener("scroll", () => this.#moved());
    for (const hand of ["wheel", "touchmove"]) this.scroll.addEventListener(hand, () => this.#byHand(), { passive: true });
    this.toEnd.addEventListener("click", () => this.end(true));
    new ResizeObserver(() => { if (!this.#unread && this.toEnd.hidden) this.#follow(this.#fresh()); }).observe(this.scroll);
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
    const follows = this.#awaiting || this.#nearEnd();
    const known = this.#rows.get(message.message_id);
    const mine = !message.from.is_bot;
    const focus = known ? focusIn(known) : null;
    const row = this.#place(message);
    row.classList.add(known ? "changed" : "arriving");
    this.#arrange();
    if (focus !== null) refocus(row, focus);
    if (mine) this.awaits();
    if (mine && !known) this.end(true);
    else if (follows) this.#follow(known ? row : this.#arrives(row), true);
    if (!mine && !known) this.#awaiting = false;
    if (!known && row.offsetTop > this.#top + this.scroll.clientHeight - SEEN_PX) this.#count(1);
    this.#moved();
  }

  /** The person did something: what comes now is an answer of its own, to be seen wherever the view stands. */
  awaits() {
    this.#first = null;
    this.#awaiting = true;
  }

  remove(ids) {
    for (const id of ids) {
      if (focusIn(this.#rows.get(id)) !== null) this.part("text").focus();
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

  /** "typing…" as a line below the newest message. */
  typing(on) {
    const follows = this.#nearEnd();
    this.dots.textContent = on ? `${this.words.word("typing")}…` : "";
    this.dots.hidden = !on;
    if (on && follows) this.#follow(this.#fresh(), true);
  }

  end(smooth = false) {
    this.#count(-this.#unread);
    this.#go(this.#lowest, smooth);
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
    draw(row, message, this.words, this.on);
    settle(row);
    return row;
  }

  /** What arrives together is read from its beginning; this is the bubble where it begins. */
  #arrives(row) {
    this.#first = this.#fresh() ?? row;
    this.#arrivedAt = performance.now();
    return this.#first;
  }

  #fresh() { return this.#first?.isConnected && performance.now() - this.#arrivedAt < TOGETHER_MS ? this.#first : null; }

  /** Down to the end, but not past the beginning of `row`, and never back up. */
  #follow(row, smooth = false) {
    const beginning = row ? row.offsetTop - ABOVE_PX : this.#lowest;
    this.#go(Math.max(this.#top, Math.min(this.#lowest, beginning)), smooth);
  }

  #go(top, smooth) {
    this.#glide = { to: top, until: smooth ? performance.now() + GLIDE_MS : 0 };
    this.scroll.scrollTo({ top, behavior: smooth && !CALM.matches ? "smooth" : "auto" });
  }

  get #lowest() { return this.scroll.scrollHeight - this.scroll.clientHeight; }

  /** Where the view stands, or is on its way to: what arrives meanwhile must be seen, too. */
  get #top() { return performance.now() < this.#glide.until ? this.#glide.to : this.scroll.scrollTop; }

  /** Days get a separator; bubbles of one sender close together form a group with one tail. */
  #arrange() {
    this.log.querySelectorAll(".day").forEach((old) => old.remove());
    const ids = [...this.#rows.keys()].sort((a, b) => a - b);
    const all = ids.map((id) => this.#messages.get(id));
    all.forEach((message, i) => {
      const row = this.#rows.get(message.message_id);
      const day = this.words.day(message.date);
      const newDay = i === 0 || this.words.day(all[i - 1].date) !== day;
      if (newDay) row.before(make("p.note.day", {}, day));
      row.classList.toggle("first", newDay || !together(all[i - 1], message));
      row.classList.toggle("last", i === all.length - 1 || !together(message, all[i + 1]));
    });
  }

  #nearEnd() { return this.#lowest - this.#top < NEAR_END_PX; }

  /** The person scrolls: the view is theirs. */
  #byHand() {
    this.#glide.until = 0;
    this.#awaiting = false;
  }

  #moved() {
    const left = this.#lowest - this.#top;
    if (left < SEEN_PX) this.#count(-this.#unread);
    this.toEnd.hidden = left < SEEN_PX;
  }

  #count(more) {
    this.#unread += more;
    this.part("unread").textContent = String(this.#unread);
    this.part("unread").hidden = this.#unread === 0;
    if (this.#unread) this.toEnd.hidden = false;
  }
}

const together = (a, b) => a.from.is_bot === b.from.is_bot && b.date - a.date < GROUP_SECONDS;

/** The words of the key that has focus, "" for anything else in the row; null when focus is elsewhere. */
function focusIn(row) {
  if (!row?.contains(document.activeElement)) return null;
  return document.activeElement.classList.contains("key") ? words(document.activeElement) : "";
}

/** After an edit focus stays on the key of the same words, else goes to the bubble: never to a key nobody chose. */
function refocus(row, said) {
  const same = said && [...row.querySelectorAll(".key")].find((key) => words(key) === said);
  (same || row).focus({ preventScroll: true });
}

/** What a key says; without the mark in front of a choice, which comes and goes with each press. */
function words(key) { return key.textContent.replace(/^[^\p{L}\p{N}]+(?=[\p{L}\p{N}])/u, ""); }
