// The page's front door: styles, icons and theme first, then the elements.
import "./styles/page.css";
import { useEngineWorker } from "./engine/engine-queue.js";
import { registerIcons } from "./icons.js";
import { knownLanguages, words } from "./messages/language.js";
import { followTheme } from "./theme.js";
import "./elements/preview-page.js";

// The first language of the reader's that the page speaks; the document is written in English.
const languages = navigator.languages.map((tag) => tag.toLowerCase().split("-")[0] ?? "");
document.documentElement.lang = languages.find((language) => knownLanguages().includes(language)) ?? "en";
document.title = `${words().page.title} · idp-group-sync`;

registerIcons();
followTheme();
useEngineWorker(() => new Worker(new URL("./engine/engine-worker.ts", import.meta.url), { type: "module" }));
