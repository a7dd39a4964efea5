// What all views share: who is here, what is stored, what is not saved yet, and which view is open.

import {
  type Catalog,
  type ClaimOptions,
  effectiveSettings,
  type GroupSyncConfig,
  GroupSyncError,
  type InstanceSettings,
  type SettingsChange,
  type SettingsCommand,
  type Span,
} from "idp-group-sync";
import type { MappingWorkspace } from "../../../src/engine/questions.js";
import type { ClaimsSeen, Me, StaleSettings, StoredSettings, User, Workspace } from "../backend/answers.js";
import { type Backend, BackendError, type SaveAnswer } from "../backend/backend.js";
import { type Attempt, Draft } from "./draft.js";
import { KeptScenarios } from "./kept-scenarios.js";
import { address, type Route, readRoute } from "./route.js";

/** The IdP groups of the latest tokens, the commonest first, to be suggested; and those of each user, to be counted. */
export interface KnownTokens {
  idpGroups: string[];
  users: string[][];
}

export const noTokens: KnownTokens = { idpGroups: [], users: [] };

/** Fires `change` whenever something of it is no longer as it was. */
export class App extends EventTarget {
  readonly backend: Backend;
  /** `null` until everything is there, or after it could not be had. */
  me: Me | null = null;
  failure: BackendError | null = null;
  stored!: StoredSettings;
  draft!: Draft;
  workspaces: Workspace[] = [];
  claims: ClaimsSeen = { tokens: 0, claims: [] };
  scenarios!: KeptScenarios;
  route: Route = readRoute(location.hash);
  /** Whose login is tried out; `claimsText` is `null` for their last token. It outlasts a look at the settings. */
  trial: { user: User | null; claimsText: string | null } = { user: null, claimsText: null };
  /** A place in the mapping of the instance (`null`) or of a workspace that is to be shown as soon as its editor is there. */
  place: { scope: string | null; span: Span } | null = null;
  /** What a save met that somebody else had saved in the meantime. */
  conflict: StaleSettings | null = null;
  /** Changes of one's own that did not fit on what somebody else has saved. */
  refused: Attempt[] = [];

  readonly #tokens = new Map<string, Promise<KnownTokens>>();

  constructor(backend: Backend) {
    super();
    this.backend = backend;
    window.addEventListener("hashchange", () => {
      this.route = readRoute(location.hash);
      this.changed();
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.me && (this.draft.changed || this.scenarios.changed)) event.preventDefault();
    });
  }

  changed(): void {
    this.dispatchEvent(new Event("change"));
  }

  async load(): Promise<void> {
    this.failure = null;
    this.me = null;
    this.changed();
    const { backend } = this;
    try {
      const me = await backend.me();
      if (!me.superAdmin) {
        throw new BackendError({ code: "not-super-admin", message: "only a super admin may do this" });
      }
      const [stored, workspaces, claims, scenarios] = await Promise.all([
        backend.settings(),
        backend.workspaces(),
        backend.claims(),
        backend.scenarios(),
      ]);
      this.workspaces = workspaces;
      this.claims = claims;
      this.scenarios = new KeptScenarios(backend, scenarios, () => this.changed());
      this.#tokens.clear();
      this.take(stored);
      this.me = me;
    } catch (error) {
      this.failure = asBackendError(error);
    }
    this.changed();
  }

  /** Runs a command on the draft, and tells everybody. */
  run(command: SettingsCommand): SettingsChange {
    const change = this.draft.run(command);
    this.refused = [];
    this.changed();
    return change;
  }

  discard(): void {
    this.draft.discard();
    this.conflict = null;
    this.refused = [];
    this.changed();
  }

  /** These are the stored settings from now on, and nothing is unsaved. */
  take(stored: StoredSettings): void {
    this.stored = stored;
    this.draft = new Draft(stored.settings);
    this.conflict = null;
    this.refused = [];
    this.changed();
  }

  /** Makes the same changes to what somebody else has saved. */
  rebase(): void {
    if (!this.conflict) return;
    const { current } = this.conflict;
    const { draft, refused } = this.draft.onto(current.settings);
    this.stored = current;
    this.draft = draft;
    this.refused = refused;
    this.conflict = null;
    this.changed();
  }

  /** Saves the unsaved changes, on the version that they were made on. */
  async save(commands = this.draft.commands): Promise<SaveAnswer> {
    const answer = await this.backend.save(this.stored.version, commands);
    if (answer.status === "applied") this.take(answer.stored);
    if (answer.status === "stale") {
      this.conflict = answer.stale;
      this.changed();
    }
    return answer;
  }

  /** Goes to an entry of the mapping that is edited now. */
  openEntry(scope: string | null, span: Span): void {
    this.place = { scope, span };
    location.hash = address("settings", scope);
    this.changed();
  }

  nameOf(workspace: string): string {
    return this.workspaces.find(({ id }) => id === workspace)?.name ?? workspace;
  }

  catalogOf(workspace: string): Catalog {
    return this.workspaces.find(({ id }) => id === workspace)?.catalog ?? { groups: [] };
  }

  /** Whether logins sync this workspace: it is listed, and switched on here and for the instance. */
  syncs(settings: InstanceSettings, workspace: string): boolean {
    return settings.workspaces.some(({ id }) => id === workspace) && effectiveSettings(settings, workspace).enabled;
  }

  /** The configuration that holds for a workspace; for `null` the instance's, with what the default workspace can grant. */
  configOf(settings: InstanceSettings, workspace: string | null): GroupSyncConfig {
    const catalog = this.catalogOf(workspace ?? settings.defaultWorkspace);
    const { claim, mapping, policy } = workspace === null ? settings : effectiveSettings(settings, workspace);
    return { claim, mapping, policy, catalog };
  }

  /** The workspaces whose logins go by the instance's mapping, each with what it can grant. */
  inheritingMapping(settings: InstanceSettings): MappingWorkspace[] {
    return settings.workspaces
      .map(({ id }) => ({ id, ...effectiveSettings(settings, id) }))
      .filter(({ inherited }) => inherited.mapping)
      .map(({ id, policy }) => ({ name: this.nameOf(id), catalog: this.catalogOf(id), policy }));
  }

  /** What the latest tokens have under a claim. Without it the page works as well. */
  knownTokens(claim: ClaimOptions): Promise<KnownTokens> {
    const key = JSON.stringify(claim);
    let known = this.#tokens.get(key);
    if (!known) {
      known = Promise.all([this.backend.groups(claim), this.backend.groupsOfUsers(claim)]).then(
        ([{ groups }, { users }]) => ({ idpGroups: groups.map(({ name }) => name), users }),
        () => noTokens,
      );
      this.#tokens.set(key, known);
    }
    return known;
  }
}

export function asBackendError(error: unknown): BackendError {
  if (error instanceof BackendError) return error;
  if (error instanceof GroupSyncError) {
    const { code, message, path, diagnostics } = error;
    return new BackendError({ code, message, diagnostics, ...(path !== undefined && { path }) });
  }
  throw error;
}
