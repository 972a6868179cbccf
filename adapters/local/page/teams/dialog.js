// Teams' dialogs (task modules): a card, or words and a way to close. The browser traps the focus, Escape closes.
import { drawCard } from "./card.js";
import { el, fill, fresh } from "../dom.js";
import { noteLine } from "../notes.js";
import { act, state } from "../state.js";
import { t } from "../words.js";

let dialog = null;
let opener = null;

/** Show, change or put away the dialog, as the screen says. */
export function drawTeamsDialog() {
  const wanted = state.screen.teams.dialog;
  if (!wanted) return dialog ? putAway() : undefined;
  if (!dialog) open();
  if (dialog.drawn !== wanted.id) {
    dialog.drawn = wanted.id;
    fill(dialog, parts(wanted));
    (dialog.querySelector(".adaptive :is(input,textarea,select)") ?? dialog.querySelector("h2")).focus();
  }
  fill(dialog.querySelector(".note-place"), noteLine("teams"));
}

function open() {
  opener = document.activeElement;
  dialog = el("dialog", { class: "modal teams-dialog" });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  document.body.append(dialog);
  dialog.showModal();
}

const close = () => act("teams_close");

function parts(wanted) {
  const title = fresh("title");
  dialog.setAttribute("aria-labelledby", title);
  const press = (action) => act("teams_submit", { action });
  return [
    el("header", {}, el("h2", { id: title, tabIndex: -1 }, wanted.title), el("button", { type: "button", class: "plain cross", aria: { label: t("close") }, on: { click: close } }, "✕")),
    el("div", { class: "blocks" }, wanted.card ? drawCard(wanted.card, press) : el("p", { class: "text" }, wanted.words)),
    el("div", { class: "note-place" }),
    wanted.card ? null : el("footer", { class: "row end" }, el("button", { type: "button", class: "button", on: { click: close } }, t("close"))),
  ].filter(Boolean);
}

function putAway() {
  dialog.close();
  dialog.remove();
  dialog = null;
  const { key, action } = opener?.dataset ?? {};
  const same = [...document.querySelectorAll("[data-action],[data-key]")].find((one) => (action && one.dataset.action === action) || (key && one.dataset.key === key));
  const back = opener?.isConnected ? opener : same;
  (back ?? document.getElementById("teams-content")).focus();
}
