// Herald's Home tab, as Slack shows it: blocks, and nothing until Herald published some.
import { el, redraw } from "./dom.js";
import { blocks } from "./blocks.js";
import { sideName } from "./list.js";
import { scene } from "./modal.js";
import { noteLine } from "./notes.js";
import { state } from "./state.js";
import { t } from "./words.js";

/** Draw the Home tab in `main`. */
export function drawHome(main) {
  const { home } = state.screen;
  redraw(main, ["home", state.person, home?.hash, state.note, document.documentElement.lang], () => [
    el("header", { class: "place-head" }, el("h2", {}, t("home")), el("span", { class: "quiet" }, t("home.of")), sideName("slack")),
    noteLine("slack"),
    el("div", { class: "home blocks" }, home ? blocks(scene(home), home.blocks) : el("p", { class: "quiet" }, t("home.empty"))),
  ]);
}
