// A channel or the chat with Herald, as Teams shows it: cards, what one was told under them, the compose box.
import { drawCard } from "./card.js";
import { composer } from "./composer.js";
import { avatar } from "../channel.js";
import { el, fill } from "../dom.js";
import { anchor, picture } from "../links.js";
import { below, messageList, patch, sideName } from "../list.js";
import { menu } from "../menu.js";
import { moment } from "../moments.js";
import { noteLine } from "../notes.js";
import { act, choose, nameOf, state } from "../state.js";
import { t } from "../words.js";

let shown = null;

/** Forget what is drawn, for the next drawing to begin afresh. */
export const leaveRoom = () => (shown = null);

/** Draw a conversation in `node`, touching only messages that changed. */
export function drawRoom(node, here) {
  const key = `${here.id}/${state.person}/${document.documentElement.lang}`;
  const fresh = shown !== key;
  if (fresh) fill(node, frame(here));
  shown = key;
  const list = node.querySelector(".messages");
  const before = below(list);
  const known = new Set(told(list).map((one) => one.textContent));
  const arrived = patch(list, here.messages, (message) => message.id, (message) => draw(here, message));
  node.querySelector(".empty").hidden = here.messages.length > 0;
  fill(node.querySelector(".note-place"), noteLine("teams"));
  if (arrived.length && (fresh || before < 240)) list.scrollTop = list.scrollHeight;
  if (!fresh) {
    told(list).filter((one) => !known.has(one.textContent)).forEach((one) => one.scrollIntoView({ block: "nearest" }));
    announce(arrived, here);
  }
  state.seen[`${state.person}/${here.id}`] = here.messages.length;
}

/** What was said under cards to the one who pressed. */
const told = (list) => [...list.querySelectorAll(".told")];

function frame(here) {
  const members = here.direct ? t("direct") : t(here.private ? "members.private" : "members", { number: here.members });
  return [
    el("header", { class: "place-head" }, el("h2", {}, here.name), el("span", { class: "quiet" }, members), sideName("teams")),
    el("p", { class: "empty quiet" }, t(here.direct ? "teams.empty.direct" : "empty")),
    messageList(t("teams.messages", { place: here.name })),
    el("div", { class: "note-place" }),
    composer(here),
  ];
}

function draw(here, message) {
  const [name, at] = [nameOf(message.user), new Date(message.at)];
  const when = moment(at, { weekday: "short", hour: "2-digit", minute: "2-digit" });
  const own = message.to || message.told ? el("p", { class: "quiet small-text" }, t("only_you")) : null;
  return el(
    "article",
    { class: `message${message.to ? " only-you" : ""}`, tabIndex: -1, aria: { label: t("said", { name, when }) } },
    avatar(message.user, name),
    el(
      "div",
      { class: "said" },
      el("div", { class: "who" }, el("b", {}, name), message.user === state.screen.bot ? el("span", { class: "tag" }, t("app")) : null, el("time", { dateTime: at.toISOString() }, when)),
      message.to ? own : null,
      message.picture ? el("div", { class: "image" }, picture(message.picture, message.text)) : null,
      message.text ? el("p", { class: "text" }, linked(message.text)) : null,
      message.card ? drawCard(message.card, (action) => act("teams_press", { conversation: here.id, message: message.id, action })) : null,
      message.told ? el("div", { class: "told", role: "status" }, own, el("p", { class: "text" }, message.told)) : null,
    ),
    more(here, message),
  );
}

const LINK = /(https?:\/\/[^\s<>]+)/;

/** Words with their links; nobody's words become anything else. */
const linked = (text) => text.split(LINK).map((part) => (LINK.test(part) ? anchor(part, [part]) : part));

function more(here, message) {
  const suggest = { label: t("teams.suggest"), run: () => act("teams_extend", { conversation: here.id, message: message.id }) };
  const sent = { label: t("sent.this"), run: () => choose({ panel: "sent", chosen: message.id }) };
  return menu("⋯", t("more.message", { name: nameOf(message.user) }), [suggest, sent], { data: { key: `more/${message.id}` } });
}

function announce(arrived, here) {
  const news = arrived.filter((message) => message.user !== state.person);
  if (!news.length) return;
  const said = news.map((message) => `${nameOf(message.user)}: ${message.summary || message.text}`).join(" ");
  document.getElementById("live").textContent = `Teams, ${here.name}: ${said}`;
}
