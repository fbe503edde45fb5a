// The wire to the demo server: one event stream in, one POST out. Knows nothing of how anything looks.

const query = new URLSearchParams(location.search);
export const person = query.get("person") || "1";
export const LAST_PERSON = 99;
export const somebody = /^\d+$/.test(person) && Number(person) >= 1 && Number(person) <= LAST_PERSON;
export const startWith = query.get("start") || "";

/** Opens the stream and calls `on(event)` for each; the first after every (re)connect is a whole snapshot. */
export function listen(on, onLink) {
  const source = new EventSource(`/demo/events?person=${encodeURIComponent(person)}`);
  source.onmessage = (event) => on(JSON.parse(event.data));
  source.onopen = () => onLink(true);
  source.onerror = () => onLink(false);
  addEventListener("pagehide", () => source.close());
}

/** Does something as the person. Returns the answer, or throws an Error that says what went wrong. */
export async function act(action, fields = {}) {
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
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

export async function inspect() {
  const response = await fetch(`/demo/inspect?person=${encodeURIComponent(person)}`);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}
