// The page's front door: styles, icons, theme and language first, then the page.
import "idp-group-sync-elements/internal/styles/page.css";
import { useEngineWorker } from "idp-group-sync-elements";
import { registerIcons } from "idp-group-sync-elements/internal/pages/icons.js";
import { speakLanguage } from "idp-group-sync-elements/internal/pages/page-language.js";
import { followTheme } from "idp-group-sync-elements/internal/pages/theme.js";
import { PreviewPage } from "./elements/preview-page.js";
import { catalogue, messages } from "./messages/language.js";

registerIcons();
followTheme();
useEngineWorker(
  () => new Worker(new URL("idp-group-sync-elements/engine-worker", import.meta.url), { type: "module" }),
);

await speakLanguage(catalogue);
document.title = `${messages().page.title} · idp-group-sync`;
document.body.prepend(new PreviewPage());
