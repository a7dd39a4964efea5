// The rules compiled: once for as long as they stay as they are.

import { type Catalog, GroupSync, GroupSyncError, LoginSync } from "idp-group-sync";
import { ONLY_WORKSPACE, type Rulebook } from "./configuration.js";

/** How many versions are kept: with groups that are made on the way, users differ in what they need. */
const KEPT = 16;

/** Compiled rules, by what they say. */
export class CompiledRules {
  readonly #versions = new Map<string, LoginSync>();
  /** The same by the rules themselves, where they are not got anew for each login. */
  #known = new WeakMap<Rulebook, LoginSync>();

  /** The engine for these rules. */
  sync(rules: Rulebook): LoginSync {
    const known = this.#known.get(rules);
    if (known !== undefined) return known;
    const { settings, catalogs } = rules;
    const key = JSON.stringify([settings, catalogs]);
    const sync = this.#versions.get(key) ?? new LoginSync(settings, catalogs);
    this.#versions.delete(key);
    this.#versions.set(key, sync);
    for (const [oldest] of this.#versions) {
      if (this.#versions.size <= KEPT) break;
      this.#versions.delete(oldest);
    }
    this.#known.set(rules, sync);
    return sync;
  }

  /** Whatever was compiled is lost where the engine stopped. */
  forget(): void {
    this.#versions.clear();
    this.#known = new WeakMap();
  }
}

/**
 * Throws for rules that no login could go by: a mapping with errors fails at the start of the application, not at the first login.
 *
 * @throws {GroupSyncError} as the constructor of `GroupSync`, with paths of this configuration: `groups[3].requires`
 */
export function requireRunnable({ settings: { claim, mapping, policy }, catalogs }: Rulebook): void {
  const catalog: Catalog = catalogs[ONLY_WORKSPACE] ?? { groups: [] };
  try {
    new GroupSync({ claim, mapping, policy, catalog }).free();
  } catch (error) {
    const { code, problem, path, diagnostics } = error as GroupSyncError;
    if (path === undefined) throw error;
    throw new GroupSyncError(code, problem, { path: path.replace(/^catalog\./, ""), diagnostics, cause: error });
  }
}
