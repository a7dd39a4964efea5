import type { Span } from "idp-group-sync";
import type { MappingDiagnostic, Preview } from "../../src/engine/questions.js";

/** What `<group-mapping-editor>` fires. */
export interface GroupMappingEditorEvents {
  "mapping-change": CustomEvent<{ value: string }>;
  "diagnostics-change": CustomEvent<{ value: string; diagnostics: MappingDiagnostic[] }>;
}

/** What `<group-sync-preview>` fires. */
export interface GroupSyncPreviewEvents {
  "outcome-change": CustomEvent<{ preview: Preview }>;
  "entry-select": CustomEvent<{ spans: Span[] }>;
}

type All<Events> = Omit<HTMLElementEventMap, keyof Events> & Events;

/** `addEventListener` and its counterpart, which know an element's own events beside those of every element. */
interface Listening<Events> {
  <Name extends keyof All<Events>>(
    type: Name,
    listener: (event: All<Events>[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  (type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare module "../../src/elements/group-mapping-editor.js" {
  interface GroupMappingEditor {
    addEventListener: Listening<GroupMappingEditorEvents>;
    removeEventListener: Listening<GroupMappingEditorEvents>;
  }
}

declare module "../../src/elements/group-sync-preview.js" {
  interface GroupSyncPreview {
    addEventListener: Listening<GroupSyncPreviewEvents>;
    removeEventListener: Listening<GroupSyncPreviewEvents>;
  }
}
