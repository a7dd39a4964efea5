// What the page asks of whoever keeps the settings: the login server, or, in the static demo, the browser's own storage.

import {
  type ClaimOptions,
  type Diagnostic,
  GroupSyncError,
  type InstanceSettings,
  type SettingsCommand,
} from "idp-group-sync";
import type {
  AuditDetails,
  AuditPage,
  AuditQuery,
  ChangedUser,
  ClaimSought,
  ClaimUsers,
  Confirmation,
  GroupLabel,
  GroupLabelChange,
  GroupsSeen,
  Held,
  ImpactEvent,
  ImpactToConfirm,
  Invitation,
  LoginFacts,
  Me,
  NewGroup,
  NewScimToken,
  NewWorkspace,
  Preview,
  PreviewRequest,
  ProviderInput,
  ProviderSeen,
  Providers,
  ReconcileQuery,
  ReconcileRun,
  ReconcileRunDetails,
  ReconcileRuns,
  ReconcileRunsQuery,
  SavedSet,
  ScenarioSet,
  ScenarioSets,
  ScimToken,
  StaleSettings,
  StoredSettings,
  TestSignIn,
  UserConflict,
  UserDetails,
  UsersPage,
  UsersQuery,
  VersionsPage,
  Workspace,
  WorkspaceDetails,
  WorkspaceLosses,
} from "./answers.js";

export interface Backend {
  me(): Promise<Me>;
  settings(): Promise<StoredSettings>;
  /** Newest first, those before `before`, each with what it changed. */
  versions(before?: number, signal?: AbortSignal): Promise<VersionsPage>;
  version(version: number): Promise<StoredSettings>;
  /** Commands, and what is expected of the settings with them: all or none. */
  save(version: number, commands: SettingsCommand[], more?: Saved): Promise<SaveAnswer>;
  workspaces(): Promise<Workspace[]>;
  createWorkspace(of: NewWorkspace): Promise<Workspace>;
  renameWorkspace(workspace: string, name: string): Promise<void>;
  /** What would be deleted with it. */
  workspace(workspace: string): Promise<WorkspaceDetails>;
  /** From the sync list too; nothing happens unless everything that is asked is confirmed. */
  deleteWorkspace(workspace: string, of: Deletion): Promise<DeletionAnswer>;
  /** A new group of a workspace; members of it need the role that it `requires`, if any. */
  createGroup(workspace: string, group: NewGroup): Promise<void>;
  users(query: UsersQuery, signal?: AbortSignal): Promise<UsersPage>;
  /** The groups that the latest tokens have under a claim. */
  groups(claim: ClaimOptions): Promise<GroupsSeen>;
  /** The groups of each known user's last token under a claim. */
  groupsOfUsers(claim: ClaimOptions): Promise<ClaimUsers>;
  /** In how many of the latest tokens a claim is, and which others may be meant. */
  claimSought(claim: ClaimOptions): Promise<ClaimSought>;
  /** What groups are called whose names are ids. */
  labels(): Promise<GroupLabel[]>;
  /** Calls these something else; gives all labels. */
  saveLabels(changes: readonly GroupLabelChange[]): Promise<GroupLabel[]>;
  preview(request: PreviewRequest, signal?: AbortSignal): Promise<Preview>;
  /** What logins of these users, and of somebody new, are decided from under settings with these claims. Users who do not exist are left out. */
  loginFacts(of: { ids: number[]; claims: ClaimOptions[] }, signal?: AbortSignal): Promise<LoginFacts>;
  /** Who would gain or lose what under these settings; the last event is `summary` or `error`. */
  impact(settings: InstanceSettings, signal: AbortSignal): AsyncIterable<ImpactEvent>;
  scenarios(): Promise<ScenarioSets>;
  /** `null` for those of the instance. The set has the version that was seen. */
  saveScenarios(workspace: string | null, set: ScenarioSet): Promise<ScenariosAnswer>;
  audit(query: AuditQuery, signal?: AbortSignal): Promise<AuditPage>;
  auditEntry(id: number): Promise<AuditDetails>;
  /** Called when nobody is signed in any more; what was asked for is asked once more as soon as somebody is. */
  signInAgain?: () => Promise<void>;
  /** Whose changes are saved: as anybody else, nothing is. Tabs share a session, so another one may have begun meanwhile. */
  person?: number;
  /** What cannot be had here; nothing of it is shown. */
  readonly lacks?: readonly ("saving" | "people")[];
  /** Runs over whole directories; only where there are such. */
  readonly reconciling?: {
    runs(query?: ReconcileRunsQuery, signal?: AbortSignal): Promise<ReconcileRuns>;
    run(id: number, query: ReconcileQuery): Promise<ReconcileRunDetails>;
    beginRun(provider: string): Promise<ReconcileRun>;
    applyRun(id: number, people: number, note: string): Promise<ReconcileRun>;
    dismissRun(id: number): Promise<ReconcileRun>;
  };
  /** What the test sign-in of the last minutes has shown; only where there is an identity provider. */
  readonly testSignIn?: () => Promise<TestSignIn | null>;
  /** What super admins do to people; only where the page is the application's own. */
  readonly people?: People;
  /** Where people sign in; only where there is a server that keeps it. */
  readonly providers?: ProviderBackend;
  /** Only where nobody can really sign in: as if this person had. Gives the entry of the audit. */
  readonly signInAs?: (userId: number) => Promise<number>;
  /** Only where there is nothing but sample data: back to how it was at first, or to an instance that was never set up. */
  readonly startAnew?: (from: "sample" | "empty") => Promise<void>;
}

