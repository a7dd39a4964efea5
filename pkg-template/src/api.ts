// What every entry point exports.
export { readGroups, suggestClaims } from "./claims.js";
export { GroupSyncError, type GroupSyncErrorCode, type GroupSyncErrorDetails } from "./error.js";
export type {
  Access,
  Actor,
  AppGroup,
  Blocked,
  Catalog,
  ClaimGroups,
  ClaimOptions,
  ClaimSuggestion,
  ClaimSuggestions,
  Completion,
  Diagnostic,
  DiagnosticCode,
  Effect,
  EffectiveSettings,
  Entry,
  Fix,
  Grant,
  GroupSyncConfig,
  Guards,
  ImpactChange,
  ImpactSummary,
  InstanceSettings,
  LoginOutcome,
  LoginRequest,
  LoginWorkspace,
  MappingChange,
  MappingDiff,
  Match,
  MemberGroup,
  Membership,
  PlanOptions,
  Policy,
  Resolution,
  ResolveOptions,
  RoleReason,
  Scenario,
  ScenarioResult,
  Seat,
  Seats,
  SettingsChange,
  SettingsCommand,
  Severity,
  Source,
  Span,
  SyncPlan,
  Target,
  TextEdit,
  WorkspaceSettings,
} from "./generated/types.js";
export { GroupSync } from "./group-sync.js";
export { Impact } from "./impact.js";
export { LoginSync } from "./login-sync.js";
export { checkMapping, completeMapping, diffMappings, formatMapping, parseMapping } from "./mapping.js";
export { runScenarios } from "./scenarios.js";
export { applyCommand, defaultSettings, effectiveSettings } from "./settings.js";
