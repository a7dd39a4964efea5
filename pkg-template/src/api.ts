// What every entry point exports.
export { readGroups } from "./claims.js";
export { GroupSyncError, type GroupSyncErrorCode, type GroupSyncErrorDetails } from "./error.js";
export type {
  AppGroup,
  Catalog,
  ClaimGroups,
  ClaimOptions,
  Completion,
  Diagnostic,
  DiagnosticCode,
  Entry,
  Fix,
  Grant,
  GroupSyncConfig,
  MappingChange,
  MappingDiff,
  Match,
  Policy,
  Resolution,
  ResolveOptions,
  RoleReason,
  Severity,
  Source,
  Span,
  Target,
  TextEdit,
} from "./generated/types.js";
export { GroupSync } from "./group-sync.js";
export { checkMapping, completeMapping, diffMappings, formatMapping, parseMapping } from "./mapping.js";
