// One question in a small dialog; the focus goes back to where it was.
import { el, fresh } from "./dom.js";

/** Ask; answers true for yes. `danger` paints the yes button as such. */
export function ask({ title, text, yes, no, danger = false }) {
  return new Promise((answer) => {
    const [heading, body] = [fresh("ask"), fresh("ask")];
    const dialog = el("dialog", { class: "ask", aria: { labelledby: heading, describedby: body } });
    const end = (said) => {
      dialog.close();
      dialog.remove();
      answer(said);
    };
    dialog.append(
      el("h2", { id: heading }, title),
      el("p", { id: body }, text),
      el(
        "div",
        { class: "row end" },
        el("button", { type: "button", class: "button", on: { click: () => end(false) } }, no),
        el("button", { type: "button", class: `button ${danger ? "danger" : "primary"}`, on: { click: () => end(true) } }, yes),
      ),
    );
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      end(false);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
