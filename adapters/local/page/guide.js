// The guided list, the clock and the tools: what a newcomer plays with.
import { el, redraw } from "./dom.js";
import { drawTools } from "./tools.js";
import { become, go } from "./places.js";
import { act, reveal, state } from "./state.js";
import { t } from "./words.js";

/** Draw the left column. */
export function drawGuide(node) {
  const { guide, busy } = state.screen;
  node.setAttribute("aria-label", t("guide.label"));
  if (!node.children.length) node.append(el("section", { class: "steps" }), el("section", { class: "tools" }));
  redraw(node.children[0], [guide, busy, document.documentElement.lang], () => steps(guide, busy));
  drawTools(node.children[1]);
}

function steps(guide, busy) {
  const next = guide.findIndex((step) => !step.done);
  const done = guide.filter((step) => step.done).length;
  return [
    el("h2", {}, t("guide.title")),
    el("p", { class: "quiet small-text" }, done === guide.length ? t("guide.finished") : t("guide.done", { done, all: guide.length })),
    busy ? el("p", { class: "busy", role: "status" }, t(`busy.${busy}`)) : null,
    el("ol", {}, guide.map((step, index) => item(step, index === next, busy))),
  ];
}

function item(step, current, busy) {
  const mark = el("span", { class: "mark", role: "img", aria: { label: t(step.done ? "step.done" : "step.open") } }, step.done ? "✓" : "");
  const running = busy && step.name === "colleagues";
  const title = t(`step.${step.name}`);
  const label = running ? t("step.busy") : t(step.name === "colleagues" || step.name === "monday" ? "step.do" : "step.go");
  const button = el(
    "button",
    { type: "button", class: current ? "button small primary" : "plain", disabled: Boolean(running), aria: { label: current ? `${label}: ${title}` : null }, title: label, data: { key: `step/${step.name}` }, on: { click: () => take(step) } },
    current ? label : title,
  );
  return el(
    "li",
    { class: `step${step.done ? " done" : ""}${current ? " current" : ""}`, aria: { current: current ? "step" : null } },
    mark,
    el("div", {}, current ? [el("b", {}, title), el("p", {}, t(`step.${step.name}.how`))] : null, button),
  );
}

/** Take me there: be that person, look at that place, stand on the thing to press. */
async function take(step) {
  reveal("slack");
  await become(step.person);
  if (step.name === "monday") await act("clock", { step: "monday" });
  await go(state.screen.guide.find((one) => one.name === step.name).place);
  if (step.name === "colleagues") await act("colleagues");
  point(step.focus);
}

function point(focus) {
  const place = document.getElementById("content");
  if (focus === "composer") {
    const box = document.getElementById("composer");
    if (!box.value) box.value = `/story ${state.screen.example}`;
    return box.focus();
  }
  const found = [...place.querySelectorAll("[data-wire]")].filter((node) => node.dataset.wire.split("?")[0] === focus);
  const target = found.at(-1) ?? place.querySelector(".messages li:last-child article") ?? place;
  target.scrollIntoView({ block: "nearest" });
  target.focus();
}
