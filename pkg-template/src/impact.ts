import { Chunks } from "./chunks.js";
import { type Disposal, makeDisposable } from "./disposal.js";
import type { Glue } from "./generated/glue.js";
import type { Brake, GroupSyncConfig, ImpactChange, ImpactSummary } from "./generated/types.js";
import { Handle } from "./handle.js";
import { plain } from "./plain.js";
import type { Taken } from "./taken.js";

/**
 * Who would gain or lose what if one configuration replaced another: fed with the users that are known, one line each, it
 * says which of them would have another role or other groups after their next login.
 *
 * Its memory does not grow with the number of users. It is given back by {@link Impact.finish}, {@link Impact.free},
 * `using`, or some time after the object was collected.
 *
 * @category Preview
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the one member that the interface adds is defined below
export class Impact {
  readonly #handle: Handle<InstanceType<Glue["Impact"]>>;
  readonly #chunks = new Chunks();

  /**
   * @param before the configuration in force
   * @param after the configuration that would replace it
   * @param brake how many users may lose something before the summary says `held: true`
   * @throws {GroupSyncError} `invalid-mapping` with diagnostics if one of the mappings has errors; `invalid-input` with a
   * `path` such as `after.catalog.groups[3].requires` if an argument is not of its documented shape
   */
  constructor(before: Taken<GroupSyncConfig>, after: Taken<GroupSyncConfig>, brake?: Taken<Brake>) {
    const given = { before: plain(before, "before"), after: plain(after, "after"), brake: plain(brake, "brake") };
    this.#handle = new Handle(this, "Impact", given, (glue, length) => new glue.Impact(length));
  }

  /**
   * Reads on. The text is JSON Lines, one user a line:
   * `{ "id": string, "claims": {…} | "groups": […], "membership"?: Membership }`. A user without a `membership` is planned
   * as a new member. Blank lines are passed over; a line that cannot be read, or is longer than 4 MiB, is counted in the
   * summary's faults and stops nothing.
   *
   * @param chunk the next piece of the text, or of its UTF-8 bytes. It may be split anywhere: within a line, between the
   * bytes of one character, or between the two halves of a surrogate pair
   * @returns the users on the lines that this chunk ends whose role or groups would differ
   * @throws {GroupSyncError} `invalid-input` with path `chunk` if it is neither a string nor a `Uint8Array`; `freed` after
   * {@link Impact.finish} or {@link Impact.free}
   */
  push(chunk: string | Uint8Array): ImpactChange[] {
    return this.#handle.useOnBytes(
      () => this.#chunks.next(chunk),
      (impact, length) => impact.push(length),
    );
  }

  /**
   * Ends the text, and gives the memory back. The last line needs no line break.
   *
   * @returns the users on the last line, if its end had not been seen, and the totals of all lines
   * @throws {GroupSyncError} `freed` if it is called again, or after {@link Impact.free}
   */
  finish(): { changes: ImpactChange[]; summary: ImpactSummary } {
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
export interface Impact extends Disposal {}

makeDisposable(Impact.prototype);
