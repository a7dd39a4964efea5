// A login from its claims to what the user has: what is locked, read, decided and carried out, in this order and in one transaction.

import {
  checkMapping,
  type Diagnostic,
  effectiveSettings,
  GroupSyncError,
  type LoginOutcome,
  type ReconcileOutcome,
  type SyncPlan,
} from "idp-group-sync";
import { roleAccess, roleSetAccess } from "./access.js";
import { CompiledRules, requireRunnable } from "./compiled.js";
import {
  type Configuration,
  ONLY_WORKSPACE,
  type OneRoleConfiguration,
  type RoleSetConfiguration,
  type Rulebook,
  rulebook,
  type SettingsConfiguration,
  withGroups,
} from "./configuration.js";
import { CreatedGroups, wantedNames, withMade } from "./created-groups.js";
import { factsOf, workspacesOf } from "./facts.js";
import { requireFields } from "./fields.js";
import { forgetful } from "./forgetful.js";
import type { LoginResult, ReconcileResult, RoleAccess, RoleSetAccess, WorkspacesAccess } from "./result.js";
import { inTransaction } from "./retry.js";
import type { Store, StoredUser, StoreTransaction } from "./store.js";

/** What a login is decided by. */
export interface LoginFacts {
  /** Who: what identifies the user forever, as the issuer and the `sub` of the verified token do together. */
  subject: string;
  /** The claims of the verified token. A method that syncs needs them, or else `groups`. */
  claims?: object;
  /** The user's groups at the identity provider, where they were fetched. */
  groups?: readonly string[];
  /** How the user signs in; `oidc` if absent. */
  method?: string;
  /** The provider that the user comes from, where there are several. */
  provider?: string;
  /** Whether a token of this instance has ever carried the claim. `true` if absent. */
  claimSeen?: boolean;
}

/** What a directory says of somebody between logins. */
export interface ReconcileFacts extends LoginFacts {
  /** An entry, one that is switched off, or none. */
  directory: "active" | "inactive" | "absent";
}

/** Group sync of one application. */
export interface ApplicationSync<Access> {
  /**
   * Decides a login and carries it out, in one transaction. Look at `outcome` first; where it is `refused`, nothing was changed but for a
   * line in the audit.
   *
   * @throws {GroupSyncError} `invalid-input` with a path such as `claims` for what is not of its documented shape; and whatever the store
   * throws. Then nothing was changed at all, and nobody may come in
   */
  login(facts: LoginFacts): Promise<LoginResult<Access>>;
  /** What {@link ApplicationSync.login} would come to, changing nothing. */
  preview(facts: LoginFacts): Promise<LoginResult<Access>>;
  /** The same without a login: what a directory says of somebody is decided and carried out. */
  reconcile(facts: ReconcileFacts): Promise<ReconcileResult<Access>>;
  /**
   * What is doubtful about the mapping: warnings, as of a target that is neither a role nor a group; and errors, where admins keep it in
   * settings. It is for the log, when the application starts.
   */
  check(): Promise<Diagnostic[]>;
}

/**
 * Group sync of an application: its roles and groups, the rules, and where its users are kept.
 *
 * @throws {GroupSyncError} `invalid-mapping` for a mapping with errors, `invalid-input` with a path such as `groups[3].requires`
 */
export function defineGroupSync<const Role extends string, const Group extends string = never>(
  configuration: OneRoleConfiguration<Role, Group>,
): ApplicationSync<RoleAccess<Role, Group>>;
export function defineGroupSync<const Role extends string, const Group extends string = never>(
  configuration: RoleSetConfiguration<Role, Group>,
): ApplicationSync<RoleSetAccess<Role, Group>>;
export function defineGroupSync<const Role extends string, const Group extends string = never>(
  configuration: SettingsConfiguration<Role, Group>,
): ApplicationSync<WorkspacesAccess<Role, Group>>;
export function defineGroupSync(configuration: Configuration): ApplicationSync<unknown> {
  const sync = new ApplicationGroupSync(configuration);
  return {
    login: (facts) => sync.login(facts, true),
    preview: (facts) => sync.login(facts, false),
    reconcile: (facts) => sync.reconcile(facts),
    check: () => sync.check(),
  };
}

/** What a transaction decides by: rules, and facts. */
interface Case {
  rules: Rulebook;
  user: StoredUser | null;
  facts: ReturnType<typeof factsOf>;
}

class ApplicationGroupSync {
  readonly #configuration: Configuration;
  readonly #store: Store;
  readonly #compiled = new CompiledRules();
  readonly #created: CreatedGroups | null;
  /** What holds for every login, where nothing has to be got for it. */
  readonly #fixed: Rulebook | undefined;

