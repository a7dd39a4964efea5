/**
 * The editor alone: `<group-mapping-editor>`.
 *
 * @packageDocumentation
 * @category Custom elements
 */

import type { MappingDiagnostic } from "./engine/questions.js";
import type { Listening } from "./events.js";

export { GroupMappingEditor } from "./elements/group-mapping-editor.js";
export type { EditorForm } from "./elements/mapping-editor-toolbar.js";
export { useEngineWorker } from "./engine/engine-queue.js";
export type { KnownGroups, KnownUsers, MappingDiagnostic, MappingWorkspace } from "./engine/questions.js";

/** What `<group-mapping-editor>` fires. */
export interface GroupMappingEditorEvents {
  "mapping-change": CustomEvent<{ value: string }>;
  "diagnostics-change": CustomEvent<{ value: string; diagnostics: MappingDiagnostic[] }>;
}

declare module "./elements/group-mapping-editor.js" {
  interface GroupMappingEditor {
    addEventListener: Listening<GroupMappingEditorEvents>;
    removeEventListener: Listening<GroupMappingEditorEvents>;
  }
}
