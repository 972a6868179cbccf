// Pretend LinkedIn: paste, publish, let a reader click. Nothing is posted anywhere.
import { el, fill, fresh } from "./dom.js";
import { t } from "./words.js";

const NAMES = { "linkedin.com": "LinkedIn", "x.com": "X", "twitter.com": "X", "bsky.app": "Bluesky", "facebook.com": "Facebook" };

const nameByHost = (name) => Object.entries(NAMES).find(([host]) => name === host || name.endsWith(`.${host}`))?.[1];

/** The network an address belongs to, by its name. */
function networkOf(address) {
  if (address.startsWith("mailto:")) return t("network.mail");
  try {
    return nameByHost(new URL(address, location.href).hostname) ?? "LinkedIn";
  } catch {
    return "LinkedIn";
  }
}

/** Go to a network from the workspace; Herald's own `/o/…` is really opened, so that it counts. */
export async function openNetwork(url, words) {
  const end = url.pathname.startsWith("/o/") ? await landing(url) : url;
  const address = end.pathname === "/local/network" ? (end.searchParams.get("url") ?? "") : end.href;
  const text = end.searchParams.get("text") ?? "";
  const heading = fresh("network");
  const dialog = el("dialog", { class: "network", aria: { labelledby: heading } });
  const leave = () => {
    dialog.close();
    dialog.remove();
  };
  fill(dialog, networkParts({ address: address || end.href, text: text || inside(address), words, heading, leave }));
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave();
  });
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("textarea").focus();
}

async function landing(url) {
  const answer = await fetch(url.pathname + url.search);
  return new URL(answer.url);
}

function inside(address) {
  try {
    const query = new URL(address).searchParams;
    return query.get("text") ?? query.get("body") ?? "";
  } catch {
    return "";
  }
}

/** The pretended network's parts, for the dialog and for the page of its own. */
export function networkParts({ address, text, words, heading, leave }) {
  const name = networkOf(address);
  const box = el("textarea", { class: "field", rows: 7, value: text, id: fresh("post"), aria: { describedby: heading } });
  const result = el("div", { class: "result", role: "status" });
  const paste = () => {
    box.value = words;
    box.focus();
  };
  const publish = async () => {
    await tell("publish", { text: box.value });
    fill(result, post(name, box.value, address));
    result.querySelector("button")?.focus();
  };
  return [
    el("header", {}, el(leave ? "h2" : "h1", { id: heading }, t("network.title", { name })), leave ? el("button", { type: "button", class: "plain cross", aria: { label: t("close") }, on: { click: leave } }, "✕") : null),
    el(
      "div",
      { class: "parts" },
      el("p", { class: "quiet" }, t("network.nothing")),
      el("label", { class: "label", htmlFor: box.id }, t("network.paste")),
    box,
    el("p", { class: "hint" }, t("network.link", { link: storyLink(address) || t("network.no_link") })),
    el(
      "div",
      { class: "row" },
      words ? el("button", { type: "button", class: "button", on: { click: paste } }, t("network.mine")) : null,
      el("span", { class: "grow" }),
      el("button", { type: "button", class: "button primary", on: { click: publish } }, t("network.publish")),
    ),
    result,
    leave ? el("div", { class: "row end" }, el("button", { type: "button", class: "button", on: { click: leave } }, t("network.back"))) : null,
    ),
  ];
}

/** The story's link: inside a composer's address, or the address itself. */
function storyLink(address) {
  try {
    const url = new URL(address);
    return url.searchParams.get("url") ?? url.searchParams.get("u") ?? (nameByHost(url.hostname) ? "" : address);
  } catch {
    return "";
  }
}

function post(name, text, address) {
  const count = el("p", { class: "small-text", role: "status" });
  const click = async () => {
    const visit = await tell("reader", { text, url: address });
    count.textContent = t(`reader.${visit.note}`, { link: visit.detail });
  };
  return [
    el("article", { class: "post" }, el("p", { class: "quiet small-text" }, t("network.published", { name })), el("p", { class: "text" }, text || t("network.wordless"))),
    el("button", { type: "button", class: "button", on: { click } }, t("network.reader")),
    count,
  ];
}

async function tell(name, body) {
  const person = JSON.parse(sessionStorage.getItem("herald-local") ?? "{}").person ?? "U0LEA";
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(`/local/act/${name}`, { method: "POST", headers, body: JSON.stringify({ person, ...body }) });
  return answer.json();
}
