import { type Catalog, GroupSyncError, type InstanceSettings, type LoginRequest, LoginSync } from "idp-group-sync";
import type { DecidedLogin, Facts, Refusal } from "./questions.js";

/** Decides logins as the login server does. What the settings compile to is kept as long as these are the same. */
export class Logins {
  #compiled: { settings: InstanceSettings; catalogs: Facts["catalogs"]; sync: LoginSync } | undefined;

  decide({ logins = [], settings, catalogs = {} }: Facts): DecidedLogin[] {
    if (!settings) return [];
    const sync = this.#sync(settings, catalogs);
    return logins.map((login) => decide(sync, login));
  }

  /** Gives the engine's memory back. */
  free(): void {
    this.#compiled?.sync.free();
    this.#compiled = undefined;
  }

  #sync(settings: InstanceSettings, catalogs: Readonly<Record<string, Catalog>>): LoginSync {
    const last = this.#compiled;
    if (last?.settings === settings && last.catalogs === catalogs) return last.sync;
    this.free();
    // Only what the settings can grant: every catalog is read anew.
    const listed = settings.workspaces.flatMap(({ id }) => (Object.hasOwn(catalogs, id) ? [[id, catalogs[id]]] : []));
    const sync = new LoginSync(settings, Object.fromEntries(listed));
    this.#compiled = { settings, catalogs, sync };
    return sync;
  }
}

function decide(sync: LoginSync, login: LoginRequest): DecidedLogin {
  try {
    return { kind: "outcome", outcome: sync.decide(login) };
  } catch (error) {
    return { kind: "refusal", refusal: refusalOf(error) };
  }
}

/** What the engine refused, as data that a worker can pass on. Anything else is a fault of the page. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof GroupSyncError)) throw error;
  const { code, message, path, diagnostics } = error;
  return { code, message, path, diagnostics };
}
