// An application's side of the settings, as the views ask for it. What the application does not tell comes from the engine, or is lacking.

import {
  type ClaimOptions,
  effectiveSettings,
  type InstanceSettings,
  readGroups,
  type SettingsCommand,
  suggestClaims,
} from "idp-group-sync";
import type * as host from "idp-group-sync-elements/internal/settings-backend.js";
import { Comparison } from "../../../../server/src/api/impact/comparison.ts";
import { workspacesOfLogin } from "../../../../server/src/login/login-request.ts";
import type { GroupsSeen, ImpactEvent, Person, StoredSettings } from "../backend/answers.js";
import { type Backend, BackendError, type SaveAnswer } from "../backend/backend.js";

/** People at a time; in between, the page gets to paint. */
const PAGE = 200;

/** What only pages that are not embedded ask for. */
const elsewhere = (): never => {
  throw new Error("this is no part of the embedded settings");
};

/** `saved` is told each version that the application has stored. */
export function hostBackend(application: host.SettingsBackend, saved: (version: number) => void): Backend {
  const lacks: Backend["lacks"] = [
    ...(application.save ? [] : ["saving" as const]),
    ...(application.people ? [] : ["people" as const]),
  ];
  let stored: host.StoredSettings | undefined;
  let known: Promise<readonly host.KnownPerson[]> | undefined;
  const people = () => {
    known ??= asked(async () => (await application.people?.()) ?? []);
    // What failed is asked for again.
    known.catch(() => {
      known = undefined;
    });
    return known;
  };
  const claims = async () => (await people()).map((person) => person.claims);

  return {
    lacks,
    me: async () => ({
      user: personOf(0, "", undefined),
      method: "",
      superAdmin: true,
      singleSignOn: false,
      lockoutToTry: null,
      csrfToken: "",
    }),
    async settings() {
      stored = await asked(() => application.settings());
      return storedOf(stored);
    },
    async workspaces() {
      const workspaces = await asked(() => application.workspaces());
      const members = (id: string, all: readonly host.KnownPerson[]) =>
        all.filter(({ login }) => login.workspaces.some((one) => one.id === id && one.member !== "none")).length;
      const all = await people().catch(() => []);
      return workspaces.map(({ id, name, catalog }) => ({
        id,
        name,
        catalog,
        catalogVersion: 0,
        members: members(id, all),
      }));
    },
    async save(version: number, commands: SettingsCommand[]): Promise<SaveAnswer> {
      const { save } = application;
      if (!save) throw new BackendError({ code: "read-only", message: "the settings can only be looked at" });
      const answer = await asked(() => save.call(application, { version, commands }));
      const base = stored?.settings;
      stored = answer.stored;
      if (answer.status === "saved") {
        saved(stored.version);
        return { status: "applied", stored: storedOf(stored), expectations: [] };
      }
      const error = { code: "stale-version", message: "the settings have changed" };
      const current = storedOf(stored);
      return { status: "stale", stale: { error, current, base: base ?? stored.settings, yours: null } };
    },
    groups: async (claim) => groupsSeen(await claims(), claim),
    groupsOfUsers: async (claim) => ({ users: (await claims()).map((one) => readGroups(one, claim).groups) }),
    claimSought: async (claim) => suggestClaims(await claims(), { claim }),
    labels: async () => [],
    async *impact(after, signal) {
      const before = stored;
      if (!before) return elsewhere();
      const workspaces = await asked(() => application.workspaces());
      yield* impactOf(before, after, workspaces, await people(), signal);
    },
    scenarios: async () => ({ instance: { version: 0, scenarios: [], guarantees: [] }, workspaces: [] }),
    versions: elsewhere,
    version: elsewhere,
    createWorkspace: elsewhere,
    renameWorkspace: elsewhere,
    workspace: elsewhere,
    deleteWorkspace: elsewhere,
    createGroup: elsewhere,
    users: elsewhere,
    saveLabels: elsewhere,
    preview: elsewhere,
    loginFacts: elsewhere,
    saveScenarios: elsewhere,
    audit: elsewhere,
    auditEntry: elsewhere,
  };
}

/** Whatever the application throws is told to whoever waits for it. */
async function asked<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    throw new BackendError({ code: "application", message: error instanceof Error ? error.message : String(error) });
  }
}

function storedOf({ version, settings, changedAt, changedBy }: host.StoredSettings): StoredSettings {
  return {
    version,
    settings,
    mended: false,
    effective: settings.workspaces.map(({ id }) => effectiveSettings(settings, id)),
    changedAt,
    changedBy: changedBy === undefined ? null : personOf(0, changedBy, undefined),
  };
}

function personOf(id: number, name: string, email: string | undefined): Person {
  return { id, name, email: email ?? null, emailVerified: true };
}

function groupsSeen(tokens: object[], claim: ClaimOptions): GroupsSeen {
  const users = new Map<string, number>();
  for (const token of tokens) {
    for (const name of readGroups(token, claim).groups) users.set(name, (users.get(name) ?? 0) + 1);
  }
  const groups = [...users]
    .map(([name, count]) => ({ name, users: count, lastSeen: "", via: null }))
    .toSorted((a, b) => b.users - a.users || (a.name < b.name ? -1 : 1));
  // When these people signed in is not known, so it is not told which sources nobody had lately.
  return { tokens: tokens.length, since: "", recent: 0, groups, more: false, former: [] };
}

async function* impactOf(
  { version, settings: before }: host.StoredSettings,
  after: InstanceSettings,
  all: readonly host.SettingsWorkspace[],
  people: readonly host.KnownPerson[],
  signal: AbortSignal,
): AsyncGenerator<ImpactEvent> {
  const listed = new Set([...before.workspaces, ...after.workspaces].map(({ id }) => id));
  const workspaces = all.filter(({ id }) => listed.has(id));
  const catalogs = Object.fromEntries(all.map(({ id, catalog }) => [id, catalog]));
  // Which claims were seen, the application says of each login.
  const comparison = new Comparison(before, after, catalogs, []);
  const ids = workspaces.map(({ id }) => id);
  const existing = all.map(({ id }) => id);
  try {
    yield {
      type: "start",
      settingsVersion: version,
      users: people.length,
      withoutClaims: 0,
      workspaces: workspaces.map(({ id, name }) => ({ id, name })),
      groupSync: { before: before.enabled, after: after.enabled },
    };
    for (let done = 0; done < people.length; done += PAGE) {
      const logins = people.slice(done, done + PAGE).map(({ name, email, claims, login }, index) => ({
        user: personOf(done + index + 1, name, email),
        claims: JSON.stringify(claims),
        request: { ...login, workspaces: workspacesOfLogin(login.workspaces, ids, existing) },
      }));
      yield* comparison.compare(logins);
      yield { type: "progress", users: Math.min(done + PAGE, people.length) };
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
    }
    yield { type: "summary", totals: comparison.finish() };
  } finally {
    comparison.free();
  }
}
