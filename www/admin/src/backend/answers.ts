// What a back end answers with: the very schemas by which the server's API checks itself, so the compiler holds page and server together.

import type { Static } from "typebox";
import type {
  AuditAnswer,
  AuditEntryAnswer,
  AuditQuery as AuditQuerySchema,
} from "../../../../server/src/api/schemas/audit.ts";
import type {
  ChangedUser as ChangedUserSchema,
  InvitationBody,
  UserConflict as UserConflictSchema,
} from "../../../../server/src/api/schemas/changing-people.ts";
import type {
  ClaimGroupsAnswer,
  ClaimSuggestionsAnswer,
  ClaimUsersAnswer,
  GroupLabelsAnswer,
  GroupLabelsBody,
} from "../../../../server/src/api/schemas/claims.ts";
import type { Person as PersonSchema } from "../../../../server/src/api/schemas/common.ts";
import type { MeAnswer } from "../../../../server/src/api/schemas/me.ts";
import type {
  NewGroup as NewGroupSchema,
  UserAnswer,
  User as UserSchema,
  UsersAnswer,
  UsersQuery as UsersQuerySchema,
  WorkspacesAnswer,
} from "../../../../server/src/api/schemas/people.ts";
import type {
  DeleteProviderQuery,
  NewProviderBody,
  NewScimTokenAnswer,
  ProvidersAnswer,
  ScimTokenView,
} from "../../../../server/src/api/schemas/providers.ts";
import type {
  ChangesQuery,
  ReconcileRun as ReconcileRunSchema,
  RunAnswer,
  RunsAnswer,
  RunsQuery,
} from "../../../../server/src/api/schemas/reconcile-runs.ts";
import type {
  Confirmation as ConfirmationSchema,
  StaleExpectations,
  StaleSettings as StaleSettingsSchema,
  StoredSettings as StoredSettingsSchema,
  UnconfirmedExpectations,
  UnconfirmedSettings,
  VersionsAnswer,
} from "../../../../server/src/api/schemas/settings.ts";
import type {
  ImpactEvent as ImpactEventSchema,
  LoginFactsAnswer,
  PreviewAnswer,
  PreviewBody,
  ScenarioSet as ScenarioSetSchema,
  ScenariosAnswer,
  TestSignInAnswer,
} from "../../../../server/src/api/schemas/trying-out.ts";
import type {
  NewWorkspace as NewWorkspaceSchema,
  WorkspaceAnswer,
  WorkspaceLosses as WorkspaceLossesSchema,
} from "../../../../server/src/api/schemas/workspaces.ts";

export type Me = Static<typeof MeAnswer>;
export type Person = Static<typeof PersonSchema>;
export type StoredSettings = Static<typeof StoredSettingsSchema>;
/** That the number that was shown is meant, or that it is not known. */
export type Confirmation = Static<typeof ConfirmationSchema>;
export type ImpactToConfirm = Omit<Static<typeof UnconfirmedSettings>, "error">;
export type VersionsPage = Static<typeof VersionsAnswer>;
export type VersionInList = VersionsPage["versions"][number];
/** What became of everything that is expected, where it does not all hold. */
export type Held = Omit<Static<typeof UnconfirmedExpectations>, "error">;
export type SavedSet = Static<typeof StaleExpectations>["stale"][number];
export type StaleSettings = Static<typeof StaleSettingsSchema>;
export type Workspace = Static<typeof WorkspacesAnswer>["workspaces"][number];
export type NewWorkspace = Static<typeof NewWorkspaceSchema>;
/** What would be deleted with a workspace. */
export type WorkspaceDetails = Static<typeof WorkspaceAnswer>;
export type WorkspaceLosses = Static<typeof WorkspaceLossesSchema>;
export type NewGroup = Static<typeof NewGroupSchema>;
export type User = Static<typeof UserSchema>;
/** What somebody has, what archiving them would take away, and what became of them last. */
export type UserDetails = Static<typeof UserAnswer>;
export type Invitation = Static<typeof InvitationBody>;
export type ChangedUser = Static<typeof ChangedUserSchema>;
export type UserConflict = Static<typeof UserConflictSchema>;
export type UsersQuery = Static<typeof UsersQuerySchema>;
export type UsersPage = Static<typeof UsersAnswer>;
export type GroupsSeen = Static<typeof ClaimGroupsAnswer>;
export type GroupLabel = Static<typeof GroupLabelsAnswer>["labels"][number];
export type GroupLabelChange = Static<typeof GroupLabelsBody>["labels"][number];
export type ClaimSought = Static<typeof ClaimSuggestionsAnswer>;
export type ClaimUsers = Static<typeof ClaimUsersAnswer>;
export type Preview = Static<typeof PreviewAnswer>;
export type PreviewRequest = Static<typeof PreviewBody>;
/** What logins are decided from besides settings and claims. */
export type LoginFacts = Static<typeof LoginFactsAnswer>;
/** What the identity provider says of somebody. */
export type TestSignIn = NonNullable<Static<typeof TestSignInAnswer>["testSignIn"]>;
export type ImpactEvent = Static<typeof ImpactEventSchema>;
export type ScenarioSet = Static<typeof ScenarioSetSchema>;
export type ScenarioSets = Static<typeof ScenariosAnswer>;
export type AuditQuery = Static<typeof AuditQuerySchema>;
export type AuditPage = Static<typeof AuditAnswer>;
export type AuditEntry = AuditPage["entries"][number];
export type AuditDetails = Static<typeof AuditEntryAnswer>;
export type ReconcileRun = Static<typeof ReconcileRunSchema>;
export type ReconcileRuns = Static<typeof RunsAnswer>;
export type ReconcileRunsQuery = Static<typeof RunsQuery>;
export type ReconcileRunDetails = Static<typeof RunAnswer>;
export type ReconcileChange = ReconcileRunDetails["changes"][number];
export type ReconcileQuery = Static<typeof ChangesQuery>;
export type Providers = Static<typeof ProvidersAnswer>;
export type Provider = Providers["providers"][number];
/** What is entered of a provider. Secrets that are left out stay. */
export type ProviderInput = Static<typeof NewProviderBody>;
export type ProviderSeen = Static<typeof DeleteProviderQuery>;
export type ScimToken = Static<typeof ScimTokenView>;
export type NewScimToken = Static<typeof NewScimTokenAnswer>;
