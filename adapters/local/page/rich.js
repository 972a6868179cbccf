// The rich_text block: sections, lists, quotes, preformatted text.
import { el } from "./dom.js";
import { anchor } from "./links.js";
import { emoji, mention } from "./mrkdwn.js";
import { nameOf, roomName } from "./state.js";
import { notDrawn } from "./elements.js";

const MARKS = { bold: "strong", italic: "em", strike: "s", code: "code" };

function styled(node, style = {}) {
  return Object.entries(MARKS).reduce((inner, [name, tag]) => (style[name] ? el(tag, {}, inner) : inner), node);
}

const INLINE = {
  text: (part) => styled(lines(part.text), part.style),
  link: (part) => styled(anchor(part.url, [part.text ?? part.url]), part.style),
  user: (part) => mention(`@${nameOf(part.user_id)}`),
  channel: (part) => mention(`#${roomName(part.channel_id)}`),
  broadcast: (part) => mention(`@${part.range}`),
  emoji: (part) => document.createTextNode(emoji(part.name)),
  date: (part) => document.createTextNode(part.fallback ?? ""),
};

function lines(text) {
  const found = text.split("\n").flatMap((line, index) => (index ? [el("br"), line] : [line]));
  return el("span", {}, found);
}

const inside = (part) => part.elements.map((one) => (INLINE[one.type] ? INLINE[one.type](one) : notDrawn(one.type)));

const PARTS = {
  rich_text_section: (part) => el("p", {}, inside(part)),
  rich_text_quote: (part) => el("blockquote", {}, inside(part)),
  rich_text_preformatted: (part) => el("pre", {}, inside(part)),
  rich_text_list: (part) =>
    el(
      part.style === "ordered" ? "ol" : "ul",
      { class: `indent-${part.indent ?? 0}` },
      part.elements.map((one) => el("li", {}, inside(one))),
    ),
};

/** A rich_text block. */
export const richText = (scene, block) =>
  el("div", { class: "rich" }, block.elements.map((part) => (PARTS[part.type] ? PARTS[part.type](part) : notDrawn(part.type))));
