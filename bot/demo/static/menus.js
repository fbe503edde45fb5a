// A button that opens a menu: arrow keys, Home, End, Escape, and a click elsewhere closes it.

import { icon, make } from "./dom.js";

/** `items()` gives [{ label, lang?, icon?, run }] or "-" for a line, asked anew at each opening. */
export function menu(button, panel, items) {
  const buttons = () => [...panel.querySelectorAll("button")];

  function open() {
    panel.replaceChildren(...items().map(entry));
    panel.hidden = false;
    button.setAttribute("aria-expanded", "true");
    buttons()[0].focus();
  }

  function close(back = true) {
    if (panel.hidden) return;
    panel.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (back) button.focus();
  }

  function entry(item) {
    if (item === "-") return make("hr");
    const run = () => { close(); item.run(); };
    return make("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: run }, item.icon ? icon(item.icon) : null, make("span", { lang: item.lang || null }, item.label));
  }

  button.addEventListener("click", () => (panel.hidden ? open() : close()));
  panel.addEventListener("keydown", (event) => {
    const all = buttons();
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) { event.preventDefault(); all[(to + all.length) % all.length].focus(); }
    if (event.key === "Escape") { event.stopPropagation(); close(); }
    if (event.key === "Tab") close(false);
  });
  document.addEventListener("pointerdown", (event) => {
    if (!panel.contains(event.target) && !button.contains(event.target)) close(false);
  });
}
