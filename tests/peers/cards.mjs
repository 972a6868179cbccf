// Microsoft's own parser of Adaptive Cards, version 1.5: names and cards go in as JSON, one problem a line comes out.
// `require("adaptivecards")` wants a browser, so its bundle is loaded by its file; nothing is rendered.
//
// Two things are Teams' own and not in the package: charts, which say themselves what to do without them, and the
// people picker, a choice whose options come from the company's directory.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const { AdaptiveCard, SerializationContext, Versions } = createRequire(import.meta.url)("adaptivecards/dist/adaptivecards.js");
const MOST_ACTIONS = 6; // Teams' host configuration; the package's own says 5

function known(node) {
  if (Array.isArray(node)) return node.filter((each) => !dropped(each)).map(known);
  if (node === null || typeof node !== "object") return node;
  const { "choices.data": directory, ...rest } = node;
  const plain = directory ? { ...rest, choices: [{ title: "somebody", value: "1" }] } : rest;
  return Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, known(value)]));
}

const dropped = (node) => node?.type?.startsWith?.("Chart.") && node.fallback === "drop";

function problems(content) {
  const context = new SerializationContext(Versions.v1_5);
  const card = new AdaptiveCard();
  card.hostConfig.actions.maxActions = MOST_ACTIONS;
  card.parse(known(content), context);
  const found = [];
  for (let at = 0; at < context.eventCount; at++) found.push(context.getEventAt(at).message);
  for (const event of card.validateProperties().validationEvents) found.push(event.message);
  return found;
}

const cards = JSON.parse(readFileSync(0, "utf8"));
for (const [name, content] of Object.entries(cards))
  for (const problem of problems(content)) console.log(`${name}: ${problem}`);
