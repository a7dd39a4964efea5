// The page's front door: styles, icons, theme and language first, then the back end and the page.
import "idp-group-sync-elements/internal/styles/page.css";
import { useEngineWorker } from "idp-group-sync-elements/internal/engine/engine-queue.js";
import { registerIcons } from "idp-group-sync-elements/internal/pages/icons.js";
import { speakLanguage } from "idp-group-sync-elements/internal/pages/page-language.js";
import { followTheme } from "idp-group-sync-elements/internal/pages/theme.js";
import { openBackend } from "./backend/open.js";
import { catalogue } from "./messages/language.js";
import { App } from "./shared/state/app.js";
import { AdminPage } from "./shell/admin-page.js";

registerIcons();
followTheme();
useEngineWorker(() => new Worker(new URL("./engine-worker.ts", import.meta.url), { type: "module" }));

// The demonstration works offline once it was loaded; where there are no service workers, it works all the same.
if (import.meta.env.MODE === "static" && "serviceWorker" in navigator) {
  navigator.serviceWorker.register("./service-worker.js").catch(() => {});
}

const [backend] = await Promise.all([openBackend(), speakLanguage(catalogue)]);
const app = new App(backend);
const page = new AdminPage();
page.app = app;
document.body.prepend(page);
await app.load();
