// What all views share: who is here, what is stored, what is not saved yet, and which view is open.

import {
  type Catalog,
  type ClaimOptions,
  effectiveSettings,
  type GroupSyncConfig,
  type InstanceSettings,
  type SettingsChange,
  type SettingsCommand,
  type Span,
} from "idp-group-sync";
import type { MappingWorkspace } from "idp-group-sync-elements";
import type {
  ClaimSought,
  GroupLabelChange,
  GroupsSeen,
  Me,
  NewGroup,
  StoredSettings,
  User,
  Workspace,
} from "../../backend/answers.js";
import { asBackendError, type Backend, BackendError, type SaveAnswer, type Saved } from "../../backend/backend.js";
import { commandsBetween, same } from "./changes.js";
import { type Attempt, Draft } from "./draft.js";
import { Histories } from "./histories.js";
import { type Kept, KeptDraft } from "./kept-draft.js";
import { KeptScenarios } from "./kept-scenarios.js";
import { takeLabels } from "./labels.js";
import { type Choices, merge } from "./merge.js";
import { Pins } from "./pins.js";
import { address, type Route, readRoute } from "./route.js";
import type { Imported } from "./settings-file.js";

/** The IdP groups of the latest tokens, the commonest first, to be suggested and mapped; and those of each user, to be counted. */
export interface KnownTokens {
  /** `null` until it is known. */
  seen: GroupsSeen | null;
  users: string[][];
}

export const noTokens: KnownTokens = { seen: null, users: [] };

/** What somebody else has saved, and what was made of both. */
export interface Merged {
  base: InstanceSettings;
  theirs: StoredSettings;
  mine: InstanceSettings;
}

/** As many labels as a request may change. */
const AT_ONCE = 1000;

/** A keystroke writes nothing; a pause does. */
const PAUSE = 200;

/** Fires `change` whenever something of it is no longer as it was. */
export class App extends EventTarget {
  readonly backend: Backend;
  /** Whether it is a part of somebody else's page: nothing of the address, the window and the browser's storage is its own. */
  readonly embedded: boolean;
  /** `null` until everything is there, or after it could not be had. */
  me: Me | null = null;
  failure: BackendError | null = null;
  stored!: StoredSettings;
  draft!: Draft;
  workspaces: Workspace[] = [];
  /** What is known of the stored claim from the start, so that nothing moves once it is. */
  sought: { claim: ClaimOptions; answer: ClaimSought } | null = null;
  scenarios!: KeptScenarios;
  route: Route;
  /** Whose login is tried out; `claimsText` is `null` for their last token, and may come from a test sign-in. It outlasts a look at the settings. */
  trial: { user: User | null; claimsText: string | null; tested?: boolean } = { user: null, claimsText: null };
  /** Whose logins are previewed beside the mapping; where there is no room, in a drawer. */
  readonly pins = new Pins(() => this.changed());
  drawerOpen = false;
  /** A place in the mapping of the instance (`null`) or of a workspace that is to be shown as soon as its editor is there. */
  place: { scope: string | null; span: Span } | null = null;
  /** What somebody else has saved in the meantime, where both changed one thing: it has to be asked about. */
  conflict: StoredSettings | null = null;
  /** What was merged without asking, or with the answers. */
  merged: Merged | null = null;
  /** Changes of one's own that did not fit on what somebody else has saved. */
  refused: Attempt[] = [];
  /** Whether unsaved changes of an earlier visit are here again. */
  restored = false;
  /** What was discarded last, until there is something new. */
  discarded: { stored: StoredSettings; draft: Draft } | null = null;
  /** The version of the past that the unsaved changes come of, and its workspaces that are gone. */
  restoredVersion: { version: number; missing: string[]; mended: boolean } | null = null;
  /** What can be undone in each mapping's editor. */
  readonly histories = new Histories();

  #kept: KeptDraft | undefined;
  #keptPins = this.pins.all;
  #keeping: ReturnType<typeof setTimeout> | undefined;
  /** Nobody is signed in any more, or, with `other`, somebody else is. What was asked for waits. */
  signedOut: { other: Me | null } | null = null;
  #signedInAgain: Promise<void> = Promise.resolve();
  #settleSignIn: { resolve: () => void; reject: (error: BackendError) => void } | null = null;

  readonly #tokens = new Map<string, Promise<KnownTokens>>();

  constructor(backend: Backend, { embedded = false } = {}) {
    super();
    this.backend = backend;
    this.embedded = embedded;
    this.route = readRoute(embedded ? "" : location.hash);
    if (!embedded) this.#takePage();
  }

