import { Chunks } from "./chunks.js";
import { type Disposal, makeDisposable } from "./disposal.js";
import type { Glue } from "./generated/glue.js";
import type { Brake, ReconcileChange, ReconcileSummary } from "./generated/types.js";
import { Handle } from "./handle.js";
import type { LoginConfig } from "./login-impact.js";
import { plain } from "./plain.js";
import type { Taken } from "./taken.js";

/**
 * What becomes of everybody of whom a directory says something: fed with its users, one line each, it says for whom there is
 * something to do. Each is decided as by `LoginSync.reconcile`.
 *
 * Only {@link Reconciliation.finish} tells whether the whole is held, so carry nothing out before.
 *
 * Its memory does not grow with the number of users. It is given back by {@link Reconciliation.finish}, {@link Reconciliation.free},
 * `using`, or some time after the object was collected.
 *
 * @category Decide
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the one member that the interface adds is defined below
export class Reconciliation {
  readonly #handle: Handle<InstanceType<Glue["Reconciliation"]>>;
  readonly #chunks = new Chunks();

  /**
   * @param config what decides
   * @param brake how many users may lose something before the summary says `held: true`
   * @throws {GroupSyncError} `invalid-input` with a `path` such as `config.settings.workspaces[0].id` if an argument is not of its
   * documented shape, or the settings mean nothing. A workspace whose mapping has errors is no error: its plans are skipped
   */
  constructor(config: Taken<LoginConfig>, brake?: Taken<Brake>) {
    const given = { config: plain(config, "config"), brake: plain(brake, "brake") };
    this.#handle = new Handle(this, "Reconciliation", given, (glue, length) => new glue.Reconciliation(length));
  }

  /**
   * Reads on. The text is JSON Lines, one user a line: `{ "id": string, …ReconcileRequest }`. Blank lines are passed over; a line
   * that cannot be read, or is longer than 4 MiB, is counted in the summary's faults and stops nothing.
   *
   * @param chunk the next piece of the text, or of its UTF-8 bytes, split anywhere
   * @returns the users on the lines that this chunk ends for whom there is something to do
   * @throws {GroupSyncError} `invalid-input` with path `chunk` if it is neither a string nor a `Uint8Array`; `freed` after
   * {@link Reconciliation.finish} or {@link Reconciliation.free}
   */
  push(chunk: string | Uint8Array): ReconcileChange[] {
    return this.#handle.useOnBytes(
      () => this.#chunks.next(chunk),
      (reconciliation, length) => reconciliation.push(length),
    );
  }

  /**
   * Ends the text, and gives the memory back. The last line needs no line break.
   *
   * @returns the users on the last line, if its end had not been seen, and the totals of all lines
   * @throws {GroupSyncError} `freed` if it is called again, or after {@link Reconciliation.free}
   */
  finish(): { changes: ReconcileChange[]; summary: ReconcileSummary } {
    return this.#handle.useUp(
      () => this.#chunks.end(),
      (reconciliation, length) => reconciliation.finish(length),
    );
  }

  /** Gives the memory back at once. Any use after it throws `freed`; freeing again is harmless. */
  free(): void {
    this.#handle.free();
  }
}

/** Works with `using` where the runtime has it. */
export interface Reconciliation extends Disposal {}

makeDisposable(Reconciliation.prototype);
