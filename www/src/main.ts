// The page's front door: styles, icons and theme first, then the elements.
import "./styles/page.css";
import { useEngineWorker } from "./engine/engine-queue.js";
import { registerIcons } from "./icons.js";
import { followTheme } from "./theme.js";
import "./elements/preview-page.js";

registerIcons();
followTheme();
useEngineWorker(() => new Worker(new URL("./engine/engine-worker.ts", import.meta.url), { type: "module" }));