  /** Views follow the address, and what is unsaved outlives the page. */
  #takePage(): void {
    this.backend.signInAgain = () => this.#signInAgain();
    window.addEventListener("hashchange", () => {
      this.route = readRoute(location.hash);
      this.changed();
    });
    window.addEventListener("pagehide", () => this.keep());
    window.addEventListener("beforeunload", (event) => {
      this.keep();
      // Nothing is lost, unless the browser keeps nothing.
      if (this.unkept) event.preventDefault();
    });
  }

  /** Whether the settings can only be looked at. */
  get readOnly(): boolean {
    return this.backend.lacks?.includes("saving") ?? false;
  }

  /** Whether it is known who signs in, and with what. */
  get knowsPeople(): boolean {
    return !this.backend.lacks?.includes("people");
  }

  /** Opens a view. */
  go(view: Route["view"], item?: string | null): void {
    if (this.embedded) {
      this.route = readRoute(address(view, item));
      this.changed();
    } else location.hash = address(view, item);
  }

  changed(): void {
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => this.keep(), PAUSE);
    this.dispatchEvent(new Event("change"));
  }

  /** Keeps what is unsaved in the browser. */
  keep(): void {
    if (!this.me) return;
    const { stored, draft, scenarios, histories } = this;
    this.#kept?.writeTrial(this.trial);
    // Other tabs pin people too: only what was done here is written.
    if (this.pins.all !== this.#keptPins) this.#kept?.writePins(this.pins.all);
    this.#keptPins = this.pins.all;
    const unsaved = draft.changed || scenarios.changed;
    const before = this.unkept;
    this.#kept?.write(
      unsaved ? { stored, edits: draft.edits, histories: histories.all, scenarios: scenarios.unsaved } : null,
    );
    if (this.unkept !== before) this.dispatchEvent(new Event("change"));
  }

  async load(): Promise<void> {
    this.keep();
    this.failure = null;
    this.me = null;
    this.changed();
    const { backend } = this;
    try {
      const me = await backend.me();
      if (!me.superAdmin) {
        throw new BackendError({ code: "not-super-admin", message: "only a super admin may do this" });
      }
      const [stored, workspaces, labels, scenarios] = await Promise.all([
        backend.settings(),
        backend.workspaces(),
        backend.labels(),
        backend.scenarios(),
      ]);
      const { claim } = stored.settings;
      const answer = await backend.claimSought(claim).catch(() => null);
      this.sought = answer && { claim, answer };
      this.workspaces = workspaces;
      takeLabels(labels);
      this.#tokens.clear();
      const begin = () => {
        this.scenarios = new KeptScenarios(backend, scenarios, () => this.changed());
        this.histories.take([]);
        this.take(stored);
      };
      begin();
      const kept = this.embedded ? null : await this.#open(me.user.id);
      try {
        if (kept) this.#restore(kept);
      } catch {
        // Damaged, or kept by another version of the page: what cannot be read keeps nobody from it.
        begin();
      }
      this.me = me;
      backend.person = me.user.id;
    } catch (error) {
      this.failure = asBackendError(error);
    }
    this.changed();
  }

  /** Looks whether this person is signed in again, and goes on if so. */
  async lookAgain(): Promise<void> {
    const me = await this.backend.me().catch(() => null);
    if (!me || !this.signedOut) return;
    if (me.superAdmin && me.user.id === this.me?.user.id) {
      this.me = me;
      this.signedOut = null;
      this.#settleSignIn?.resolve();
    } else {
      this.signedOut = { other: me };
    }
    this.changed();
  }

  /** Does without what was asked for. */
  staySignedOut(): void {
    this.signedOut = null;
    this.#settleSignIn?.reject(new BackendError({ code: "not-signed-in", message: "nobody is signed in" }));
    this.changed();
  }

  #signInAgain(): Promise<void> {
    // As long as nothing is there, nothing can be lost, and the page itself says so.
    if (!this.me) {
      return Promise.reject(new BackendError({ code: "not-signed-in", message: "nobody is signed in" }));
    }
    if (!this.signedOut) {
      this.signedOut = { other: null };
      this.#signedInAgain = new Promise((resolve, reject) => {
        this.#settleSignIn = { resolve, reject };
      });
      this.changed();
    }
    return this.#signedInAgain;
  }

  /** Whether a reload would lose what is unsaved, as the browser keeps nothing. */
  get unkept(): boolean {
    return this.#kept?.safe === false;
  }

  closeNotice(): void {
    this.merged = null;
    this.restored = false;
    this.restoredVersion = null;
    this.changed();
  }

  /** Back to the sample, and nothing is unsaved. */
  async startAnew(from: "sample" | "empty" = "sample"): Promise<void> {
    await this.backend.startAnew?.(from);
    this.me = null;
    this.#kept?.write(null);
    await this.load();
  }

  /** Runs a command on the draft, and tells everybody. */
  run(command: SettingsCommand): SettingsChange {
    const change = this.draft.run(command);
    this.refused = [];
    this.discarded = null;
    this.changed();
    return change;
  }

  discard(): void {
    const { stored, draft } = this;
    this.take(this.conflict ?? stored);
    this.discarded = { stored, draft };
    this.changed();
  }

  undoDiscard(): void {
    const { discarded, stored: current } = this;
    if (!discarded) return;
    this.stored = discarded.stored;
    this.draft = discarded.draft;
    this.discarded = null;
    this.restoredVersion = null;
    if (!same(this.stored.settings, current.settings)) this.#meet(current);
    this.changed();
  }

  /** These are the stored settings from now on, and nothing is unsaved. */
  take(stored: StoredSettings): void {
    this.stored = stored;
    this.draft = new Draft(stored.settings);
    this.conflict = null;
    this.merged = null;
    this.refused = [];
    this.restored = false;
    this.discarded = null;
    this.restoredVersion = null;
    this.changed();
  }

  /** Makes the same changes to what somebody else has saved, with the answers to what both changed. */
  settle(theirs: StoredSettings, choices: Choices): void {
    const { base, typed: mine } = this.draft;
    const { settings } = merge(base, mine, theirs.settings, choices);
    const { draft, refused } = Draft.of(theirs.settings, commandsBetween(theirs.settings, settings));
    const { restored } = this;
    this.take(theirs);
    Object.assign(this, { draft, refused, restored, merged: { base, theirs, mine } });
    this.changed();
  }

  /** Somebody else has saved in the meantime. */
  #meet(theirs: StoredSettings): void {
    const { base, typed } = this.draft;
    if (merge(base, typed, theirs.settings).questions.length > 0) this.conflict = theirs;
    else this.settle(theirs, new Map());
    this.changed();
  }

  /** What this person left unsaved. */
  async #open(person: number): Promise<Kept | null> {
    await this.#kept?.close();
    this.#kept = await KeptDraft.open(person);
    this.trial = { user: null, claimsText: null, ...(this.#kept.readTrial() as object | null) };
    this.pins.take(this.#kept.readPins());
    this.#keptPins = this.pins.all;
    return this.#kept.read();
  }

  /** Goes on with it. */
  #restore(kept: Kept): void {
    const { stored: current } = this;
    this.stored = kept.stored;
    this.draft = Draft.of(kept.stored.settings, kept.edits).draft;
    this.histories.take(kept.histories);
    this.scenarios.restore(kept.scenarios);
    this.restored = this.draft.changed || this.scenarios.changed;
    if (same(this.stored.settings, current.settings)) this.stored = current;
    else this.#meet(current);
  }

  /** What a file says takes the place of everything unsaved. */
  takeOver({ draft, expectations }: Imported): void {
    this.take(this.stored);
    this.draft = draft;
    for (const { workspace, ...expected } of expectations) this.scenarios.replace(workspace, expected);
    this.changed();
  }

  /** Saves everything that is unsaved, on the versions that it was made on. */
  async save(commands: SettingsCommand[], confirmed: Omit<Saved, "expectations">): Promise<SaveAnswer> {
    const sent = this.draft.typed;
    const expectations = this.scenarios.unsavedSets;
    const answer = await this.backend.save(this.stored.version, commands, { ...confirmed, expectations });
    if (answer.status === "applied") this.scenarios.saved(answer.expectations);
    if (answer.status === "stale-expectations") this.scenarios.saved([], answer.stale);
    if (answer.status === "applied") {
      // What was typed while the answer was on its way is still unsaved.
      const since = commandsBetween(sent, this.draft.typed);
      this.take(answer.stored);
      this.draft = Draft.of(answer.stored.settings, since).draft;
      this.changed();
    }
    if (answer.status === "stale") this.#meet(answer.stale.current);
    return answer;
  }

  /** Goes to an entry of the mapping that is edited now. */
  openEntry(scope: string | null, span: Span): void {
    this.place = { scope, span };
    this.go("settings", scope);
    this.changed();
  }

  /** Creates a group of a workspace at once: it is no part of the settings. */
  async createGroup(workspace: string, group: NewGroup): Promise<void> {
    await this.backend.createGroup(workspace, group);
    this.workspaces = await this.backend.workspaces();
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
    const short = withoutTexts(settings);
    return short.workspaces
      .map(({ id }) => ({ id, ...effectiveSettings(short, id) }))
      .filter(({ inherited }) => inherited.mapping)
      .map(({ id, policy }) => ({ name: this.nameOf(id), catalog: this.catalogOf(id), policy }));
  }

  /** What the latest tokens have under a claim. Without it the page works as well. */
  knownTokens(claim: ClaimOptions, anew = false): Promise<KnownTokens> {
    const key = JSON.stringify(claim);
    let known = anew ? undefined : this.#tokens.get(key);
    if (!known) {
      known = Promise.all([this.backend.groups(claim), this.backend.groupsOfUsers(claim)]).then(
        ([seen, { users }]) => ({ seen, users }),
        () => noTokens,
      );
      this.#tokens.set(key, known);
    }
    return known;
  }

  /** Calls groups something else, from now on; `null` takes that back. */
  async label(changes: readonly GroupLabelChange[]): Promise<void> {
    for (let at = 0; at < changes.length; at += AT_ONCE) {
      takeLabels(await this.backend.saveLabels(changes.slice(at, at + AT_ONCE)));
    }
    this.changed();
  }
}

/** What is inherited does not depend on the texts, which are long: the engine would copy them for each workspace. */
function withoutTexts(settings: InstanceSettings): InstanceSettings {
  const workspaces = settings.workspaces.map((own) => (own.mapping === undefined ? own : { ...own, mapping: "" }));
  return { ...settings, mapping: "", workspaces };
}
