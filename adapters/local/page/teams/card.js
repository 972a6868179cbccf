// Adaptive Cards, drawn by Microsoft's own renderer; what is pressed is told to `press`.
import "./elements.js";
import { host } from "./host.js";
import { prepared } from "./prepared.js";
import { el } from "../dom.js";
import { notDrawn } from "../elements.js";
import { follow } from "../links.js";
import { menu } from "../menu.js";
import { t } from "../words.js";

const { AdaptiveCard, GlobalRegistry, SerializationContext, Versions } = window.AdaptiveCards;

/** Every element and action that is drawn, by name (a test compares them with what Herald sends). */
export const drawnCards = () => ({
  actions: names(GlobalRegistry.actions),
  elements: names(GlobalRegistry.elements),
});

const names = (registry) => [...Array(registry.getItemCount()).keys()].map((at) => registry.getItemAt(at).typeName).sort();

/** A card as nodes. `press({type, data})` gets what a button carries with what was typed around it. */
export function drawCard(content, press) {
  const [card, context] = [new AdaptiveCard(), new SerializationContext(Versions.v1_5)];
  card.hostConfig = host;
  card.onExecuteAction = (action) => execute(card, action, press);
  card.onInlineCardExpanded = (action, expanded) => {
    tag(card);
    if (expanded) action.card.renderedElement?.scrollIntoView({ block: "nearest" });
  };
  const folded = [];
  card.onRenderOverflowActions = (actions) => Boolean(folded.push(actions));
  card.parse(prepared(content), context);
  const node = card.render() ?? el("div");
  tag(card);
  folded.forEach(fold);
  return el("div", { class: "adaptive" }, node, unknown(context));
}

/** Something this renderer does not know is not left out in silence. */
function unknown(context) {
  const events = [...Array(context.eventCount).keys()].map((at) => context.getEventAt(at));
  return events.map((event) => notDrawn(event.message));
}

async function execute(card, action, press) {
  if (action.getJsonTypeName() === "Action.OpenUrl") return follow(action.url, words(card));
  const button = action.renderedElement;
  button?.setAttribute("aria-busy", "true");
  await press({ type: action.getJsonTypeName(), data: action.data });
  button?.removeAttribute("aria-busy");
}

/** What the page and its tests find a button by: what it carries. */
const wire = (action) => action.data?.herald?.do ?? action.url ?? action.title ?? "";

function tag(card) {
  for (const action of card.getAllActions()) {
    if (action.renderedElement) Object.assign(action.renderedElement.dataset, { wire: wire(action), action: wire(action) });
  }
}

/** Buttons of `mode: secondary`, in the page's own menu: the renderer's hangs on the page, outside of any dialog. */
function fold(actions) {
  const row = actions[0].parent.renderedElement;
  const items = actions.map((action) => ({ label: action.title, run: () => action.execute(), data: { wire: wire(action) } }));
  (row.querySelector(".ac-actionSet") ?? row).append(menu("⋯", t("more"), items, { data: { key: `more/${wire(actions[0])}` } }));
}

/** The words of the card's own long field, for whoever goes to paste them. */
function words(card) {
  return card.getAllInputs().find((input) => input.isMultiline)?.value ?? "";
}
