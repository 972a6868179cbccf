// Where links lead: networks to the pretended one, this machine at once, anything else only after a question.
import { el } from "./dom.js";
import { ask } from "./confirm.js";
import { openNetwork } from "./network.js";
import { t } from "./words.js";

const NETWORKS = /(^|\.)(linkedin\.com|x\.com|twitter\.com|bsky\.app|facebook\.com)$/;

/** Whether an address goes to a network's composer, directly or by Herald's own `/o/…`. */
export function isNetwork(address) {
  const url = parsed(address);
  if (!url) return false;
  if (url.protocol === "mailto:") return true;
  return NETWORKS.test(url.hostname) || (isOwn(url) && url.pathname.startsWith("/o/"));
}

function parsed(address) {
  try {
    return new URL(address, location.href);
  } catch {
    return null;
  }
}


/** Whether an address is of this workspace. */
export const isHere = (url) => ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname) && url.port === location.port;
const isOwn = (url) => url.protocol === "http:" && isHere(url);

/** Go where a link leads; `words` is the text that stands ready beside it. */
export async function follow(address, words = "") {
  const url = parsed(address);
  if (!url || !["http:", "https:", "mailto:"].includes(url.protocol)) return;
  if (isNetwork(address)) return openNetwork(url, words);
  const leave = { title: t("leave.title"), text: t("leave.text", { host: url.host }), yes: t("leave.yes"), no: t("leave.no") };
  if (isOwn(url) || (await ask(leave))) window.open(url.href, "_blank", "noopener,noreferrer");
}

/** A link as people see it. */
export function anchor(address, children) {
  const url = parsed(address);
  if (!url || !["http:", "https:", "mailto:"].includes(url.protocol)) return el("span", {}, children);
  const go = (event) => {
    event.preventDefault();
    follow(address);
  };
  return el("a", { href: url.href, rel: "noreferrer noopener", target: "_blank", on: { click: go } }, children);
}

/** A picture: drawn when it lives here, else a box with what it shows. */
export function picture(address, alt) {
  const url = parsed(address);
  if (url && (url.protocol === "data:" || isHere(url))) {
    return el("img", { src: url.protocol === "data:" ? url.href : url.pathname + url.search, alt });
  }
  return el(
    "span",
    { class: "no-picture", role: "img", aria: { label: alt } },
    el("span", { class: "no-picture-alt" }, alt),
    el("small", {}, t("picture.elsewhere", { host: url?.host ?? "?" })),
  );
}
