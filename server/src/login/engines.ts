// Compiled settings, kept from login to login: they change rarely, and every login needs them.

import { type Catalog, type ClaimOptions, GroupSyncError, type InstanceSettings, LoginSync } from "idp-group-sync";
import { inSpan } from "../telemetry/spans.ts";

/** Which settings and which catalogs: everything that a compiled `LoginSync` depends on. */
export interface EngineVersion {
  settings: number;
  catalogs: Record<string, number>;
  /** The claims that no token has carried. */
  unseen?: readonly ClaimOptions[];
}

export interface EngineDocuments {
  settings: InstanceSettings;
  catalogs: Record<string, Catalog>;
}

export class Engines {
  readonly #capacity: number;
  /** The one that was used last stands last. */
  readonly #compiled = new Map<string, LoginSync>();

  /** More than one, as logins that began before a change still need the version before. */
  constructor(capacity = 3) {
    this.#capacity = capacity;
  }

  /**
   * Calls `decide` with the engine of this version. `documents` is asked only if it has to be compiled. `decide` is not asynchronous, so
   * whatever is freed here is in nobody's hands.
   */
  async use<Result>(
    version: EngineVersion,
    documents: () => Promise<EngineDocuments>,
    decide: (sync: LoginSync) => Result,
  ): Promise<Result> {
    const { settings, catalogs, unseen = [] } = version;
    const key = JSON.stringify([settings, Object.entries(catalogs).sort(), unseen]);
    if (!this.#compiled.has(key)) this.#keep(key, await documents());
    try {
      return inSpan("engine", () => decide(this.#engine(key)));
    } catch (error) {
      if (!(error instanceof GroupSyncError && error.code === "internal")) throw error;
      // The engine had to be started anew, and takes no object of before. What was asked may not have been its undoing, so ask once more.
      this.free();
      this.#keep(key, await documents());
      return decide(this.#engine(key));
    }
  }

  free(): void {
    for (const sync of this.#compiled.values()) sync.free();
    this.#compiled.clear();
  }

  #engine(key: string): LoginSync {
    const sync = this.#compiled.get(key);
    if (!sync) throw new Error("the engine was freed between being compiled and being used");
    this.#compiled.delete(key);
    this.#compiled.set(key, sync);
    return sync;
  }

  #keep(key: string, { settings, catalogs }: EngineDocuments): void {
    if (this.#compiled.has(key)) return; // another login has compiled it meanwhile
    this.#compiled.set(key, new LoginSync(settings, catalogs));
    for (const [oldest, sync] of this.#compiled) {
      if (this.#compiled.size <= this.#capacity) break;
      sync.free();
      this.#compiled.delete(oldest);
    }
  }
}
