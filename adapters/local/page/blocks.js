// Block Kit blocks as DOM nodes. `scene` says where they stand: {key, press(block, element, held), words()}.
import { el, fresh } from "./dom.js";
import { chart, table } from "./chart.js";
import { address, element, elementDrawers, notDrawn } from "./elements.js";
import { picture } from "./links.js";
import { plain, words } from "./mrkdwn.js";
import { richText } from "./rich.js";
import { t } from "./words.js";

function section(scene, block) {
  const text = block.text ? el("div", { class: "text" }, words(block.text)) : null;
  const fields = block.fields?.map((one) => el("div", { class: "text" }, words(one)));
  return el(
    "div",
    { class: "section" },
    el("div", { class: "grow" }, text, fields ? el("div", { class: "fields" }, fields) : null),
    block.accessory ? el("div", { class: "accessory" }, element(scene, block, block.accessory)) : null,
  );
}

const row = (name) => (scene, block) =>
  el("div", { class: name }, block.elements.map((one) => element(scene, block, one)));

function image(scene, block) {
  const title = block.title ? el("figcaption", {}, plain(block.title.text)) : null;
  return el("figure", { class: "image" }, picture(address(block), plain(block.alt_text)), title);
}

function input(scene, block) {
  const [label, hint, error] = [fresh("label"), fresh("hint"), fresh("error")];
  const node = element(scene, block, block.element);
  const target = node.matches("input,textarea,select,fieldset") ? node : (node.querySelector("input") ?? node);
  target.id ||= fresh("field");
  target.removeAttribute("aria-label");
  target.setAttribute("aria-labelledby", label);
  target.setAttribute("aria-describedby", `${hint} ${error}`);
  if (!block.optional && target.tagName !== "FIELDSET") target.setAttribute("aria-required", "true");
  const name = [plain(block.label.text), block.optional ? el("span", { class: "optional" }, ` ${t("optional")}`) : null];
  const grouped = target.tagName === "FIELDSET";
  return el(
    "div",
    { class: "input", data: { block: block.block_id } },
    grouped ? el("div", { class: "label", id: label }, name) : el("label", { class: "label", id: label, htmlFor: target.id }, name),
    node,
    el("div", { class: "hint", id: hint }, plain(block.hint?.text)),
    el("div", { class: "error", id: error, role: "alert" }),
  );
}

/** Every block type that is drawn, by name. */
export const blockDrawers = {
  section,
  header: (scene, block) => el("h3", { class: "header" }, plain(block.text.text)),
  context: row("context"),
  actions: row("actions"),
  divider: () => el("hr"),
  image,
  input,
  rich_text: richText,
  data_visualization: chart,
  table,
};

/** What the page draws, as drawn.json says it (a test compares the two). */
export const drawn = () => ({ blocks: Object.keys(blockDrawers).sort(), elements: Object.keys(elementDrawers).sort() });

/** Blocks in order; one that is not known here is shown as such. */
export const blocks = (scene, list) =>
  list.map((block) => (blockDrawers[block.type] ? blockDrawers[block.type](scene, block) : notDrawn(block.type)));