  constructor(configuration: Configuration) {
    requireFields(configuration);
    this.#configuration = configuration;
    this.#store = configuration.store ?? forgetful;
    const allow = "settings" in configuration ? undefined : configuration.createGroups || undefined;
    this.#created = allow === undefined ? null : new CreatedGroups(allow.allow);
    if ("settings" in configuration) return;
    const { groups = [] } = configuration;
    const isFixed = typeof groups !== "function";
    const rules = withGroups(configuration, isFixed ? groups : []);
    requireRunnable(rules);
    if (isFixed) this.#fixed = rules;
  }

  async login(given: LoginFacts, applies: boolean): Promise<LoginResult<unknown>> {
    requireSubject(given.subject);
    const rules = this.#fixed ?? (await rulebook(this.#configuration));
    return this.#inTransaction(async (transaction) => {
      const { subject, method = "oidc" } = given;
      const known = await this.#read(transaction, rules, subject, applies);
      const { outcome, rules: decidedBy } = this.#decide(known, (facts, rules) => {
        const { signup = true } = this.#configuration;
        const passwordLogin = "settings" in this.#configuration ? (this.#configuration.passwordLogin ?? true) : true;
        return this.#compiled.sync(rules).decide({ ...asked(given), method, ...facts, signup, passwordLogin });
      });
      const result = this.#loginResult(outcome, decidedBy, known.user === null);
      if (!applies) return result;
      if (result.outcome !== "refused") {
        const isKnown = known.user !== null && known.user.status !== "invited";
        if (!isKnown) await transaction.saveUser(subject, { status: "active" });
        await this.#carryOut(transaction, given, outcome, known);
      }
      await writeAudit(transaction, subject, "login", result.outcome, outcome);
      return result;
    });
  }

  async reconcile(given: ReconcileFacts): Promise<ReconcileResult<unknown>> {
    requireSubject(given.subject);
    const rules = this.#fixed ?? (await rulebook(this.#configuration));
    return this.#inTransaction(async (transaction) => {
      const { subject, directory, method = "scim" } = given;
      const known = await this.#read(transaction, rules, subject, true);
      const { outcome, rules: decidedBy } = this.#decide(known, (facts, rules) =>
        this.#compiled.sync(rules).reconcile({ ...asked(given), method, directory, ...facts }),
      );
      const result = this.#reconcileResult(outcome, decidedBy);
      if (result.outcome === "kept") return result;
      if (result.outcome === "archived")
        await transaction.saveUser(subject, { status: "archived", archivedBy: "sync" });
      else {
        if (result.outcome !== "synced") await transaction.saveUser(subject, { status: "active" });
        await this.#carryOut(transaction, given, outcome, known);
      }
      await writeAudit(transaction, subject, "reconcile", result.outcome, outcome);
      return result;
    });
  }

  async check(): Promise<Diagnostic[]> {
    const { settings, catalogs } = this.#fixed ?? (await rulebook(this.#configuration));
    const found = settings.workspaces.flatMap(({ id }) => {
      const { mapping, policy } = effectiveSettings(settings, id);
      return checkMapping(mapping, catalogs[id] ?? { groups: [] }, policy);
    });
    const doubtful = found.filter(
      ({ severity, code }) => severity !== "info" && !(code === "unknown-target" && this.#created !== null),
    );
    // Workspaces that have the instance's mapping have in common what is doubtful about it.
    return [...new Map(doubtful.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic])).values()];
  }

  #inTransaction<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result> {
    return inTransaction(this.#store, async (transaction) => {
      try {
        return await work(transaction);
      } catch (error) {
        if ((error as GroupSyncError).code === "internal") this.#compiled.forget();
        throw error;
      }
    });
  }

  /** Locks first, then reads: the user, the number of users where that is limited, and the workspaces, whose admins are counted. */
  async #read(transaction: StoreTransaction, rules: Rulebook, subject: string, locks: boolean): Promise<Case> {
    if (locks) await transaction.lock([`user ${subject}`]);
    let user = await transaction.readUser(subject);
    const workspaces = workspacesOf(rules, user);
    if (locks) {
      const limited = rules.limits.total !== undefined || rules.limits.roles !== undefined;
      const names = workspaces.map((id) => `workspace ${id}`).sort();
      await transaction.lock([...(limited ? ["seats"] : []), ...names]);
      // Whoever held a workspace may have changed what the user has there.
      user = await transaction.readUser(subject);
    }
    const others = await transaction.countOthers(subject, workspaces);
    return { rules, user, facts: factsOf(rules, user, others) };
  }

  /** Decides; and where groups may be made, again with those that the user's groups come to. */
  #decide<Outcome extends LoginOutcome | ReconcileOutcome>(
    { rules, user, facts }: Case,
    decide: (facts: Case["facts"], rules: Rulebook) => Outcome,
  ): { outcome: Outcome; rules: Rulebook } {
    const catalog = rules.catalogs[ONLY_WORKSPACE];
    if (this.#created === null || catalog === undefined) return { outcome: decide(facts, rules), rules };
    const present = user?.memberships.flatMap(({ groups }) => groups.map(({ name }) => name)) ?? [];
    const matchesByName = (rules.settings.policy.matchByName ?? true) !== false;
    const wanted = wantedNames(decide(facts, rules), matchesByName);
    const made = this.#created.allowed([...present, ...wanted]);
    const extended = { ...rules, catalogs: { [ONLY_WORKSPACE]: withMade(catalog, made) } };
    return { outcome: decide(facts, extended), rules: extended };
  }

  async #carryOut(
    transaction: StoreTransaction,
    { subject }: LoginFacts,
    { workspaces }: LoginOutcome | ReconcileOutcome,
    { rules, facts }: Case,
  ): Promise<void> {
    for (const [index, { id, plan }] of workspaces.entries()) {
      // An invitation is accepted first; the next login carries the plan out.
      if (plan.status !== "change" || facts.workspaces[index]?.member === "invited") continue;
      const known = new Set(rules.catalogs[id]?.groups.map(({ name }) => name));
      await transaction.applyPlan({
        subject,
        workspace: id,
        role: plan.role.to,
        roleChanges: plan.role.from !== plan.role.to,
        join: plan.join,
        create: plan.join.filter((name) => !known.has(name)),
        leave: plan.leave,
        provider: plan.provider ?? null,
      });
    }
  }

  #loginResult(outcome: LoginOutcome, rules: Rulebook, isNew: boolean): LoginResult<object> {
    if (!outcome.allowed) {
      return { outcome: "refused", code: outcome.reason, message: outcome.message, decision: outcome };
    }
    const access = this.#access(outcome, rules);
    const reason = "settings" in this.#configuration ? undefined : keptBy(outcome.workspaces[0]?.plan);
    return reason === undefined
      ? { outcome: "admitted", isNew, ...access, decision: outcome }
      : { outcome: "kept", reason, isNew, ...access, decision: outcome };
  }

  #reconcileResult(outcome: ReconcileOutcome, rules: Rulebook): ReconcileResult<object> {
    const { user, reason, blocked } = outcome;
    if (user === "archive") return { outcome: "archived", reason: reason ?? "", decision: outcome };
    const kept =
      blocked ??
      reason ??
      (user === "keep" && !("settings" in this.#configuration) ? keptBy(outcome.workspaces[0]?.plan) : undefined);
    if (user === "keep" && kept !== undefined) return { outcome: "kept", reason: kept, decision: outcome };
    const outcomes = { keep: "synced", create: "created", restore: "restored" } as const;
    return { outcome: outcomes[user], ...this.#access(outcome, rules), decision: outcome };
  }

  #access({ workspaces }: LoginOutcome | ReconcileOutcome, rules: Rulebook): object {
    if ("settings" in this.#configuration) {
      return {
        workspaces: workspaces.flatMap(({ id, plan }) => {
          if (plan.status === "denied" || isOutside(plan)) return [];
          const reason = keptBy(plan);
          const outcome = reason === undefined ? "admitted" : "kept";
          return { id, outcome, ...(reason && { reason }), ...roleAccess(plan, rules, id) };
        }),
      };
    }
    const plan = workspaces[0]?.plan;
    if (plan === undefined || plan.status === "denied")
      throw new Error("the only workspace lets in whoever the login lets in");
    return "kind" in this.#configuration.roles
      ? roleSetAccess(plan, rules, ONLY_WORKSPACE)
      : roleAccess(plan, rules, ONLY_WORKSPACE);
  }
}

