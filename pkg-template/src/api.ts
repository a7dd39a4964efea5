// What every entry point exports.
export { mergeClaims, readGroups, suggestClaims } from "./claims.js";
export { GroupSyncError, type GroupSyncErrorCode, type GroupSyncErrorDetails } from "./error.js";
// Every type by its name: what a program exports with an inferred type has to be able to say it.
export type * from "./generated/types.js";
export { GroupSync } from "./group-sync.js";
export { proveGuarantees } from "./guarantees.js";
export { Impact } from "./impact.js";
export { type LoginConfig, LoginImpact } from "./login-impact.js";
export { LoginSync } from "./login-sync.js";
export {
  addEntries,
  checkMapping,
  completeMapping,
  diffMappings,
  formatMapping,
  importMapping,
  inspectMapping,
  mergeMappings,
  parseMapping,
} from "./mapping.js";
export { mergeSummaries } from "./merge-summaries.js";
export { Reconciliation } from "./reconciliation.js";
export { runScenarios } from "./scenarios.js";
export { applyCommand, defaultSettings, diffSettings, effectiveSettings } from "./settings.js";
export { type Expectations, readSettingsFile, type SettingsParts } from "./settings-file.js";
export type { Taken } from "./taken.js";
