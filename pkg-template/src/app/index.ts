/**
 * A whole login in your application: `defineGroupSync` reads, decides and writes through a store. Start here.
 *
 * @packageDocumentation
 * @category Your application
 */

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
