import { Chunks } from "./chunks.js";
import { type Disposal, makeDisposable } from "./disposal.js";
import type { Glue } from "./generated/glue.js";
import type { Brake, Catalog, InstanceSettings, LoginImpactChange, LoginImpactSummary } from "./generated/types.js";
import { Handle } from "./handle.js";
import { plain } from "./plain.js";
import type { Taken } from "./taken.js";

/** What logins are decided by. */
export interface LoginConfig {
  /** The instance's settings. */
  settings: InstanceSettings;
  /** What each workspace can grant, by the workspace's id. */
  catalogs: Record<string, Catalog>;
}

/**
 * What becomes of logins if other settings replaced those in force: fed with the users that are known, one line each, it says
 * whose next login would come out otherwise, in which workspace. Both sides are decided as by `LoginSync`, so a review that shows
 * this cannot say anything but what the login does.
 *
 * Its memory does not grow with the number of users. It is given back by {@link LoginImpact.finish}, {@link LoginImpact.free},
 * `using`, or some time after the object was collected.
 *
 * @category Preview
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the one member that the interface adds is defined below
export class LoginImpact {
  readonly #handle: Handle<InstanceType<Glue["LoginImpact"]>>;
  readonly #chunks = new Chunks();

  /**
   * @param before what logins are decided by at present
   * @param after what they would be decided by
   * @param brake how many users may lose something before the summary says `held: true`
   * @throws {GroupSyncError} `invalid-input` with a `path` such as `after.settings.workspaces[0].id` if an argument is not of its
   * documented shape, or the settings mean nothing. A workspace whose mapping has errors is no error: its logins are skipped
   */
  constructor(before: Taken<LoginConfig>, after: Taken<LoginConfig>, brake?: Taken<Brake>) {
    const given = { before: plain(before, "before"), after: plain(after, "after"), brake: plain(brake, "brake") };
    this.#handle = new Handle(this, "LoginImpact", given, (glue, length) => new glue.LoginImpact(length));
  }

  /**
   * Reads on. The text is JSON Lines, one user a line: `{ "id": string, …LoginRequest }`. Each user is asked as if they signed in
   * next. Blank lines are passed over; a line that cannot be read, or is longer than 4 MiB, is counted in the summary's faults and
   * stops nothing.
   *
   * @param chunk the next piece of the text, or of its UTF-8 bytes, split anywhere
   * @returns the users on the lines that this chunk ends whose login would come out otherwise
   * @throws {GroupSyncError} `invalid-input` with path `chunk` if it is neither a string nor a `Uint8Array`; `freed` after
   * {@link LoginImpact.finish} or {@link LoginImpact.free}
   */
  push(chunk: string | Uint8Array): LoginImpactChange[] {
    return this.#handle.useOnBytes(
      () => this.#chunks.next(chunk),
      (impact, length) => impact.push(length),
    );
  }

  /**
   * Ends the text, and gives the memory back. The last line needs no line break.
   *
   * @returns the users on the last line, if its end had not been seen, and the totals of all lines
   * @throws {GroupSyncError} `freed` if it is called again, or after {@link LoginImpact.free}
   */
  finish(): { changes: LoginImpactChange[]; summary: LoginImpactSummary } {
    return this.#handle.useUp(
      () => this.#chunks.end(),
      (impact, length) => impact.finish(length),
    );
  }

  /** Gives the memory back at once. Any use after it throws `freed`; freeing again is harmless. */
  free(): void {
    this.#handle.free();
  }
}

/** Works with `using` where the runtime has it. */
export interface LoginImpact extends Disposal {}

makeDisposable(LoginImpact.prototype);
