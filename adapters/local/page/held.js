// What people entered and did not send yet, kept while a form or message is drawn anew.
const kept = new Map();

/** All that was entered in a form or message: {block_id: {action_id: value}} in Slack's shape. */
export const given = (key) => kept.get(key) ?? {};

/** What one field holds: what was entered, else nothing known. */
export const entered = (key, block, element) => given(key)[block.block_id]?.[element.action_id];

/** Keep what was entered. */
export function keep(key, block, element, value) {
  const all = kept.get(key) ?? {};
  all[block.block_id] = { ...all[block.block_id], [element.action_id]: value };
  kept.set(key, all);
}

/** Forget a form that is gone. */
export const forget = (key) => kept.delete(key);
