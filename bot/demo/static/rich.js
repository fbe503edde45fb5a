// Text and entities, as the Bot API gives them, to paragraphs. Offsets are UTF-16, as JavaScript's own are.

import { make } from "./dom.js";

const BLOCKS = { blockquote: "quote", expandable_blockquote: "quote", pre: "pre" };
const FOUND = /https?:\/\/[^\s<>]+[^\s<>.,;:!?)\]»”"']|(?<![\w/])\/[a-z0-9_]{1,32}(?![\w/])/g;

/** One element per line: each takes its own direction, as Telegram's paragraphs do. */
export function paragraphs(text, entities = [], onCommand = null) {
  const lines = [];
  let start = 0;
  for (const line of text.split("\n")) {
    lines.push(paragraph(text, start, start + line.length, entities, onCommand));
    start += line.length + 1;
  }
  return lines;
}

function paragraph(text, start, end, entities, onCommand) {
  const inside = entities
    .map((entity) => ({ ...entity, from: Math.max(entity.offset, start), to: Math.min(entity.offset + entity.length, end) }))
    .filter((entity) => entity.from < entity.to)
    .sort((a, b) => a.from - b.from || b.to - a.to);
  const block = inside.find((entity) => BLOCKS[entity.type]);
  const element = make(block ? `p.${BLOCKS[block.type]}` : "p", { dir: "auto" });
  fill(element, text, start, end, inside.filter((entity) => !BLOCKS[entity.type]), onCommand);
  if (start === end) element.append(document.createElement("br"));
  return element;
}

function fill(parent, text, start, end, entities, onCommand) {
  let at = start;
  let rest = entities;
  while (rest.length) {
    const [outer, ...others] = rest;
    const inner = others.filter((entity) => entity.from < outer.to);
    rest = others.filter((entity) => entity.from >= outer.to);
    plain(parent, text.slice(at, outer.from), onCommand);
    const element = wrap(outer, text.slice(outer.from, outer.to), onCommand);
    if (element.dataset.whole) element.textContent = text.slice(outer.from, outer.to);
    else fill(element, text, outer.from, outer.to, inner.map((entity) => ({ ...entity, to: Math.min(entity.to, outer.to) })), linkless);
    parent.append(element);
    at = outer.to;
  }
  plain(parent, text.slice(at, end), onCommand);
}

const linkless = Symbol("inside something: no more links are made");

function wrap(entity, text, onCommand) {
  switch (entity.type) {
    case "bold": return make("b");
    case "italic": return make("i");
    case "underline": return make("u");
    case "strikethrough": return make("s");
    case "code": return make("code");
    case "spoiler": return make("span.spoiler", { tabindex: "0" });
    case "text_link": return link(entity.url);
    case "url": return link(text);
    case "email": return link(`mailto:${text}`);
    case "phone_number": return link(`tel:${text.replace(/[^+\d]/g, "")}`);
    case "bot_command": return command(text, onCommand);
    default: return make("span");
  }
}

function link(address) {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
  const safe = /^(https?|mailto|tel|tg):/i.test(whole);
  return make("a", safe ? { href: whole, target: "_blank", rel: "noopener noreferrer" } : {});
}

function command(text, onCommand) {
  const usable = typeof onCommand === "function";
  const element = make(usable ? "button.command" : "span", usable ? { type: "button", onclick: () => onCommand(text) } : {});
  element.dataset.whole = "1";
  return element;
}

function plain(parent, text, onCommand) {
  if (onCommand === linkless) return void parent.append(text);
  let at = 0;
  for (const found of text.matchAll(FOUND)) {
    parent.append(text.slice(at, found.index));
    const element = found[0].startsWith("/") ? command(found[0], onCommand) : link(found[0]);
    element.textContent = found[0];
    parent.append(element);
    at = found.index + found[0].length;
  }
  parent.append(text.slice(at));
}
