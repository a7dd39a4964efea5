// The page's front door: styles, icons, theme and language first, then the back end and the page.
import "../../src/styles/page.css";
import { useEngineWorker } from "../../src/engine/engine-queue.js";
import { registerIcons } from "../../src/icons.js";
import { followTheme } from "../../src/theme.js";
import { openBackend } from "./backend/open.js";
import { AdminPage } from "./elements/admin-page.js";
import { announce } from "./messages/language.js";
import { App } from "./state/app.js";

registerIcons();
followTheme();
announce();
useEngineWorker(() => new Worker(new URL("../../src/engine/engine-worker.ts", import.meta.url), { type: "module" }));

// The demonstration works offline once it was loaded; where there are no service workers, it works all the same.
if (import.meta.env.MODE === "static" && "serviceWorker" in navigator) {
  navigator.serviceWorker.register("./service-worker.js").catch(() => {});
}

const app = new App(await openBackend());
const page = new AdminPage();
page.app = app;
document.body.prepend(page);
await app.load();
