// A panel beside the phones, or a drawer over them where there is no room: opened by its button, one at a time.

import { byId } from "./dom.js";

const WIDE = matchMedia("(min-width: 1081px)");
const panels = [];

export class Panel {
  /** `refresh` is called when it opens, and soon after `soon()` while it is open. */
  constructor(name, refresh) {
    this.name = name;
    this.refresh = refresh;
    this.panel = byId(name);
    this.toggle = byId(`${name}-toggle`);
    this.toggle.addEventListener("click", () => this.set(this.panel.hidden, true));
    byId(`${name}-close`).addEventListener("click", () => { this.set(false, true); this.toggle.focus(); });
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !WIDE.matches) { this.set(false); this.toggle.focus(); }
    });
    document.addEventListener("pointerdown", (event) => {
      const outside = !this.panel.contains(event.target) && !this.toggle.contains(event.target);
      if (outside && !WIDE.matches) this.set(false);
    });
    panels.push(this);
    if (WIDE.matches && localStorage.getItem("panel") === name) this.set(true);
  }

  set(open, remember = false) {
    if (remember) localStorage.setItem("panel", open ? this.name : "");
    if (open === !this.panel.hidden) return;
    if (open) for (const other of panels) if (other !== this) other.set(false);
    this.panel.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
    if (open) this.refresh();
    if (open && !WIDE.matches) byId(`${this.name}-close`).focus();
  }

  /** Something happened; look again once it has settled. */
  soon() {
    if (this.panel.hidden) return;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(this.refresh, SETTLE_MS);
  }
}

const SETTLE_MS = 120;
