// What was sent: the requests between Slack's side and Herald, and the payload of one message.
import { el, redraw, fill } from "./dom.js";
import { choose, room, state, teamsRoom } from "./state.js";
import { t } from "./words.js";

let wire = [];
let waiting = null;

/** Show or hide the panel. */
export function drawSent(node) {
  const open = state.panel === "sent";
  node.hidden = !open;
  if (!open) return;
  node.setAttribute("aria-label", t("sent"));
  if (!node.children.length) fill(node, el("div", { class: "sent-head" }), el("div", { class: "sent-message" }), el("div", { class: "sent-wire" }));
  const [head, message, list] = node.children;
  redraw(head, [document.documentElement.lang], () => [
    el("h2", {}, t("sent")),
    el("button", { type: "button", class: "plain cross", aria: { label: t("close") }, data: { key: "sent/close" }, on: { click: () => choose({ panel: null, chosen: null }) } }, "✕"),
  ]);
  const drawn = [...(room()?.messages ?? []), ...teamsRoom().messages];
  const chosen = drawn.find((one) => (one.ts ?? one.id) === state.chosen);
  redraw(message, [chosen, document.documentElement.lang], () => (chosen ? [el("h3", {}, t("sent.message")), code(chosen)] : []));
  load(list);
}

function load(list) {
  waiting ??= fetch("/local/wire")
    .then((answer) => answer.json())
    .then((found) => {
      wire = found;
      waiting = null;
      redraw(list, [wire[0]?.number, document.documentElement.lang], () => [el("h3", {}, t("sent.wire")), el("ul", {}, wire.map(item))]);
    });
}

function item(one) {
  const failed = one.status < 200 || one.status > 299 || one.answer.ok === false;
  const way = t(one.way === "in" ? "sent.in" : "sent.out");
  const status = one.answer.ok === false ? one.answer.error : one.status || t("sent.silent");
  return el(
    "li",
    {},
    el(
      "details",
      {},
      el("summary", { class: failed ? "failed" : "" }, el("span", { class: "way" }, way), ` ${one.name} `, el("span", { class: "quiet" }, String(status))),
      code(one.sent),
      el("p", { class: "quiet small-text" }, t("sent.answer")),
      code(one.answer),
    ),
  );
}

const code = (value) => el("pre", { class: "code", tabIndex: 0 }, JSON.stringify(value, null, 2));
