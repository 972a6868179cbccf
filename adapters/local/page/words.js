// The page's own words, in the language of the switch. They come from Herald's catalogues.

let words = {};
let spoken = "en";

/** Fetch the words of a language and name it on the page. */
export async function speak(language) {
  const answer = await fetch(`/local/words/${language}`);
  words = await answer.json();
  spoken = language;
  document.documentElement.lang = language;
  document.title = t("title");
}

/** The language spoken now. */
export const language = () => spoken;

/** A sentence by its key; an unknown key shows as such, so that nobody overlooks it. */
export function t(key, values = {}) {
  const found = words[key] ?? `?${key}?`;
  return found.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
