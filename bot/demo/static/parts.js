// How a long text becomes several messages. Telegram counts UTF-16 units, as JavaScript does.

export const MOST = 4096;

/** `text` in pieces of at most `MOST`, cut at the last line end, else the last space, else anywhere but inside a sign. */
export function parts(text) {
  const pieces = [];
  let rest = text;
  while (rest.length > MOST) {
    const at = cut(rest);
    pieces.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return [...pieces, rest].filter(Boolean);
}

function cut(text) {
  const head = text.slice(0, MOST + 1);
  // A piece of a few words would look lost: better no cut at a line end than an early one.
  const found = [head.lastIndexOf("\n"), head.search(/\s\S*$/)].find((at) => at > MOST / 2);
  if (found !== undefined) return found;
  const broken = text.codePointAt(MOST - 1) > 0xffff;
  return broken ? MOST - 1 : MOST;
}
