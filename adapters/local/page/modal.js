// Forms: the top view of the person's stack in one dialog. The browser traps the focus, Escape closes.
import { el, fill, fresh, mark, restore } from "./dom.js";
import { blocks } from "./blocks.js";
import { forget, given } from "./held.js";
import { plain } from "./mrkdwn.js";
import { noteLine } from "./notes.js";
import { act, state } from "./state.js";
import { t } from "./words.js";

let dialog = null;
let shown = null;
let opener = null;

/** Show, change or put away the form, as the screen says. */
export function drawModal() {
  const view = state.screen.modals.at(-1);
  if (!view) return dialog ? putAway() : undefined;
  if (!dialog) open();
  const depth = state.screen.modals.length;
  const key = JSON.stringify([view.id, view.hash, document.documentElement.lang]);
  if (dialog.drawn !== key) {
    const focus = shown === view.id ? mark(dialog) : null;
    dialog.drawn = key;
    draw(view, depth);
    focus ? restore(dialog, focus) : first()?.focus();
    shown = view.id;
  }
  fill(dialog.querySelector(".note-place"), noteLine("slack"));
}

function open() {
  opener = document.activeElement;
  dialog = el("dialog", { class: "modal" });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  document.body.append(dialog);
  dialog.showModal();
}

/** The first field, else the title: what a person wants next. */
function first() {
  return dialog.querySelector(".blocks :is(input,textarea,select)") ?? dialog.querySelector("h2");
}

function putAway() {
  dialog.close();
  dialog.remove();
  forget(shown);
  [dialog, shown] = [null, null];
  const back = opener?.isConnected ? opener : same(opener);
  (back ?? document.getElementById("content")).focus();
}

function same(node) {
  const { action, key } = node?.dataset ?? {};
  const every = [...document.querySelectorAll("[data-action],[data-key]")];
  return every.find((one) => (action && one.dataset.action === action) || (key && one.dataset.key === key)) ?? null;
}

function draw(view, depth) {
  const title = fresh("title");
  dialog.setAttribute("aria-labelledby", title);
  const cross = el("button", { type: "button", class: "plain cross", aria: { label: t("close") }, on: { click: close } }, "✕");
  const form = el("form", { noValidate: true, on: { submit: (event) => send(event, view) } });
  form.append(
    el("header", {}, el("h2", { id: title, tabIndex: -1 }, plain(view.title.text)), depth > 1 ? el("small", {}, t("stacked", { depth })) : null, cross),
    el("div", { class: "blocks" }, blocks(scene(view), view.blocks)),
    el("div", { class: "note-place" }),
    el(
      "footer",
      { class: "row end" },
      el("button", { type: "button", class: "button", data: { key: "close" }, on: { click: close } }, plain(view.close?.text) || t("close")),
      view.submit ? el("button", { type: "submit", class: "button primary", data: { key: "submit" } }, plain(view.submit.text)) : null,
    ),
  );
  fill(dialog, form);
}

/** Where a form's elements stand; also for the Home tab. */
export function scene(view) {
  const press = (block, element, held) =>
    act("press_in_view", { view: view.id, block_id: block.block_id, action_id: element.action_id, held, given: given(view.id) });
  return { key: view.id, press, words: () => longest(view) };
}

/** The words of the form's own text field, for whoever goes to paste them. */
function longest(view) {
  const texts = view.blocks
    .filter((block) => block.element?.multiline)
    .map((block) => given(view.id)[block.block_id]?.[block.element.action_id]?.value ?? block.element.initial_value ?? "");
  return texts[0] ?? "";
}

async function send(event, view) {
  event.preventDefault();
  const missing = view.blocks.filter((block) => block.type === "input" && !block.optional && !filled(view, block));
  const short = Object.fromEntries(missing.map((block) => [block.block_id, t("required")]));
  if (missing.length) return complain(short);
  const button = dialog.querySelector("[type=submit]");
  button.setAttribute("aria-busy", "true");
  button.disabled = true;
  const outcome = await act("submit", { view: view.id, given: given(view.id) });
  button.disabled = false;
  button.removeAttribute("aria-busy");
  if (Object.keys(outcome.errors ?? {}).length) complain(outcome.errors);
}

const STARTS = ["initial_value", "initial_option", "initial_options", "initial_user", "initial_users", "initial_channel", "initial_channels", "initial_conversation", "initial_conversations", "initial_date", "initial_time", "initial_date_time"];

function filled(view, block) {
  const { element } = block;
  const now = given(view.id)[block.block_id]?.[element.action_id];
  const held = now ? Object.values(now)[0] : STARTS.map((key) => element[key]).find((value) => value !== undefined);
  return Array.isArray(held) ? held.length > 0 : held !== null && held !== undefined && String(held).trim() !== "";
}

/** Write errors at their fields and go to the first. */
function complain(errors) {
  if (!dialog) return;
  const inputs = [...dialog.querySelectorAll(".input")];
  for (const node of inputs) {
    const error = errors[node.dataset.block];
    node.querySelector(".error").textContent = error ? plain(error) : "";
    const field = node.querySelector("input,textarea,select,fieldset");
    error ? field?.setAttribute("aria-invalid", "true") : field?.removeAttribute("aria-invalid");
  }
  inputs.find((node) => errors[node.dataset.block])?.querySelector("input,textarea,select")?.focus();
}

async function close() {
  const view = state.screen.modals.at(-1);
  if (view) await act("close", { view: view.id, given: given(view.id) });
}
