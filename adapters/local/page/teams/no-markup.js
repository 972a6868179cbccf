// Runs before the renderer of Adaptive Cards, which would make policies for itself that let any text become markup.
// It gets none: the browser then refuses every such attempt (require-trusted-types-for), and only nodes remain.
if (window.trustedTypes) {
  const { emptyHTML } = window.trustedTypes;
  Object.defineProperty(window, "trustedTypes", { value: { emptyHTML, createPolicy: () => undefined } });
}
