// How the renderer of Adaptive Cards is told to look: the page's own colours, so that light and dark both hold.
import { t } from "../words.js";

const { AdaptiveCard, HostConfig, Strings } = window.AdaptiveCards;

const ink = (name) => ({ default: `var(--${name})`, subtle: `var(--${name === "ink" ? "quiet" : name})` });
const COLOURS = { default: ink("ink"), dark: ink("ink"), light: ink("ink"), accent: ink("accent"), good: ink("good"), warning: ink("warm"), attention: ink("danger") };
const box = (background) => ({ backgroundColor: background, foregroundColors: COLOURS });
const BOLD = { weight: "bolder" };

/** Teams' sizes, near enough; six actions, as its own host configuration has. */
export const host = new HostConfig({
  fontFamily: "inherit",
  supportsInteractivity: true,
  fontSizes: { small: 13, default: 15, medium: 16, large: 18, extraLarge: 22 },
  fontWeights: { lighter: 400, default: 400, bolder: 650 },
  lineHeights: { small: 19, default: 22, medium: 23, large: 25, extraLarge: 29 },
  spacing: { small: 4, default: 9, medium: 12, large: 16, extraLarge: 20, padding: 12 },
  separator: { lineThickness: 1, lineColor: "var(--line)" },
  containerStyles: {
    default: box("transparent"),
    emphasis: box("var(--sunken)"),
    accent: box("var(--accent-soft)"),
    good: box("var(--good-soft)"),
    attention: box("var(--danger-soft)"),
    warning: box("var(--warm-soft)"),
  },
  actions: {
    maxActions: 6,
    spacing: "default",
    buttonSpacing: 8,
    showCard: { actionMode: "inline", inlineTopMargin: 8, style: "emphasis" },
    actionsOrientation: "horizontal",
    actionAlignment: "left",
  },
  adaptiveCard: { allowCustomStyle: false },
  textBlock: { headingLevel: 3 },
  factSet: { title: { ...BOLD, wrap: true, maxWidth: 140 }, value: { wrap: true }, spacing: 12 },
  inputs: {
    label: { inputSpacing: "small", requiredInputs: { ...BOLD, suffix: " *", suffixColor: "attention" }, optionalInputs: BOLD },
    errorMessage: { color: "attention", ...BOLD, spacing: "small" },
  },
});

AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.didProcess = false; // all text stays text
};
Strings.errors.inputRequired = () => t("required");
