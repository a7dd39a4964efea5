/**
 * The editor of a mapping and the preview of a login, for the page where your application's admins keep their mapping.
 *
 * @packageDocumentation
 * @category Custom elements
 */

export * from "./group-mapping-editor.js";
export * from "./group-sync-preview.js";
export type { OwnMessages } from "./messages/catalogue.js";
export { defineMessages } from "./messages/language.js";
export type { Messages } from "./messages/languages/en.js";
