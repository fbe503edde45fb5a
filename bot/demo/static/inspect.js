// Inspect: draws what the server says about the conversation and the wire. Asks only while it is open.

import { byId, make } from "./dom.js";
import { json } from "./json.js";
import { Panel } from "./panel.js";
import { inspect } from "./stream.js";

export class Inspect {
  #opened = new Set();

  /** `front()` is the phone that is looked into. */
  constructor(front) {
    this.front = front;
    this.panel = new Panel("inspect", () => this.refresh());
  }

  soon() { this.panel.soon(); }

  async refresh() {
    if (!this.front()) return;
    try {
      const seen = await inspect(this.front().number);
      byId("inspect-whom").textContent = this.front().name;
      this.#where(seen.conversation);
      this.#answers(seen.conversation);
      this.#turn(seen.turn);
      this.#wire(seen.wire, seen.violations);
      this.#door(seen.door);
    } catch (error) {
      byId("where").replaceChildren(make("p.warned", {}, error.message));
    }
  }

  #where(conversation) {
    if (!conversation) return byId("where").replaceChildren(quiet("No conversation is kept. Send a message and one begins."));
    const steps = conversation.stack.flatMap((place, i, all) => [
      i ? make("i", { "aria-hidden": "true" }, "›") : null,
      make(i === all.length - 1 ? "span.here" : "span", {}, place),
    ]);
    const facts = Object.entries(conversation.facts).map(([name, value]) => make("span", {}, `${name} `, make("b", {}, String(value))));
    return byId("where").replaceChildren(make("div.path", {}, ...steps), make("div.facts-line", {}, ...facts));
  }

  #answers(conversation) {
    const answers = conversation?.answers ?? [];
    if (!answers.length) return byId("answers").replaceChildren(quiet("None yet."));
    const rows = answers.map((answer) => make("tr", {}, make("th", { scope: "row" }, answer.key),
      make("td", {}, make("span", { dir: "auto" }, answer.value), make("small", {}, `${answer.kind} · ${answer.where}`))));
    return byId("answers").replaceChildren(make("table", {}, make("tbody", {}, ...rows)));
  }

  #turn(turn) {
    if (!turn) return byId("turn").replaceChildren(quiet("None yet."));
    const facts = Object.entries(turn.facts).map(([name, value]) => make("span", {}, `${name} `, make("b", {}, String(value))));
    const events = turn.events.map((event) => make("span.tag", {}, event));
    const messages = turn.messages.map((message) => make("div.said", {},
      make("small", {}, message.how), ...message.text.split("\n").filter(Boolean).map((line) => make("p", { dir: "auto" }, line)),
      message.buttons.length ? make("div.tags", {}, ...message.buttons.map((label) => make("span.tag", {}, label))) : null));
    return byId("turn").replaceChildren(make("div.facts-line", {}, ...facts), make("div.tags", {}, ...events), ...messages);
  }

  #wire(entries, violations) {
    const warned = violations.map((text) => make("p.warned", {}, text));
    const list = entries.map((entry) => this.#entry(entry));
    byId("wire").replaceChildren(...warned, make("div.wire-list", {}, ...(list.length ? list : [quiet("Nothing yet.")])));
  }

  #entry(entry) {
    const out = entry.way === "call";
    const status = out ? make(`span.tag.${entry.status < 400 ? "good" : "bad"}`, {}, String(entry.status)) : null;
    const verdict = out ? make(`span.tag.${entry.verdict === "ok" ? "good" : "bad"}`, { title: "Checked against the Bot API's own data" }, entry.verdict) : null;
    const summary = make("summary", {}, make("span.way", { title: out ? "The program calls Telegram" : "Telegram sends an update" }, out ? "↑" : "↓"),
      make("span.what", {}, entry.what), entry.ms === null || entry.ms === undefined ? null : make("small", {}, `${entry.ms} ms`), status, verdict);
    const parts = out ? [make("h4", {}, "Call"), json(entry.body), make("h4", {}, "Answer"), json(entry.answer)] : [json(entry.body)];
    const element = make("details", { open: this.#opened.has(entry.key) }, summary, ...parts);
    element.addEventListener("toggle", () => this.#opened[element.open ? "add" : "delete"](entry.key));
    return element;
  }

  #door(door) {
    byId("door").replaceChildren(
      make("p.quiet", {}, "The same small Bot API answers over HTTP, for any client on this machine:"), make("code.door-code", {}, location.origin + door));
  }
}

const quiet = (text) => make("p.quiet", {}, text);
