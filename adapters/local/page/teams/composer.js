// Teams' compose box: words to Herald, its commands, and its message extension.
import { el, fresh } from "../dom.js";
import { upload } from "../elements.js";
import { act } from "../state.js";
import { t } from "../words.js";

const AT = "@Herald ";

/** The compose box of a channel or of the chat with Herald. */
export function composer(here) {
  const label = t("compose", { place: here.name });
  const box = el("textarea", { id: "teams-composer", class: "field", rows: 1, aria: { label: `Teams: ${label}` }, placeholder: label });
  const send = async () => {
    const text = box.value.trim();
    if (!text) return;
    box.value = "";
    await act("teams_say", { conversation: here.id, text });
    if (!document.querySelector("dialog[open]")) box.focus();
  };
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  const begin = (word) => () => {
    box.value = `${here.direct ? "" : AT}${word} `;
    box.focus();
  };
  const chip = (word) => el("button", { type: "button", class: "chip", on: { click: begin(word) } }, `${here.direct ? "" : AT}${word}`);
  const words = t("teams.words").split(", ");
  return el(
    "div",
    { class: "composer", role: "group", aria: { label: `Teams: ${label}` } },
    box,
    el(
      "div",
      { class: "row" },
      el("button", { type: "button", class: "button small", data: { key: "teams/suggest" }, on: { click: () => act("teams_extend", { conversation: here.id }) } }, `+ ${t("teams.suggest")}`),
      (here.direct ? words : words.slice(0, 1)).map(chip),
      el("span", { class: "grow" }),
      el("button", { type: "button", class: "button primary", data: { key: "teams/send" }, on: { click: send } }, t("send")),
    ),
    here.direct ? pictures() : el("p", { class: "quiet small-text" }, t("teams.hears")),
  );
}

/** A picture for Herald, which Teams takes in the chat and in no dialog. */
function pictures() {
  const id = fresh("picture");
  const input = el("input", { type: "file", id, class: "field small", accept: "image/*", data: { key: "teams/picture" } });
  input.addEventListener("change", async () => {
    const [chosen] = input.files;
    if (chosen) await act("teams_picture", { file: (await upload(chosen)).id });
    input.value = "";
  });
  return el("div", { class: "row" }, el("label", { htmlFor: id, class: "small-text" }, t("teams.picture")), input);
}
