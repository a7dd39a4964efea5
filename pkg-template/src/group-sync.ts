import { type Disposal, makeDisposable } from "./disposal.js";
import type { Glue } from "./generated/glue.js";
import type {
  GroupSyncConfig,
  Membership,
  PlanOptions,
  Resolution,
  ResolveOptions,
  SyncPlan,
} from "./generated/types.js";
import { Handle } from "./handle.js";
import { SyncNumbers } from "./numbers.js";
import { plain, plainRows } from "./plain.js";
import type { Taken } from "./taken.js";

/**
 * A mapping with its claim, catalog and policy, compiled once and used for every login. It holds nothing about users.
 *
 * Its memory is given back by {@link GroupSync.free}, by `using`, or some time after it was collected.
 *
 * @category Decide
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the one member that the interface adds is defined below
export class GroupSync {
  readonly #handle: Handle<InstanceType<Glue["GroupSync"]>>;
  readonly #numbers = new SyncNumbers();

  /**
   * @param config the mapping text, the claim that carries the groups, the catalog, and the policy (its defaults apply
   * where it is left out)
   * @throws {GroupSyncError} `invalid-mapping` with diagnostics rather than run a mapping that has errors; `invalid-input`
   * with a `path` such as `catalog.groups[3].requires` if the configuration is not of its documented shape
   */
  constructor(config: Taken<GroupSyncConfig>) {
    const given = { config: plainRows(config, "") };
    this.#handle = new Handle(this, "GroupSync", given, (glue, length) => new glue.GroupSync(length));
  }

  /**
   * Decides the role and the groups of one user from the claims of the token, and says why.
   *
   * @param claims the payload of the ID token or the user info response, decoded and verified
   * @param options `explain: false` gives the decision alone, for bulk work; it is the same
   * @throws {GroupSyncError} `invalid-input` with a `path` such as `claims.groups[3]` if `claims` could not be read as JSON
   * would be; `too-large` if it is nested more than 128 deep; `freed` after {@link GroupSync.free}
   */
  resolve(claims: object, options?: Taken<ResolveOptions>): Resolution {
    const given = () => ({ claims: plain(claims, "claims", "keep"), options: plain(options, "options") });
    return this.#handle.use(
      given,
      (sync, length) => sync.resolve(length),
      (target, sync, given) => this.#numbers.resolve(target, sync, given),
    );
  }

  /**
   * Decides from IdP groups that the backend has fetched itself, where a token said that they are kept elsewhere.
   *
   * @param groups names of IdP groups
   * @param options as for {@link GroupSync.resolve}
   * @throws {GroupSyncError} `invalid-input` with a `path` such as `groups[3]` if `groups` is no list of strings; `freed`
   * after {@link GroupSync.free}
   */
  resolveGroups(groups: readonly string[], options?: Taken<ResolveOptions>): Resolution {
    const given = () => ({ groups: plain(groups, "groups", "keep"), options: plain(options, "options") });
    return this.#handle.use(
      given,
      (sync, length) => sync.resolveGroups(length),
      (target, sync, given) => this.#numbers.resolve(target, sync, given),
    );
  }

  /**
   * Decides as {@link GroupSync.resolve} does, and says what to change for a user who has this membership. Carrying the
   * plan out is up to the backend: all of it, in one transaction. Planning again after that gives `unchanged`.
   *
   * What a guard refuses is in `blocked`, and holds up nothing else.
   *
   * @param claims the payload of the ID token or the user info response, decoded and verified
   * @param membership what the user has at present; `role: null` for a user who is not a member yet
   * @param options `guards` are facts about the workspace that keep a change from being made: whether the user is its last
   * admin, and which seats are left; `explain` is as for {@link GroupSync.resolve}
   * @throws {GroupSyncError} `invalid-input` with a `path` such as `membership.groups[3].name` or
   * `options.guards.seats.roles` if an argument is not of its documented shape, or names a role that the catalog does not
   * have; `too-large` if an argument is nested more than 128 deep; `freed` after {@link GroupSync.free}
   */
  plan(claims: object, membership: Taken<Membership>, options?: Taken<PlanOptions>): SyncPlan {
    const given = () => ({
      claims: plain(claims, "claims", "keep"),
      membership: plainRows(membership, "membership"),
      options: plainRows(options, "options"),
    });
    return this.#handle.use(
      given,
      (sync, length) => sync.plan(length),
      (target, sync, given) => this.#numbers.plan(target, sync, given),
    );
  }

  /**
   * Plans for IdP groups that the backend has fetched itself, where a token said that they are kept elsewhere.
   *
   * @param groups names of IdP groups
   * @param membership what the user has at present; `role: null` for a user who is not a member yet
   * @param options as for {@link GroupSync.plan}
   * @throws {GroupSyncError} as {@link GroupSync.plan}, with a `path` such as `groups[3]` if `groups` is no list of strings
   */
  planGroups(groups: readonly string[], membership: Taken<Membership>, options?: Taken<PlanOptions>): SyncPlan {
    const given = () => ({
      groups: plain(groups, "groups", "keep"),
      membership: plainRows(membership, "membership"),
      options: plainRows(options, "options"),
    });
    return this.#handle.use(
      given,
      (sync, length) => sync.planGroups(length),
      (target, sync, given) => this.#numbers.plan(target, sync, given),
    );
  }

  /** Gives the memory back at once. Any use after it throws `freed`; freeing again is harmless. */
  free(): void {
    this.#handle.free();
  }
}

/** Works with `using` where the runtime has it. */
export interface GroupSync extends Disposal {}

makeDisposable(GroupSync.prototype);
