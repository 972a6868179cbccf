// The Teams side: the team's channels and the chat with Herald, beside Slack or in its place.
import { drawRoom, leaveRoom } from "./room.js";
import { el, redraw } from "../dom.js";
import { act, choose, shows, state, teamsRoom } from "../state.js";
import { t } from "../words.js";

/** Draw the side, or hide it. */
export function drawTeams(node) {
  node.hidden = !shows("teams");
  if (node.hidden) return leaveRoom();
  node.setAttribute("aria-label", t("teams"));
  const [places, content] = node.children;
  drawPlaces(places);
  drawRoom(content, teamsRoom());
}

/** Look at a conversation; the chat with Herald installs it the first time. */
async function go(one) {
  choose({ room: one.id, note: null });
  if (one.direct) await act("teams_chat");
}

function drawPlaces(node) {
  const { rooms, team } = state.screen.teams;
  const here = teamsRoom();
  node.setAttribute("aria-label", t("teams.places"));
  const key = [rooms.map((one) => [one.id, news(one, here)]), here.id, state.person, document.documentElement.lang];
  redraw(node, key, () => {
    const list = (direct) => el("ul", {}, rooms.filter((one) => one.direct === direct).map((one) => item(one, here)));
    return [el("h2", { class: "list-name" }, t("teams.team", { team })), list(false), el("h2", { class: "list-name" }, t("teams.chat")), list(true)];
  });
}

const news = (one, here) => (one.id === here.id ? 0 : Math.max(0, one.messages.length - (state.seen[`${state.person}/${one.id}`] ?? 0)));

function item(one, here) {
  const count = news(one, here);
  const badge = count ? el("span", { class: "badge", role: "img", aria: { label: t("new", { number: count }) } }, String(count)) : null;
  const props = { type: "button", class: "place", aria: { current: one.id === here.id ? "page" : null }, data: { key: `room/${one.id}`, room: one.id }, on: { click: () => go(one) } };
  return el("li", {}, el("button", props, el("span", {}, one.private ? "🔒 " : "", one.name), badge));
}
