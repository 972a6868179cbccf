// What the page knows: who one is, where one looks, what the workspace shows. One fetch, many drawers.

const KEPT = "herald-local";
const remembered = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");

export const state = {
  person: remembered.person ?? "U0LEA",
  place: remembered.place ?? "C0STORIES",
  side: remembered.side ?? "both",
  room: remembered.room ?? "19:stories@thread.tacv2",
  narrow: remembered.narrow ?? false,
  panel: null,
  chosen: null,
  note: null,
  seen: {},
  screen: null,
};

const broad = window.matchMedia("(min-width: 1180px)");
broad.addEventListener("change", () => draw());

/** What is drawn: `slack`, `teams`, or `both` where there is room for it. */
export const sides = () => (state.side === "both" && !broad.matches ? "slack" : state.side);

/** Whether there is room for both. */
export const roomForBoth = () => broad.matches;

/** Whether one sees that side. */
export const shows = (side) => [side, "both"].includes(sides());

/** Show a side, beside the other where there is room. */
export function reveal(side) {
  if (!shows(side)) choose({ side: broad.matches ? "both" : side });
}

const drawers = [];
let asked = false;
let fetching = null;

/** Call `draw` whenever something changed. */
export const onChange = (draw) => drawers.push(draw);

/** Draw everything from what is known. */
export function draw() {
  if (!state.screen) return;
  for (const one of drawers) one(state);
}

/** Change what the page itself decides (person, place, width, panel) and draw. */
export function choose(change) {
  Object.assign(state, change);
  const { person, place, side, room, narrow } = state;
  sessionStorage.setItem(KEPT, JSON.stringify({ person, place, side, room, narrow }));
  draw();
}

/** Fetch the screen again; calls that come together share one fetch, and none is lost. */
export function refresh() {
  asked = true;
  fetching ??= follow().finally(() => {
    fetching = null;
  });
  return fetching;
}

async function follow() {
  while (asked) {
    asked = false;
    const answer = await fetch(`/local/screen?person=${encodeURIComponent(state.person)}`);
    if (answer.ok) {
      const screen = await answer.json();
      if (screen.person === state.person) state.screen = screen;
      draw();
    }
  }
}

/** Do something as the person one is; shows a note when it did not go through. Answers {note, detail, errors}. */
export async function act(name, body = {}) {
  choose({ note: null });
  const sent = JSON.stringify({ person: state.person, ...body });
  const answer = await fetch(`/local/act/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: sent,
  });
  const outcome = await answer.json();
  const side = name.startsWith("teams_") ? "teams" : "slack";
  if (outcome.note) choose({ note: { ...outcome, side } });
  await refresh();
  return outcome;
}

/** The room one looks at, or null in Home. */
export function room() {
  return state.screen.rooms.find((one) => one.id === state.place) ?? null;
}

/** The conversation of Teams one looks at. */
export function teamsRoom() {
  return state.screen.teams.rooms.find((one) => one.id === state.room) ?? state.screen.teams.rooms[0];
}

/** Somebody's name. */
export function nameOf(user) {
  if (user === state.screen.bot) return "Herald";
  return state.screen.people.find((one) => one.id === user)?.name ?? user;
}

/** A channel's name, or its id when nobody knows it. */
export function roomName(id) {
  return state.screen.all_rooms.find((one) => one.id === id)?.name ?? id;
}
