// A list of messages that stays at its end, and touches only what changed.
import { el, fill, mark, restore } from "./dom.js";
import { t } from "./words.js";

/** Which platform a place is on. */
export const sideName = (side) => el("span", { class: "side-name" }, t(`side.${side}`));

/** How far the end of a list is below what one sees. */
export const below = (list) => list.scrollHeight - list.scrollTop - list.clientHeight;

/** The messages' list; it stays at its end while pictures arrive, unless somebody scrolled away. */
export function messageList(label) {
  const list = el("ol", { class: "messages", tabIndex: 0, aria: { label } });
  let atEnd = true;
  list.addEventListener("scroll", () => (atEnd = below(list) < 240));
  list.addEventListener("load", () => (atEnd ? (list.scrollTop = list.scrollHeight) : null), true);
  return list;
}

/** Draw what is new or different, take away what is gone; gives back what is new. `idOf` names a message. */
export function patch(list, messages, idOf, draw) {
  const nodes = new Map([...list.children].map((node) => [node.dataset.ts, node]));
  const arrived = [];
  messages.forEach((message, index) => {
    const drawnAs = JSON.stringify(message);
    let node = nodes.get(idOf(message));
    nodes.delete(idOf(message));
    if (!node) {
      node = el("li", { data: { ts: idOf(message) } });
      arrived.push(message);
    }
    if (node.drawn !== drawnAs) {
      const focus = mark(node);
      node.drawn = drawnAs;
      const article = draw(message);
      fill(node, article);
      restore(article, focus);
    }
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
  });
  for (const gone of nodes.values()) gone.remove();
  return arrived;
}
