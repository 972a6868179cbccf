// What did not go through, in one visible line that is also read aloud.
import { el } from "./dom.js";
import { state } from "./state.js";
import { t } from "./words.js";

const KNOWN = ["silent", "refused", "unknown_command", "slack", "not_there", "bad_request"];

/** The line for the last act, or nothing. */
export function noteLine() {
  const { note } = state;
  if (!note || !KNOWN.includes(note.note)) return null;
  return el("p", { class: "note", role: "alert" }, t(`note.${note.note}`, { detail: note.detail }));
}