/** Whether the user is nothing in a workspace, and stays so. */
function isOutside(plan: SyncPlan): boolean {
  return plan.status === "skipped" && (plan.role.from === null || plan.reason === "archived");
}

/** Why the user's groups did not decide, if they did not. */
function keptBy(plan: SyncPlan | undefined): string | undefined {
  return plan?.status === "skipped" || (plan?.status === "change" && plan.resolution.outcome === "keep")
    ? plan.reason
    : undefined;
}

/** What both kinds of request have of what is given. */
function asked({ claims, groups, provider, claimSeen }: LoginFacts) {
  return {
    ...(claims !== undefined && { claims }),
    ...(groups !== undefined && { groups: [...groups] }),
    ...(provider !== undefined && { provider }),
    ...(claimSeen !== undefined && { claimSeen }),
  };
}

/** Databases of text refuse the one, and would make others of the other. */
function requireSubject(subject: unknown): asserts subject is string {
  if (typeof subject === "string" && subject !== "" && !/[\p{Cc}\p{Cs}]/u.test(subject)) return;
  throw new GroupSyncError("invalid-input", "expected a text without control characters", {
    path: "subject",
  });
}

function writeAudit(
  transaction: StoreTransaction,
  subject: string,
  event: "login" | "reconcile",
  outcome: string,
  decision: object,
): Promise<void> {
  return transaction.writeAudit({ subject, event, outcome, decision: JSON.stringify(decision) });
}
