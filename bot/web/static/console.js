// What only a script can do: keys, and a selection that fills a form. Every page works without it.
"use strict";
(() => {
  const FIELDS = "input, select, textarea, [contenteditable]";
  const items = () => [...document.querySelectorAll("[data-item]")];

  function move(by) {
    const all = items();
    if (!all.length) return;
    const now = all.indexOf(document.activeElement?.closest("[data-item]"));
    const next = now < 0 && by < 0 ? all.length - 1 : Math.min(Math.max(now + by, 0), all.length - 1);
    all[next].focus();
    all[next].scrollIntoView({ block: "nearest" });
  }

  function open() {
    const item = document.activeElement?.closest("[data-item]");
    item?.querySelector("a[href]")?.click();
  }

  // A page says itself what a key does: the element with that data-key is pressed, or, if it is a field, entered.
  function use(key) {
    const found = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key);
    if (!found || found.disabled) return false;
    if (found.matches("select, textarea, input:not([type=submit])")) found.focus();
    else found.click();
    return true;
  }

  function help() {
    document.getElementById("keys")?.showModal();
    return true;
  }

  const KEYS = { j: () => move(1), k: () => move(-1), o: open, "?": help };

  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest(FIELDS);
    if (event.key === "Escape" && typing) typing.blur();
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return;
    const known = Object.hasOwn(KEYS, event.key);
    if (known) KEYS[event.key]();
    if (known || use(event.key)) event.preventDefault();
  });

  // Words selected in a bubble go into the form that cuts them out.
  document.addEventListener("mouseup", () => {
    const selection = document.getSelection();
    const words = selection?.toString().trim() ?? "";
    const start = selection?.anchorNode?.parentElement?.closest(".bubble .words");
    const turn = start?.closest("[data-turn]")?.dataset.turn;
    const form = words && turn && document.querySelector(`[data-missed="${CSS.escape(turn)}"]`);
    if (!form || !start.contains(selection.focusNode)) return;
    form.open = true;
    const field = form.querySelector("[name=words]");
    field.value = words.slice(0, field.maxLength);
  });

  // The switch for all originals works at once.
  document.addEventListener("change", (event) => {
    if (!event.target.matches?.("[data-originals]")) return;
    for (const each of document.querySelectorAll("details.original")) each.open = event.target.checked;
  });
})();
