// Faults: what may go wrong between Telegram and the program, let happen by hand.

import { byId, make } from "./dom.js";
import { Panel } from "./panel.js";
import { faults } from "./stream.js";

const SWITCHES = { late: "late_updates", duplicate: "duplicate_updates", reorder: "reorder" };
const STEPS = [[1, "+1 hour"], [24, "+1 day"], [168, "+1 week"]];
const HOUR = 3600;

export class Faults {
  /** `front()` is the phone in front; everything is done through it. */
  constructor(front) {
    this.front = front;
    this.panel = new Panel("faults", () => this.refresh());
    byId("flood").addEventListener("click", () => this.#flood());
    byId("lose").addEventListener("click", () => this.#do("lost"));
    byId("block").addEventListener("click", () => this.front().toggleBlock());
    byId("restart").addEventListener("click", () => this.#restart());
    for (const name of Object.keys(SWITCHES)) byId(name).addEventListener("change", (event) => this.#do(name, { on: event.target.checked }));
    byId("clock").append(...STEPS.map(([hours, label]) => make("button.small", { type: "button", onclick: () => this.#do("pass", { hours }) }, label)));
  }

  soon() { this.panel.soon(); }

  async refresh() {
    const view = await faults().catch(() => null);
    const phone = this.front();
    if (!view || !phone) return;
    for (const [name, key] of Object.entries(SWITCHES)) byId(name).checked = view[key];
    byId("block").textContent = `${phone.blocked ? "Unblock" : "Block"} bot (${phone.name})`;
    byId("faults-now").textContent = describe(view).join(" · ");
  }

  async #flood() {
    const field = byId("times");
    if (field.reportValidity()) await this.#do("flood", { times: Number(field.value) });
  }

  async #do(action, fields) {
    await this.front().run(action, fields);
    await this.refresh();
  }

  async #restart() {
    byId("restart").disabled = true;
    await this.#do("restart");
    byId("restart").disabled = false;
  }
}

function describe(view) {
  const lines = [];
  if (view.planned) lines.push(`${many(view.planned, "refusal")} to come`);
  if (view.lost_answers) lines.push(`${many(view.lost_answers, "answer")} will get lost`);
  if (view.waiting) lines.push(`${many(view.waiting, "update")} waiting`);
  if (view.ahead) lines.push(`the clock is ${span(view.ahead / HOUR)} ahead`);
  return lines.length ? lines : ["Nothing is wrong now."];
}

const span = (hours) => [[Math.floor(hours / 24), "day"], [hours % 24, "hour"]].filter(([count]) => count).map(([count, word]) => many(count, word)).join(" and ");
const many = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
