// Block Kit elements one presses or types into.
import { el } from "./dom.js";
import { ask } from "./confirm.js";
import { entered, keep } from "./held.js";
import { choiceDrawers } from "./choices.js";
import { follow, picture } from "./links.js";
import { menu } from "./menu.js";
import { mrkdwn, plain } from "./mrkdwn.js";
import { momentDrawers } from "./moments.js";
import { act, state } from "./state.js";
import { t } from "./words.js";

/** Ask first when the element wants it, then press. */
export async function press(scene, block, element, held = {}) {
  if (element.confirm && !(await ask(question(element.confirm)))) return;
  await scene.press(block, element, held);
}

function question(confirm) {
  const [title, text] = [plain(confirm.title?.text), plain(confirm.text?.text)];
  const danger = confirm.style === "danger";
  return { title, text, yes: plain(confirm.confirm?.text), no: plain(confirm.deny?.text), danger };
}

function button(scene, block, element) {
  const spoken = element.accessibility_label ? { label: element.accessibility_label } : {};
  const node = el(
    "button",
    { type: "button", class: `button ${element.style ?? ""}`, aria: spoken, data: tags(block, element) },
    plain(element.text?.text),
    element.url ? el("span", { class: "leads", aria: { hidden: "true" } }, " ↗") : null,
  );
  node.addEventListener("click", async () => {
    node.setAttribute("aria-busy", "true");
    await Promise.all([press(scene, block, element), element.url ? follow(element.url, scene.words()) : null]);
    node.removeAttribute("aria-busy");
  });
  return node;
}

/** What the page and its tests find an element by. */
export const tags = (block, element) => ({
  action: `${block.block_id}/${element.action_id}`,
  wire: element.value || element.action_id || "",
});

function overflow(scene, block, element) {
  const items = element.options.map((option) => ({
    label: plain(option.text?.text),
    description: plain(option.description?.text),
    run: () => (option.url ? follow(option.url) : null, press(scene, block, element, { selected_option: option })),
  }));
  return menu("⋯", t("more"), items, { data: tags(block, element) });
}

function writing(scene, block, element) {
  const tag = element.multiline ? "textarea" : "input";
  const start = entered(scene.key, block, element)?.value ?? element.initial_value ?? "";
  const node = el(tag, {
    class: "field",
    value: start,
    placeholder: plain(element.placeholder?.text),
    data: tags(block, element),
    maxLength: element.max_length ?? 3000,
    ...(element.multiline ? { rows: 5 } : { type: kinds[element.type] ?? "text" }),
  });
  node.addEventListener("input", () => keep(scene.key, block, element, { value: node.value }));
  if (block.dispatch_action) node.addEventListener("change", () => scene.press(block, element, { value: node.value }));
  return node;
}

const kinds = { email_text_input: "email", url_text_input: "url", number_input: "number" };

function file(scene, block, element) {
  const accept = (element.filetypes ?? []).map((kind) => `.${kind}`).join(",");
  const list = el("span", { class: "hint" }, files(scene, block, element).map((one) => one.name).join(", "));
  const node = el("input", { type: "file", class: "field", accept, multiple: (element.max_files ?? 10) > 1, data: tags(block, element) });
  node.addEventListener("change", async () => {
    const chosen = await Promise.all([...node.files].map(upload));
    keep(scene.key, block, element, { files: chosen });
    list.textContent = chosen.map((one) => one.name).join(", ");
  });
  return el("span", { class: "stack" }, node, list);
}

const files = (scene, block, element) => entered(scene.key, block, element)?.files ?? [];

/** Keep a file in the workspace. */
export async function upload(chosen) {
  const query = new URLSearchParams({ name: chosen.name, person: state.person });
  const answer = await fetch(`/local/files?${query}`, { method: "POST", body: chosen });
  return answer.json();
}

/** Every element type that is drawn, by name. */
export const elementDrawers = {
  button,
  overflow,
  plain_text_input: writing,
  email_text_input: writing,
  url_text_input: writing,
  number_input: writing,
  file_input: file,
  image: (scene, block, element) => picture(address(element), plain(element.alt_text)),
  mrkdwn: (scene, block, element) => el("span", {}, mrkdwn(element.text)),
  plain_text: (scene, block, element) => el("span", {}, plain(element.text)),
  ...choiceDrawers,
  ...momentDrawers,
};

/** Where a picture lives: an address, or a file of the workspace. */
export function address(part) {
  if (part.slack_file?.id) return `/local/files/${part.slack_file.id}`;
  return part.image_url ?? part.slack_file?.url ?? "";
}

/** An element, or a box that says it is not drawn. */
export function element(scene, block, part) {
  const draw = elementDrawers[part.type];
  return draw ? draw(scene, block, part) : notDrawn(part.type);
}

/** The visible place of something this page cannot draw. */
export const notDrawn = (type) => el("div", { class: "not-drawn", data: { type: type ?? "?" } }, t("not_drawn", { type: type ?? "?" }));

/** Dismiss an only-you message. */
export const dismiss = (ts) => act("dismiss", { ts });
