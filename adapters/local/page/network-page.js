// Pretend LinkedIn in a tab of its own, where Herald's `/o/…` leads on this machine.
import { fill } from "./dom.js";
import { networkParts } from "./network.js";
import { speak } from "./words.js";

const query = new URLSearchParams(location.search);
await speak(navigator.language.startsWith("fr") ? "fr" : "en");
const parts = { address: query.get("url") ?? "", text: query.get("text") ?? "", words: "", heading: "network", leave: null };
fill(document.getElementById("content"), networkParts(parts));
