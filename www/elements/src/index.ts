// The entry `idp-group-sync-elements`.
export * from "./group-mapping-editor.js";
export * from "./group-sync-preview.js";
export type { OwnMessages } from "./messages/catalogue.js";
export { defineMessages } from "./messages/language.js";
export type { Messages } from "./messages/languages/en.js";
