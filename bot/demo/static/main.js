// Puts the page together: events from the server to the phones, and the panels beside them.

import { byId } from "./dom.js";
import { Faults } from "./faults.js";
import { Inspect } from "./inspect.js";
import { People } from "./people.js";
import { listen, somebody } from "./stream.js";
import { moveClock } from "./words.js";

let inspect = null;
let faults = null;
const people = new People(soon);
inspect = new Inspect(() => people.front);
faults = new Faults(() => people.front);

function soon() {
  inspect?.soon();
  faults?.soon();
}

/** An event of one person goes to their phone, any other to all. */
function hear(event) {
  if (event.type === "clock") moveClock(event.ahead);
  if (event.person > 0) people.of(event.person).hear(event);
  else for (const phone of people.all()) phone.hear(event);
  soon();
}

function theme(dark) {
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  byId("theme").setAttribute("aria-pressed", String(dark));
}

theme(document.documentElement.dataset.theme === "dark");
byId("theme").addEventListener("click", () => {
  const dark = document.documentElement.dataset.theme !== "dark";
  localStorage.setItem("theme", dark ? "dark" : "light");
  theme(dark);
});

if (somebody) {
  listen(hear, (up) => people.all().forEach((phone) => phone.linked(up)));
} else {
  byId("nobody").hidden = false;
  for (const id of ["add", "faults-toggle", "inspect-toggle"]) byId(id).disabled = true;
}
