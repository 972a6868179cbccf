// Starts the page: words, screen, live notices, and one drawer per region.
import { el, redraw } from "./dom.js";
import { drawn } from "./blocks.js";
import { drawChannel, leaveChannel } from "./channel.js";
import { drawGuide } from "./guide.js";
import { drawHome } from "./home.js";
import { drawModal } from "./modal.js";
import { drawPlaces, drawTop } from "./places.js";
import { drawSent } from "./sent.js";
import { act, draw, onChange, refresh, room, shows, sides, state } from "./state.js";
import { drawCard, drawnCards } from "./teams/card.js";
import { drawTeamsDialog } from "./teams/dialog.js";
import { drawTeams } from "./teams/side.js";
import { language, speak, t } from "./words.js";

const at = (id) => document.getElementById(id);

function drawBar() {
  redraw(at("bar"), [language()], () => [
    el("img", { src: "/local/page/herald.svg", alt: "", width: 32, height: 32 }),
    el("h1", {}, t("title")),
    el("p", { class: "banner" }, t("banner")),
    el("div", { class: "row", role: "group", aria: { label: t("language") } }, ["en", "fr"].map(languageButton)),
  ]);
}

function languageButton(code) {
  const switchTo = () => act("language", { language: code });
  const props = { type: "button", class: "button small toggle", lang: code, data: { key: `language/${code}` }, on: { click: switchTo } };
  return el("button", { ...props, aria: { pressed: String(language() === code) } }, code === "en" ? "English" : "Français");
}

function drawContent() {
  document.body.classList.toggle("narrow", state.narrow);
  document.body.classList.toggle("both", sides() === "both");
  at("frame").hidden = !shows("slack");
  at("frame").setAttribute("aria-label", t("side.slack"));
  at("skip").textContent = t("skip");
  at("skip").href = shows("slack") ? "#content" : "#teams-content";
  redraw(at("foot"), [language()], () => t("not_affiliated"));
  if (!shows("slack")) return leaveChannel();
  if (state.place !== "home" && room()) return drawChannel(at("content"));
  leaveChannel();
  drawHome(at("content"));
}

onChange(async () => {
  if (state.screen.language !== language()) {
    await speak(state.screen.language);
    draw();
  }
});
onChange(drawBar);
onChange(() => drawTop(at("top")));
onChange(() => drawPlaces(at("places")));
onChange(drawContent);
onChange(() => drawTeams(at("teams")));
onChange(() => drawGuide(at("guide")));
onChange(() => drawSent(at("panel")));
onChange(drawModal);
onChange(drawTeamsDialog);

function listen() {
  const notices = new EventSource("/local/events");
  notices.addEventListener("message", () => refresh());
  notices.addEventListener("open", () => refresh());
}

await speak("en");
await refresh();
listen();
setInterval(refresh, 20_000);
window.heraldDraws = drawn;
Object.assign(window, { heraldDrawsCards: drawnCards, heraldCard: drawCard });
