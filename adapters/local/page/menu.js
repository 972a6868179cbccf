// A button that opens a short menu: arrow keys, Escape, focus back.
import { el, fresh } from "./dom.js";

/** `items`: [{label, description, run, data}]. `face` is what the button shows, `label` what it is called. */
export function menu(face, label, items, more = {}) {
  const id = fresh("menu");
  const list = el("ul", { class: "menu-list", role: "menu", id, hidden: true, aria: { label } });
  const button = el(
    "button",
    { type: "button", class: "button small menu-button", ...more, aria: { haspopup: "menu", expanded: "false", controls: id, label } },
    face,
  );
  const entries = items.map((item) => entry(item, close));
  list.append(...entries.map((one) => el("li", { role: "none" }, one)));
  const box = el("span", { class: "menu" }, button, list);

  function open() {
    list.hidden = false;
    button.setAttribute("aria-expanded", "true");
    entries[0]?.focus();
    document.addEventListener("pointerdown", outside);
  }
  function close(back = true) {
    list.hidden = true;
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside);
    if (back) button.focus();
  }
  function outside(event) {
    if (!box.contains(event.target)) close(false);
  }
  button.addEventListener("click", () => (list.hidden ? open() : close()));
  list.addEventListener("keydown", (event) => steer(event, entries, close));
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.contains(event.relatedTarget) && !list.hidden) close(false);
  });
  return box;
}

function entry(item, close) {
  const run = () => {
    close();
    item.run();
  };
  return el(
    "button",
    { type: "button", role: "menuitem", tabIndex: -1, data: item.data ?? {}, on: { click: run } },
    item.label,
    item.description ? el("small", {}, item.description) : null,
  );
}

function steer(event, entries, close) {
  const at = entries.indexOf(document.activeElement);
  const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
  if (event.key in moves) {
    event.preventDefault();
    entries.at(moves[event.key] % entries.length).focus();
  } else if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    close();
  }
}
