// `idp-group-sync/app`: group sync in an application, in the order that has to be right.

export type {
  ApplicationLicence,
  Given,
  GroupDefinition,
  OneRoleConfiguration,
  RoleSet,
  RoleSetConfiguration,
  SettingsConfiguration,
} from "./configuration.js";
export { type ApplicationSync, defineGroupSync, type LoginFacts, type ReconcileFacts } from "./define.js";
export type {
  Admitted,
  Kept,
  LoginResult,
  ReconcileResult,
  Refused,
  RoleAccess,
  RoleSetAccess,
  WorkspacesAccess,
} from "./result.js";
export type {
  AuditRecord,
  MembershipChange,
  Others,
  Store,
  StoredMembership,
  StoredUser,
  StoreTransaction,
  UserStatus,
} from "./store.js";
