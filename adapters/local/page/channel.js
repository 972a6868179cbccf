// A channel or 1:1: its messages, what can be done with each, and what is said aloud about new ones.
import { el, fill } from "./dom.js";
import { blocks } from "./blocks.js";
import { composer } from "./composer.js";
import { dismiss } from "./elements.js";
import { given } from "./held.js";
import { below, messageList, patch, sideName } from "./list.js";
import { menu } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { moment } from "./moments.js";
import { noteLine } from "./notes.js";
import { act, choose, nameOf, room, state } from "./state.js";
import { t } from "./words.js";

let shown = { place: null, person: null, language: null };

/** Draw the channel in `main`, touching only messages that changed. */
export function drawChannel(main) {
  const here = room();
  const key = `${state.place}/${state.person}/${document.documentElement.lang}`;
  if (shown.key !== key) {
    shown = { key, known: null };
    fill(main, frame(here));
  }
  const list = main.querySelector(".messages");
  const before = below(list);
  const arrived = patch(list, here.messages, (message) => message.ts, draw);
  main.querySelector(".empty").hidden = here.messages.length > 0;
  fill(main.querySelector(".note-place"), noteLine("slack"));
  if (arrived.length && (shown.known === null || before < 240)) list.scrollTop = list.scrollHeight;
  if (shown.known !== null) announce(arrived, here);
  shown.known = true;
  state.seen[`${state.person}/${here.id}`] = here.messages.length;
}

/** Forget what is drawn, for the next drawing to begin afresh. */
export function leaveChannel() {
  shown = { place: null };
}

export const placeName = (here) => (here.direct ? "Herald" : `#${here.name}`);

function frame(here) {
  const members = here.direct ? t("direct") : t(here.private ? "members.private" : "members", { number: here.members });
  return [
    el("header", { class: "place-head" }, el("h2", {}, placeName(here)), el("span", { class: "quiet" }, members), sideName("slack")),
    el("p", { class: "empty quiet" }, t(here.direct ? "empty.direct" : "empty")),
    messageList(t("messages", { place: placeName(here) })),
    el("div", { class: "note-place" }),
    here.writable ? composer(here) : el("p", { class: "read-only quiet" }, t("read_only")),
  ];
}

function draw(message) {
  const name = nameOf(message.user);
  const at = new Date(Number(message.ts) * 1000);
  const when = moment(at, { weekday: "short", hour: "2-digit", minute: "2-digit" });
  return el(
    "article",
    { class: `message${message.is_ephemeral ? " only-you" : ""}`, tabIndex: -1, aria: { label: t("said", { name, when }) } },
    avatar(message.user, name),
    el(
      "div",
      { class: "said" },
      el("div", { class: "who" }, el("b", {}, name), message.bot_id ? el("span", { class: "tag" }, t("app")) : null, el("time", { dateTime: at.toISOString() }, when)),
      message.is_ephemeral ? onlyYou(message) : null,
      el("div", { class: "blocks" }, body(message)),
    ),
    more(message),
  );
}

function body(message) {
  if (!message.blocks?.length) return el("div", { class: "text" }, mrkdwn(message.text));
  return blocks(scene(message), message.blocks);
}

function scene(message) {
  const key = `${message.ts}/${state.person}`;
  const press = (block, element, held) =>
    act("press", { channel: state.place, ts: message.ts, block_id: block.block_id, action_id: element.action_id, held, given: given(key) });
  return { key, press, words: () => "" };
}

/** Two letters in a circle; the colour is only decoration. */
export function avatar(user, name) {
  const colour = [...user].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % 6;
  const face = user === state.screen.bot ? "H" : [...name].slice(0, 2).join("");
  return el("span", { class: `avatar hue-${user === state.screen.bot ? "bot" : colour}`, aria: { hidden: "true" } }, face);
}

function onlyYou(message) {
  const away = el("button", { type: "button", class: "plain", on: { click: () => dismiss(message.ts) } }, t("dismiss"));
  return el("div", { class: "quiet small-text" }, `${t("only_you")} · `, away);
}

function more(message) {
  const shortcuts = message.is_ephemeral
    ? []
    : Object.entries(state.screen.shortcuts).map(([callback, label]) => ({
        label,
        run: () => act("shortcut", { channel: state.place, ts: message.ts, callback }),
      }));
  const sent = { label: t("sent.this"), run: () => choose({ panel: "sent", chosen: message.ts }) };
  const label = t("more.message", { name: nameOf(message.user) });
  return menu("⋮", label, [...shortcuts, sent], { data: { key: `more/${message.ts}` } });
}

function announce(arrived, here) {
  const news = arrived.filter((message) => message.user !== state.person);
  if (!news.length) return;
  const said = news.map((message) => `${nameOf(message.user)}: ${message.text}`).join(" ");
  document.getElementById("live").textContent = `${placeName(here)}: ${said}`;
}
