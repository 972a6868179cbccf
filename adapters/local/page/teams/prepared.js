// A card as the renderer gets it. What a Teams client does by itself is done here, on the JSON: Markdown's escapes are
// undone, a text that is a link becomes one (Herald sends no other Markdown), pictures of elsewhere become a box, the people picker gets the company's people.
import { isHere } from "../links.js";
import { nameOf, state } from "../state.js";

/** A copy of the card to be parsed. */
export function prepared(node) {
  if (Array.isArray(node)) return node.map(prepared);
  if (node === null || typeof node !== "object") return node;
  const change = CHANGES[node.type] ?? ((same) => same);
  const copy = Object.entries(change(node)).map(([name, value]) => [name, name === "data" && node.type?.startsWith("Action.") ? value : prepared(value)]);
  return Object.fromEntries(copy);
}

const unmarked = (text) => (text ?? "").replace(/\\([\\`*_[\]~<&])/g, "$1");

const CHANGES = {
  TextBlock: linked,
  FactSet: (node) => ({ ...node, facts: node.facts.map((fact) => ({ title: unmarked(fact.title), value: unmarked(fact.value) })) }),
  Image: picture,
  "Input.ChoiceSet": directory,
};

const LINK = /^\[((?:\\.|[^[\]\\])+)\]\(([^\s()]+)\)$/;

function linked(node) {
  const [, words, url] = LINK.exec(node.text ?? "") ?? [];
  if (!url) return { ...node, text: unmarked(node.text) };
  const { size, weight } = node;
  return { type: "RichTextBlock", inlines: [{ type: "TextRun", text: unmarked(words), size, weight, selectAction: { type: "Action.OpenUrl", url } }] };
}

function picture(node) {
  const url = URL.canParse(node.url, location.href) ? new URL(node.url, location.href) : null;
  if (url && isHere(url)) return { ...node, url: url.pathname + url.search };
  return { type: "Local.Elsewhere", url: node.url, altText: node.altText };
}

/** `choices.data` asks Teams for the directory; here it is the sample company's. */
function directory({ "choices.data": query, ...node }) {
  if (!query) return node;
  const choices = Object.entries(state.screen.teams.directory).map(([user, value]) => ({ title: nameOf(user), value }));
  return { ...node, choices, style: "compact", isMultiSelect: true };
}
