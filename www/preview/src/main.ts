// The page's front door: styles, icons and theme first, then the elements.
import "idp-group-sync-elements/internal/styles/page.css";
import { useEngineWorker } from "idp-group-sync-elements";
import { knownLanguages, words } from "idp-group-sync-elements/internal/messages/language.js";
import { registerIcons } from "idp-group-sync-elements/internal/pages/icons.js";
import { followTheme } from "idp-group-sync-elements/internal/pages/theme.js";
import "./elements/preview-page.js";

// The first language of the reader's that the page speaks; the document is written in English.
const languages = navigator.languages.map((tag) => tag.toLowerCase().split("-")[0] ?? "");
document.documentElement.lang = languages.find((language) => knownLanguages().includes(language)) ?? "en";
document.title = `${words().page.title} · idp-group-sync`;

registerIcons();
followTheme();
useEngineWorker(
  () => new Worker(new URL("idp-group-sync-elements/engine-worker", import.meta.url), { type: "module" }),
);
