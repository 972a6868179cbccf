// Slack's mrkdwn, as far as people meet it: bold, italic, strike, code, quotes, links, mentions, emoji.
import { el } from "./dom.js";
import { anchor } from "./links.js";
import { nameOf, roomName } from "./state.js";

const EMOJI = {
  tada: "🎉", wave: "👋", white_check_mark: "✅", x: "❌", warning: "⚠️", eyes: "👀", bulb: "💡", heart: "❤️",
  thumbsup: "👍", "+1": "👍", pray: "🙏", rocket: "🚀", hourglass: "⌛", calendar: "📅", link: "🔗", pencil: "✏️",
  newspaper: "📰", speech_balloon: "💬", lock: "🔒", bell: "🔔", no_bell: "🔕", smile: "😄", star: "⭐", clap: "👏",
};
const EDGE = String.raw`(?<![\p{L}\p{N}_])`;
const END = String.raw`(?![\p{L}\p{N}_])`;
const TOKEN = new RegExp(
  [
    "```(?<pre>[\\s\\S]+?)```",
    "`(?<code>[^`\\n]+)`",
    "<(?<angle>[^<>\\n]+)>",
    `${EDGE}\\*(?<bold>[^\\s*](?:[^*\\n]*[^\\s*])?)\\*${END}`,
    `${EDGE}_(?<italic>[^\\s_](?:[^_\\n]*[^\\s_])?)_${END}`,
    `${EDGE}~(?<strike>[^\\s~](?:[^~\\n]*[^\\s~])?)~${END}`,
    ":(?<emoji>[a-z0-9_+-]+):",
  ].join("|"),
  "gu",
);

/** Slack's three escapes, undone. */
export function unescape(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** A text object as nodes. */
export function words(text) {
  if (!text) return [];
  if (typeof text === "string") return mrkdwn(text);
  return text.type === "mrkdwn" ? mrkdwn(text.text) : [plain(text.text)];
}

/** Plain text with emoji names drawn. */
export function plain(text) {
  return unescape(text ?? "").replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole);
}

/** An emoji by its short name, or the name itself. */
export const emoji = (name) => EMOJI[name] ?? `:${name}:`;

/** mrkdwn as nodes; lines that begin with &gt; are quotes. */
export function mrkdwn(text) {
  const nodes = [];
  let quoted = [];
  const flush = () => {
    if (quoted.length) nodes.push(el("blockquote", {}, inline(quoted.join("\n"))));
    quoted = [];
  };
  let open = [];
  const flow = () => {
    if (open.length) nodes.push(...inline(open.join("\n")));
    open = [];
  };
  for (const line of text.split("\n")) {
    if (line.startsWith("&gt;")) {
      flow();
      quoted.push(line.replace(/^&gt; ?/, ""));
    } else {
      flush();
      open.push(line);
    }
  }
  flow();
  flush();
  return nodes;
}

function inline(text) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(TOKEN)) {
    nodes.push(...broken(text.slice(from, found.index)), token(found));
    from = found.index + found[0].length;
  }
  nodes.push(...broken(text.slice(from)));
  return nodes;
}

function broken(text) {
  return text.split("\n").flatMap((line, index) => (index ? [el("br"), unescape(line)] : [unescape(line)]));
}

function token(found) {
  const { pre, code, angle, bold, italic, strike, emoji: name } = found.groups;
  if (pre) return el("pre", {}, unescape(pre.replace(/^\n/, "")));
  if (code) return el("code", {}, unescape(code));
  if (angle) return angled(angle);
  if (bold) return el("strong", {}, inline(bold));
  if (italic) return el("em", {}, inline(italic));
  if (strike) return el("s", {}, inline(strike));
  return EMOJI[name] ?? found[0];
}

function angled(inside) {
  const [target, label] = split(inside);
  if (target.startsWith("@")) return mention(`@${nameOf(target.slice(1))}`);
  if (target.startsWith("#")) return mention(`#${label || roomName(target.slice(1))}`);
  if (target.startsWith("!")) return mention(label || `@${target.slice(1)}`);
  return anchor(unescape(target), label ? inline(label) : [unescape(target)]);
}

function split(inside) {
  const bar = inside.indexOf("|");
  return bar < 0 ? [inside, ""] : [inside.slice(0, bar), inside.slice(bar + 1)];
}

/** Somebody or some place named. */
export const mention = (text) => el("span", { class: "mention" }, text);
