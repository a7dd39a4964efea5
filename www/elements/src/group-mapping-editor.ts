// The entry `idp-group-sync-elements/group-mapping-editor`.
import "./events.js";

export { GroupMappingEditor } from "../../src/elements/group-mapping-editor.js";
export type { EditorForm } from "../../src/elements/mapping-editor-toolbar.js";
export { useEngineWorker } from "../../src/engine/engine-queue.js";
export type { KnownUsers, MappingDiagnostic, MappingWorkspace } from "../../src/engine/questions.js";
export type { GroupMappingEditorEvents } from "./events.js";
