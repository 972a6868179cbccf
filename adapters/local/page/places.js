// Who one is and where one looks.
import { el, redraw } from "./dom.js";
import { avatar, placeName } from "./channel.js";
import { act, choose, refresh, roomForBoth, sides, state } from "./state.js";
import { t } from "./words.js";

/** Become somebody; the place stays when they are in it. */
export async function become(person) {
  choose({ person, note: null });
  await refresh();
  const there = state.screen.rooms.some((one) => one.id === state.place);
  if (state.place !== "home" && !there) go(state.screen.rooms[0].id);
}

/** Look at a channel, the 1:1 with Herald, or Home. Opening Herald tells Herald so, as at Slack. */
export async function go(place) {
  choose({ place, note: null });
  const direct = place.startsWith("D");
  if (place === "home" || direct) await act("herald", { tab: direct ? "messages" : "home" });
}

/** Who one is, and which platform one sees. */
export function drawTop(node) {
  const { people } = state.screen;
  node.setAttribute("aria-label", t("i_am"));
  redraw(node, [people, state.person, sides(), roomForBoth(), document.documentElement.lang], () => {
    const me = people.find((one) => one.id === state.person);
    const options = people.map((one) =>
      el("option", { value: one.id, selected: one.id === state.person }, `${one.name} · ${t(`role.${one.role}`)}`),
    );
    const select = el("select", { id: "person", class: "field", on: { change: (event) => become(event.target.value) } }, options);
    return [avatar(me.id, me.name), el("label", { htmlFor: "person" }, t("i_am")), select, el("span", { class: "grow" }), switcher()];
  });
}

function switcher() {
  const offered = roomForBoth() ? ["slack", "teams", "both"] : ["slack", "teams"];
  const one = (side) =>
    el("button", { type: "button", class: "button small toggle", data: { key: `side/${side}` }, aria: { pressed: String(sides() === side) }, on: { click: () => choose({ side }) } }, t(`side.${side}`));
  return el("div", { class: "row", role: "group", aria: { label: t("side") } }, offered.map(one));
}

/** The list of channels, the 1:1 and Home. */
export function drawPlaces(node) {
  const { rooms } = state.screen;
  const unread = rooms.map((one) => news(one));
  const key = [rooms.map((one) => one.id), unread, state.place, state.person, document.documentElement.lang];
  node.setAttribute("aria-label", t("places"));
  redraw(node, key, () => {
    const channels = rooms.filter((one) => !one.direct);
    const direct = rooms.find((one) => one.direct);
    return [
      el("h2", { class: "list-name" }, t("channels")),
      el("ul", {}, channels.map((one) => item(one.id, placeName(one), news(one), one.private ? "🔒 " : ""))),
      el("h2", { class: "list-name" }, "Herald"),
      el("ul", {}, item(direct.id, t("direct.tab"), news(direct)), item("home", t("home"), 0)),
    ];
  });
}

function news(one) {
  if (one.id === state.place) return 0;
  return Math.max(0, one.messages.length - (state.seen[`${state.person}/${one.id}`] ?? 0));
}

function item(place, name, count, before = "") {
  const current = place === state.place ? "page" : null;
  const badge = count ? el("span", { class: "badge", aria: { label: t("new", { number: count }) }, role: "img" }, String(count)) : null;
  const props = { type: "button", class: "place", aria: { current }, data: { key: `place/${place}`, place }, on: { click: () => go(place) } };
  return el("li", {}, el("button", props, el("span", {}, before, name), badge));
}
