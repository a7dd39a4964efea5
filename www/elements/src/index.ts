// The entry `idp-group-sync-elements`.
export * from "./group-mapping-editor.js";
export * from "./group-sync-preview.js";
