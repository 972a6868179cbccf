// Time, width, what was sent, break something, begin again.
import { el, redraw } from "./dom.js";
import { ask } from "./confirm.js";
import { moment } from "./moments.js";
import { act, choose, state } from "./state.js";
import { t } from "./words.js";

const STEPS = ["minute", "hour", "tuesday", "monday"];
const FAULTS = ["429", "500", "slow", "nothing"];

/** Draw the tools below the guided list. */
export function drawTools(node) {
  const { now, fault } = state.screen;
  const minute = now.slice(0, 16);
  redraw(node, [minute, fault, state.panel, state.narrow, document.documentElement.lang], () => [
    el("h2", {}, t("time")),
    el("p", { class: "clock" }, el("time", { dateTime: now }, moment(new Date(now), { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" }))),
    el("div", { class: "row" }, STEPS.map((step) => button(`jump/${step}`, t(`jump.${step}`), () => act("clock", { step })))),
    el("h2", {}, t("tools")),
    el("div", { class: "row" }, toggle("narrow", state.narrow, () => choose({ narrow: !state.narrow })), toggle("sent", state.panel === "sent", () => choose({ panel: state.panel ? null : "sent", chosen: null }))),
    breaking(fault),
    el("div", { class: "row" }, button("reset", t("reset"), reset)),
  ]);
}

const button = (key, label, run) => el("button", { type: "button", class: "button small", data: { key }, on: { click: run } }, label);

const toggle = (key, on, run) =>
  el("button", { type: "button", class: "button small toggle", data: { key }, aria: { pressed: String(on) }, on: { click: run } }, t(`tool.${key}`));

function breaking(fault) {
  const options = FAULTS.map((kind) => el("option", { value: kind, selected: kind === fault.kind }, t(`fault.${kind}`)));
  const select = el("select", { class: "field small", id: "fault" }, options);
  const on = fault.left > 0;
  const run = () => act("fault", { kind: on ? "" : select.value });
  return el(
    "div",
    { class: "stack" },
    el("label", { htmlFor: "fault" }, t("fault")),
    el("div", { class: "row" }, select, button("fault", t(on ? "fault.mend" : "fault.do"), run)),
    on ? el("p", { class: "quiet small-text", role: "status" }, t("fault.left", { left: fault.left })) : null,
  );
}

async function reset() {
  const sure = await ask({ title: t("reset.title"), text: t("reset.text"), yes: t("reset.yes"), no: t("leave.no"), danger: true });
  if (sure) await act("reset");
}
