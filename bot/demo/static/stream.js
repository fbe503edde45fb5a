// The wire to the demo server: one event stream in, one POST out. Knows nothing of how anything looks.

const query = new URLSearchParams(location.search);
const named = query.get("person") || "1";
export const LAST_PERSON = 99;
export const somebody = /^\d+$/.test(named) && Number(named) >= 1 && Number(named) <= LAST_PERSON;
export const firstPerson = Number(named);

/** What Start sends: a link's word belongs to the person the link opened. */
export const startOf = (person) => (query.get("start") && person === firstPerson ? `/start ${query.get("start")}` : "/start");

/** Opens the stream and calls `on(event)` for each; after every (re)connect each person comes with a whole snapshot. */
export function listen(on, onLink) {
  const source = new EventSource(`/demo/events?person=${firstPerson}`);
  source.onmessage = (event) => on(JSON.parse(event.data));
  source.onopen = () => onLink(true);
  source.onerror = () => onLink(false);
  addEventListener("pagehide", () => source.close());
}

/** Does something as the person. Returns the answer, or throws an Error that says what went wrong. */
export async function act(person, action, fields = {}) {
  let response;
  try {
    response = await fetch("/demo/act", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ person, action, ...fields }),
    });
  } catch {
    throw new Error("The demo is not running any more. Start it again with: python -m bot demo");
  }
  return answered(response);
}

export const inspect = async (person) => answered(await fetch(`/demo/inspect?person=${person}`));

export const faults = async () => answered(await fetch("/demo/faults"));

/** The person's chat as the text of a conversation test; throws an Error that says why there is none. */
export async function story(person) {
  const response = await fetch(`/demo/story?person=${person}`);
  if (!response.ok) await answered(response);
  return response.text();
}

async function answered(response) {
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}
