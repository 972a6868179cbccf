// Elements one chooses with: selects, boxes, radio buttons.
import { el, fresh } from "./dom.js";
import { entered, keep } from "./held.js";
import { plain, words } from "./mrkdwn.js";
import { state } from "./state.js";
import { t } from "./words.js";

const people = () => state.screen.people.map((one) => ({ value: one.id, label: one.name }));
const rooms = () => state.screen.all_rooms.map((one) => ({ value: one.id, label: `#${one.name}` }));

/** In an input nothing is sent before the form, unless the block says so. */
const told = (block) => block.type !== "input" || block.dispatch_action;

function settle(scene, block, element, held) {
  keep(scene.key, block, element, held);
  if (told(block)) scene.press(block, element, held);
}

const options = (element) => [
  ...(element.options ?? []),
  ...(element.option_groups ?? []).flatMap((group) => group.options),
];
const same = (option) => ({ value: option.value, label: plain(option.text?.text) });
const tag = (block, element) => ({ action: `${block.block_id}/${element.action_id}`, wire: element.action_id });

/** One of many, as the browser's own select. */
function select(kind, list) {
  const key = `selected_${kind}`;
  return (scene, block, element) => {
    const start = entered(scene.key, block, element)?.[key] ?? element[`initial_${kind}`] ?? null;
    const chosen = start?.value ?? start ?? "";
    const node = el(
      "select",
      { class: "field", data: tag(block, element), aria: { label: plain(element.placeholder?.text) || t("choose") } },
      el("option", { value: "" }, plain(element.placeholder?.text) || t("choose")),
      list(element).map((one) => el("option", { value: one.value, selected: one.value === chosen }, one.label)),
    );
    node.addEventListener("change", () => settle(scene, block, element, { [key]: picked(kind, element, node.value) }));
    return node;
  };
}

const picked = (kind, element, value) =>
  kind === "option" ? (options(element).find((option) => option.value === value) ?? null) : value || null;

/** Some of many, as boxes: every choice stays readable and reachable by keyboard. */
function many(kind, list) {
  const key = `selected_${kind}s`;
  return (scene, block, element) => {
    const start = entered(scene.key, block, element)?.[key] ?? element[`initial_${kind}s`] ?? [];
    const chosen = new Set(start.map((one) => one.value ?? one));
    const change = (value, on) => {
      on ? chosen.add(value) : chosen.delete(value);
      const held = kind === "option" ? options(element).filter((option) => chosen.has(option.value)) : [...chosen];
      settle(scene, block, element, { [key]: held });
    };
    return boxes(block, element, list(element), chosen, change);
  };
}

function boxes(block, element, items, chosen, change) {
  const rows = items.map((item) => {
    const input = el("input", { type: "checkbox", checked: chosen.has(item.value), data: { key: `${tag(block, element).action}/${item.value}` } });
    input.addEventListener("change", () => change(item.value, input.checked));
    return el("label", { class: "choice" }, input, el("span", {}, item.label));
  });
  const name = plain(element.placeholder?.text) || t("choose");
  return el("fieldset", { class: "choices many", data: tag(block, element), aria: { label: name } }, rows);
}

function checkboxes(scene, block, element) {
  const start = entered(scene.key, block, element)?.selected_options ?? element.initial_options ?? [];
  const chosen = new Set(start.map((option) => option.value));
  const change = (option, on) => {
    on ? chosen.add(option.value) : chosen.delete(option.value);
    settle(scene, block, element, { selected_options: element.options.filter((one) => chosen.has(one.value)) });
  };
  return group(block, element, "checkbox", (option) => chosen.has(option.value), change);
}

function radio(scene, block, element) {
  const start = entered(scene.key, block, element)?.selected_option ?? element.initial_option;
  const change = (option) => settle(scene, block, element, { selected_option: option });
  return group(block, element, "radio", (option) => option.value === start?.value, change);
}

function group(block, element, type, isOn, change) {
  const name = fresh("choice");
  const rows = element.options.map((option) => {
    const input = el("input", { type, name, checked: isOn(option), data: { key: `${tag(block, element).action}/${option.value}` } });
    input.addEventListener("change", () => change(option, input.checked));
    const more = option.description ? el("small", {}, words(option.description)) : null;
    return el("label", { class: "choice" }, input, el("span", {}, words(option.text), more));
  });
  return el("fieldset", { class: "choices", data: tag(block, element), aria: { label: t("choose") } }, rows);
}

/** The drawers of this file, by element type. */
export const choiceDrawers = {
  static_select: select("option", (element) => options(element).map(same)),
  users_select: select("user", people),
  channels_select: select("channel", rooms),
  conversations_select: select("conversation", rooms),
  multi_static_select: many("option", (element) => options(element).map(same)),
  multi_users_select: many("user", people),
  multi_channels_select: many("channel", rooms),
  multi_conversations_select: many("conversation", rooms),
  checkboxes,
  radio_buttons: radio,
};