export interface ProviderBackend {
  list(): Promise<Providers>;
  create(provider: ProviderInput): Promise<void>;
  change(id: string, version: number, provider: Omit<ProviderInput, "issuer">): Promise<void>;
  delete(id: string, seen: ProviderSeen): Promise<void>;
  tokens(provider: string): Promise<ScimToken[]>;
  issueToken(provider: string, name: string): Promise<NewScimToken>;
  revokeToken(provider: string, token: number): Promise<ScimToken[]>;
}

export interface People {
  user(id: number, signal?: AbortSignal): Promise<UserDetails>;
  /** `confirmed` has the workspaces that are known to lose their last admin. */
  change(id: number, change: PersonChange, asked: { note: string; confirmed?: string[] }): Promise<PersonAnswer>;
  invite(invitation: Invitation): Promise<PersonAnswer>;
}

/** `invitation` is a new link for one. */
export type PersonChange = "archive" | "restore" | "exempt" | "no-longer-exempt" | "invitation";

export type PersonAnswer = ({ status: "done" } & ChangedUser) | ({ status: "conflict" } & UserConflict);

/** What goes with a save. */
export interface Saved {
  confirmed?: Confirmation;
  /** How many expectations do not hold, as was shown. */
  failing?: number;
  expectations?: SavedSet[];
}

export type SaveAnswer =
  | { status: "applied"; stored: StoredSettings; expectations: SavedSet[] }
  | { status: "confirm"; warnings: { path: string; warning: string }[] }
  | { status: "stale"; stale: StaleSettings }
  /** Known users would be kept out, or lose a highest role, and `confirmed` does not have their number. */
  | { status: "unconfirmed"; impact: ImpactToConfirm }
  /** Expectations do not hold, and `failing` is not how many. */
  | { status: "unmet"; held: Held }
  /** Somebody else has changed the expectations that were to be stored. */
  | { status: "stale-expectations"; stale: SavedSet[] };

/** How a workspace is deleted. */
export interface Deletion extends Omit<Saved, "expectations"> {
  /** Of the settings. */
  version: number;
  /** How many it has, as was shown. */
  members: number;
  /** Where it is the default one. */
  newDefault?: string;
}

export type DeletionAnswer =
  | { status: "deleted"; stored: StoredSettings }
  | { status: "changed"; losses: WorkspaceLosses }
  | Extract<SaveAnswer, { status: "stale" | "unconfirmed" | "unmet" }>;

export type ScenariosAnswer = { status: "saved"; set: ScenarioSet } | { status: "stale"; current: ScenarioSet };

/** Something that was asked for did not come about. `code` is stable; the message is for people. */
export class BackendError extends Error {
  readonly code: string;
  readonly path: string | undefined;
  readonly diagnostics: Diagnostic[];

  constructor({ code, message, path, diagnostics = [] }: Failure) {
    super(message);
    this.code = code;
    this.path = path;
    this.diagnostics = diagnostics;
  }
}

export interface Failure {
  code: string;
  message: string;
  path?: string;
  diagnostics?: Diagnostic[];
}

/** What the engine refuses is told like what the back end refuses. */
export function asBackendError(error: unknown): BackendError {
  if (error instanceof BackendError) return error;
  if (error instanceof GroupSyncError) {
    const { code, message, path, diagnostics } = error;
    return new BackendError({ code, message, diagnostics, ...(path !== undefined && { path }) });
  }
  throw error;
}
