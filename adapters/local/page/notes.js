// What did not go through, in one visible line that is also read aloud.
import { el } from "./dom.js";
import { shows, state } from "./state.js";
import { t } from "./words.js";

const KNOWN = ["silent", "refused", "unknown_command", "slack", "not_there", "bad_request"];

/** The line for the last act on a side (or on the other, when that is not shown), or nothing. */
export function noteLine(side) {
  const { note } = state;
  if (!note || !KNOWN.includes(note.note)) return null;
  if (note.side !== side && shows(note.side)) return null;
  return el("p", { class: "note", role: "alert" }, t(`note.${note.note}`, { detail: note.detail }));
}
