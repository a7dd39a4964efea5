import { type Disposal, makeDisposable } from "./disposal.js";
import type { Glue } from "./generated/glue.js";
import type {
  Catalog,
  InstanceSettings,
  LoginOutcome,
  LoginRequest,
  ReconcileOutcome,
  ReconcileRequest,
} from "./generated/types.js";
import { Handle } from "./handle.js";
import { LoginNumbers } from "./numbers.js";
import { plain, plainRows } from "./plain.js";
import type { Taken } from "./taken.js";

/**
 * The instance's settings with the catalogs of its workspaces, compiled once per version of them and shared by every login.
 * It holds nothing about users.
 *
 * Its memory is given back by {@link LoginSync.free}, by `using`, or some time after it was collected.
 *
 * @category Decide
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the one member that the interface adds is defined below
export class LoginSync {
  readonly #handle: Handle<InstanceType<Glue["LoginSync"]>>;
  readonly #numbers = new LoginNumbers();

  /**
   * A workspace whose mapping has errors, or that has no catalog, does not throw here: its logins are skipped, with the
   * reason `invalid-mapping` or `unknown-workspace`.
   *
   * @param settings the instance's settings, as they were stored
   * @param catalogs what can be granted in each workspace, by its id
   * @throws {GroupSyncError} `invalid-input` with a `path` such as `settings.workspaces[1].id` or
   * `catalogs.main.groups[3].requires` if an argument is not of its documented shape, or the settings mean nothing
   */
  constructor(settings: Taken<InstanceSettings>, catalogs: Taken<Record<string, Catalog>>) {
    const given = { settings: plain(settings, "settings"), catalogs: plainRows(catalogs, "catalogs") };
    this.#handle = new Handle(this, "LoginSync", given, (glue, length) => new glue.LoginSync(length));
  }

  /**
   * Decides one login: whether the user may come in, and what changes in each workspace of the request.
   *
   * Nothing is looked up and nothing is changed: the request says all that is known about the user, and carrying out the
   * plans is up to the backend. **Look at `allowed` first**; where it is false, no plan is to be carried out.
   *
   * @param request how the user signs in, the claims of the verified token, what the licence allows, and what the user is
   * in each workspace to decide about
   * @returns one plan a workspace, in the order of the request. The spans in a plan's `resolution` are places in the
   * mapping that holds for its workspace ({@link effectiveSettings} has the text); they count UTF-16 code units
   * @throws {GroupSyncError} `invalid-input` with a `path` such as `request.workspaces[0].member` if the request is not of
   * its documented shape, with path `request.claims` if a login by `oidc` has no claims; `too-large` if it is nested more
   * than 128 deep; `freed` after {@link LoginSync.free}
   */
  decide(request: Taken<LoginRequest>): LoginOutcome {
    const given = () => ({ request: plainRows(request, "request", "keep-in-claims") });
    return this.#handle.use(
      given,
      (sync, length) => sync.decide(length),
      (target, sync, given) => this.#numbers.decide(target, sync, given),
    );
  }

  /**
   * What becomes of a user of whom a directory says something between logins: by SCIM, by a list of its users, by a webhook. The plans are
   * those of a login, so the same preview shows them.
   *
   * @param request what the directory has of the user, by which method that is known, the groups or claims, what the licence allows, and
   * what the user is in each workspace to decide about
   * @returns what to do with the user, and one plan a workspace: none where the user is archived, or the workspaces were not looked at
   * @throws {GroupSyncError} as {@link LoginSync.decide}
   */
  reconcile(request: Taken<ReconcileRequest>): ReconcileOutcome {
    const given = () => ({ request: plainRows(request, "request", "keep-in-claims") });
    return this.#handle.use(given, (sync, length) => sync.reconcile(length));
  }

  /** Gives the memory back at once. Any use after it throws `freed`; freeing again is harmless. */
  free(): void {
    this.#handle.free();
  }
}

/** Works with `using` where the runtime has it. */
export interface LoginSync extends Disposal {}

makeDisposable(LoginSync.prototype);
