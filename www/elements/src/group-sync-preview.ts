/**
 * The preview alone: `<group-sync-preview>`.
 *
 * @packageDocumentation
 * @category Custom elements
 */

import type { Span } from "idp-group-sync";
import type { Preview } from "./engine/questions.js";
import type { Listening } from "./events.js";

export { GroupSyncPreview } from "./elements/group-sync-preview.js";
export { useEngineWorker } from "./engine/engine-queue.js";
export type { Preview, Refusal } from "./engine/questions.js";

/** What `<group-sync-preview>` fires. */
export interface GroupSyncPreviewEvents {
  "outcome-change": CustomEvent<{ preview: Preview }>;
  "entry-select": CustomEvent<{ spans: Span[] }>;
}

declare module "./elements/group-sync-preview.js" {
  interface GroupSyncPreview {
    addEventListener: Listening<GroupSyncPreviewEvents>;
    removeEventListener: Listening<GroupSyncPreviewEvents>;
  }
}
