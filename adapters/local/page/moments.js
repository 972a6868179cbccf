// Elements one picks a day or an hour with. Hours are those of the workspace, not of this browser.
import { el } from "./dom.js";
import { entered, keep } from "./held.js";
import { state } from "./state.js";
import { language, t } from "./words.js";

/** A moment as people read it, in the workspace's zone. */
export function moment(date, style = {}) {
  const zone = { timeZone: state.screen.zone };
  const locale = language() === "fr" ? "fr-FR" : "en-GB";
  return new Intl.DateTimeFormat(locale, { ...zone, ...style }).format(date);
}

/** `2026-11-23T09:00` in the workspace's zone as seconds since 1970. */
export function toSeconds(local) {
  const guess = Date.parse(`${local}:00Z`);
  const first = guess - offset(guess);
  return Math.round((guess - offset(first)) / 1000);
}

/** Seconds since 1970 as the browser's field wants them. */
export function toLocal(seconds) {
  const at = seconds * 1000;
  return new Date(at + offset(at)).toISOString().slice(0, 16);
}

function offset(at) {
  const style = { hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" };
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: state.screen.zone, ...style }).formatToParts(at);
  const part = (type) => Number(parts.find((one) => one.type === type).value);
  const wall = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return wall - Math.floor(at / 1000) * 1000;
}

function picker(type, key, initial, read, write) {
  return (scene, block, element) => {
    const start = entered(scene.key, block, element)?.[key] ?? element[initial] ?? null;
    const data = { action: `${block.block_id}/${element.action_id}`, wire: element.action_id };
    const node = el("input", { type, class: "field short", data, value: start ? write(start) : "", aria: { label: t(`pick.${type.split("-")[0]}`) } });
    node.addEventListener("change", () => {
      const held = { [key]: node.value ? read(node.value) : null };
      keep(scene.key, block, element, held);
      if (block.type !== "input" || block.dispatch_action) scene.press(block, element, held);
    });
    return node;
  };
}

const asIs = (value) => value;

/** The drawers of this file, by element type. */
export const momentDrawers = {
  datepicker: picker("date", "selected_date", "initial_date", asIs, asIs),
  timepicker: picker("time", "selected_time", "initial_time", asIs, asIs),
  datetimepicker: picker("datetime-local", "selected_date_time", "initial_date_time", toSeconds, toLocal),
};
