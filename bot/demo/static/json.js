// JSON as coloured text. Every piece is a text node.

import { make } from "./dom.js";

const PIECES = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|true|false|null)/gi;

export function json(value) {
  const text = JSON.stringify(value, null, 2) ?? "";
  const block = make("pre.json", { translate: "no" });
  let at = 0;
  for (const piece of text.matchAll(PIECES)) {
    const [whole, string, colon] = piece;
    block.append(text.slice(at, piece.index), make(string ? (colon ? "span.n" : "span.s") : "span.d", {}, string ?? whole), colon ?? "");
    at = piece.index + whole.length;
  }
  block.append(text.slice(at));
  return block;
}
