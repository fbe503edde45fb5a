// Makes elements. Text only ever becomes a text node: nothing a bot or a person wrote is read as HTML.

/** `make("button.key", { type: "button", onclick }, "label", child…)` */
export function make(what, traits = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  for (const [name, value] of Object.entries(traits)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** An icon of the sprite in index.html. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

export const byId = (id) => document.getElementById(id);

const LINKS = ["for", "aria-controls", "aria-labelledby", "aria-describedby"];

/** A copy of a template whose ids end in `suffix`, so that there may be several; and how to find an id in it. */
export function stamp(template, suffix) {
  const root = template.content.firstElementChild.cloneNode(true);
  const all = [root, ...root.querySelectorAll("*")];
  for (const element of all) if (element.id) element.id += suffix;
  for (const element of all) {
    for (const name of LINKS) if (element.hasAttribute(name)) element.setAttribute(name, element.getAttribute(name) + suffix);
  }
  const named = new Map(all.filter((element) => element.id).map((element) => [element.id, element]));
  return { root, part: (id) => named.get(id + suffix) };
}
