// The entry `idp-group-sync-elements/group-sync-preview`.
import "./events.js";

export { GroupSyncPreview } from "../../src/elements/group-sync-preview.js";
export { useEngineWorker } from "../../src/engine/engine-queue.js";
export type { Preview, Refusal } from "../../src/engine/questions.js";
export type { GroupSyncPreviewEvents } from "./events.js";
