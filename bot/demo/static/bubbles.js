// One message of the Bot API as a bubble with its keyboard. Draws; the log decides where it stands.

import { icon, make } from "./dom.js";
import { paragraphs } from "./rich.js";

const THINGS = {
  voice: ["voice", "Voice message, 0:07"], photo: ["photo", "Photo"], video: ["video", "Video, 0:12"], location: ["location", "Location"],
  contact: ["contact", "Contact"], sticker: ["sticker", "Sticker"],
};

/** The one key whose words a screen reader cannot say. */
const DOTS = "⋯";

/** Fills `row` (an article) with the message, in the words of the `app`. `on` has press(message, key, button), command(text). */
export function draw(row, message, app, on) {
  const mine = !message.from.is_bot;
  const edited = mine && Boolean(message.edit_date);
  row.className = ["row", mine ? "mine" : "bot"].join(" ");
  const text = message.text ?? message.caption ?? "";
  const bubble = make("div.bubble");
  bubble.append(make("span.unseen", {}, mine ? "You: " : "Assistant: "));
  const thing = attachment(message);
  if (thing) bubble.append(thing);
  if (text) bubble.append(...paragraphs(text, message.entities ?? message.caption_entities ?? [], on.command));
  bubble.classList.toggle("edited", edited);
  bubble.classList.toggle("has-text", Boolean(text));
  const time = app.clock(message.date);
  const words = edited ? `${app.word("edited")} ${time}` : time;
  bubble.lastElementChild.append(make("span.room-for-meta", { "aria-hidden": "true", "data-room": words }));
  bubble.append(meta(message, app, mine, edited));
  row.replaceChildren(bubble);
  const rows = message.reply_markup?.inline_keyboard ?? [];
  row.classList.toggle("keyed", rows.length > 0);
  if (rows.length) row.append(keyboard(message, rows, app, on));
}

/** Where text and page run in different directions, time stands on a line of its own. Needs the row in the page. */
export function settle(row) {
  const bubble = row.firstElementChild;
  const last = [...bubble.querySelectorAll("p")].pop();
  const apart = Boolean(last) && getComputedStyle(last).direction !== getComputedStyle(bubble).direction;
  bubble.classList.toggle("apart", apart);
}

function meta(message, app, mine, edited) {
  return make("span.meta", {}, edited ? make("span", {}, app.word("edited")) : null,
    make("time", { datetime: new Date(message.date * 1000).toISOString() }, app.clock(message.date)), mine ? icon("ticks") : null);
}

function keyboard(message, rows, app, on) {
  const lines = rows.map((keys) => make("div", {}, ...keys.map((key) => button(message, key, keys.length, app, on))));
  return make("div.keys", { role: "group", "aria-label": "Buttons" }, ...lines);
}

function button(message, key, beside, app, on) {
  const tight = beside > 2 ? ".tight" : "";
  if (key.url) {
    return make(`a.key.link${tight}`, { href: key.url, target: "_blank", rel: "noopener noreferrer", dir: "auto" },
      key.text, make("span.unseen", {}, " (opens a web page)"));
  }
  if (key.copy_text) {
    const element = make(`button.key${tight}`, { type: "button", dir: "auto" }, key.text);
    element.addEventListener("click", () => on.copy(key.copy_text.text));
    return element;
  }
  const spoken = key.text === DOTS ? app.word("more") : null;
  const element = make(`button.key${tight}`, { type: "button", dir: "auto", "aria-label": spoken }, key.text);
  element.addEventListener("click", () => on.press(message, key, element));
  return element;
}

function attachment(message) {
  if (message.document) return paper(message.document);
  const picture = message.photo?.at(-1);
  if (picture?.address) return photo(picture, message.caption);
  const kind = Object.keys(THINGS).find((name) => message[name]);
  if (!kind) return null;
  const [shape, name] = THINGS[kind];
  const facts = make("span.facts", {}, make("b", {}, name), make("small", {}, "a stand-in, nothing real is sent"));
  return make("div.paper", {}, make("span.sheet", {}, icon(shape)), facts);
}

function paper(file) {
  const name = file.file_name ?? "file";
  const facts = make("span.facts", {}, make("b", { dir: "auto" }, name), make("small", {}, size(file.file_size ?? 0)));
  if (!file.address) return make("div.paper", {}, make("span.sheet", {}, icon("file")), facts);
  const open = make("a.open", { href: file.address, target: "_blank", rel: "noopener" }, make("span.sheet", {}, icon("file")), facts);
  const save = make("a.round", { href: file.address, download: name, "aria-label": `Save ${name}` }, icon("save"));
  return make("div.paper", {}, open, save);
}

function photo(picture, caption) {
  const image = make("img.photo", { src: picture.address, width: picture.width, height: picture.height, alt: caption ? "" : "A picture" });
  return make("a.frame", { href: picture.address, target: "_blank", rel: "noopener", "aria-label": "Open the picture" }, image);
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}
