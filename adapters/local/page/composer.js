// The box one writes into: slash commands and plain messages.
import { el } from "./dom.js";
import { act, state } from "./state.js";
import { placeName } from "./channel.js";
import { t } from "./words.js";

/** The composer of a channel or 1:1. */
export function composer(here) {
  const label = t("compose", { place: placeName(here) });
  const box = el("textarea", { id: "composer", class: "field", rows: 1, aria: { label }, placeholder: label });
  const send = async () => {
    const text = box.value.trim();
    if (!text) return;
    box.value = "";
    const outcome = await act("say", { channel: here.id, text });
    if (outcome.note === "unknown_command") box.value = text;
    if (!document.querySelector("dialog[open]")) box.focus();
  };
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  const begin = (command) => () => {
    box.value = `${command} ${box.value.replace(/^\/\S*\s*/, "")}`;
    box.focus();
  };
  const commands = state.screen.commands.map((command) =>
    el("button", { type: "button", class: "chip", on: { click: begin(command) } }, command),
  );
  return el(
    "div",
    { class: "composer", role: "group", aria: { label } },
    box,
    el("div", { class: "row" }, commands, el("span", { class: "grow" }), el("button", { type: "button", class: "button primary", on: { click: send } }, t("send"))),
  );
}
