// What a callback answer shows: a toast that goes by itself, or an alert that waits for OK.

import { byId, make } from "./dom.js";

const LONG_ENOUGH_MS = 3600;

/** `host` is where the toasts of a phone stand. */
export function toast(host, text) {
  const element = make("div.toast", { dir: "auto" }, text);
  host.append(element);
  setTimeout(() => element.remove(), Math.max(LONG_ENOUGH_MS, text.length * 60));
}

export function alert(text) {
  byId("alert-text").textContent = text;
  byId("alert").showModal();
}
