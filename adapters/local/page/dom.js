// DOM nodes and nothing else: no markup strings, so nobody's words can become markup.

/** Make an element. `props`: class, on{event: fn}, aria{name: value}, data{name: value}; the rest are properties. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  apply(node, props);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function apply(node, { class: name, on = {}, aria = {}, data = {}, ...rest }) {
  if (name) node.className = name;
  for (const [event, listen] of Object.entries(on)) node.addEventListener(event, listen);
  for (const [key, value] of Object.entries(aria)) if (value !== null) node.setAttribute(`aria-${key}`, value);
  for (const [key, value] of Object.entries(data)) node.dataset[key] = value;
  for (const [key, value] of Object.entries(rest)) set(node, key, value);
}

function set(node, key, value) {
  if (value === null || value === undefined) return;
  if (key in node && key !== "list") node[key] = value;
  else node.setAttribute(key, value);
}

const SVG = "http://www.w3.org/2000/svg";

/** Make a piece of a drawing; every prop is an attribute. */
export function svg(tag, props = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(props)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/** Replace what a node holds. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Redraw `node` only when `state` differs from what it last showed; says whether it did. */
export function redraw(node, state, draw) {
  const key = JSON.stringify(state);
  if (node.drawn === key) return false;
  node.drawn = key;
  const focus = mark(node);
  fill(node, draw());
  restore(node, focus);
  return true;
}

/** Where the focus is inside `node`, so that it survives a redraw. */
export function mark(node) {
  const active = document.activeElement;
  if (!active || active === node || !node.contains(active)) return null;
  const keys = [active.dataset.key, active.id, active.dataset.action].filter(Boolean);
  return { keys, start: active.selectionStart ?? null, end: active.selectionEnd ?? null };
}

/** Put the focus back, or on the node itself when what had it is gone. */
export function restore(node, focus) {
  if (!focus) return;
  const same = (one) => focus.keys.some((key) => [one.dataset.key, one.id, one.dataset.action].includes(key));
  const found = [...node.querySelectorAll("[data-key],[data-action],[id]")].find(same);
  (found ?? node).focus({ preventScroll: true });
  if (found && focus.start !== null && "selectionStart" in found) {
    try {
      found.setSelectionRange(focus.start, focus.end);
    } catch (error) {
      if (error.name !== "InvalidStateError") throw error; // kinds of inputs without a caret
    }
  }
}

let last = 0;

/** An id that nobody has. */
export function fresh(prefix) {
  last += 1;
  return `${prefix}-${last}`;
}
