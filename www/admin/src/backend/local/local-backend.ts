// The back end of the static demo: the browser's storage, and the engine. It answers as the server does.

import { type ClaimOptions, effectiveSettings, type InstanceSettings } from "idp-group-sync";
import { type Held, hold, listedSets, requireRunnable } from "../../../../../server/src/api/scenarios/hold.ts";
import { outcomeFields } from "../../../../../server/src/login/fields.ts";
import { runCommands } from "../../../../../server/src/settings/commands.ts";
import type { LoginFacts, Preview, PreviewRequest, SavedSet, ScenarioSet } from "../answers.js";
import { type Backend, BackendError, type DeletionAnswer, type SaveAnswer } from "../backend.js";
import { listLogins, readLogin } from "./activity.js";
import { type Keep, type LocalData, LocalStore, type LocalUser, personOf, userOf } from "./data.js";
import { addGroup } from "./groups.js";
import { impactOf, totalImpact } from "./impact.js";
import { decide, factsOf, signIn, unseenOf } from "./login.js";
import { localPeople, shownUser } from "./people.js";
import { lockoutToTry } from "./sample.js";
import { changeLabels, claimSought, groupsOfUsers, groupsSeen } from "./seen.js";
import { listVersions, storedSettings } from "./versions.js";
import { createWorkspace, detailsOf, forgetWorkspace, renameWorkspace, shownWorkspaces } from "./workspaces.js";

const actor = { superAdmin: true };
const none: ScenarioSet = { version: 0, scenarios: [], guarantees: [] };

export function localBackend(keep: Keep): Backend {
  const store = new LocalStore(keep);

  const backend: Backend = {
    async me() {
      const user = personOf(superAdmin(store.data));
      return { user, method: "password", superAdmin: true, singleSignOn: false, lockoutToTry, csrfToken: "" };
    },
    settings: async () => storedSettings(store.data, store.data.versions.length),
    versions: async (before) => listVersions(store.data, before),
    version: async (version) => storedSettings(store.data, version),
    async save(version, commands, { confirmed, failing = 0, expectations = [] } = {}): Promise<SaveAnswer> {
      const { data } = store;
      const base = data.versions[version - 1]?.settings;
      if (!base) throw new BackendError({ code: "unknown-version", message: "there never was this version" });
      const result = runCommands(base, commands, actor);
      if (version !== data.versions.length) {
        const current = storedSettings(data, data.versions.length);
        const message = `the settings have changed: version ${current.version} holds now`;
        const yours = result.status === "rejected" ? null : result.settings;
        return { status: "stale", stale: { error: { code: "stale-version", message }, current, base, yours } };
      }
      if (result.status === "rejected") throw new BackendError(result.rejection);
      if (result.status === "confirm") {
        const warnings = result.warnings.map(({ index, warning }) => ({ path: `commands[${index}]`, warning }));
        return { status: "confirm", warnings };
      }
      const stale = staleOf(data, expectations);
      if (stale.length > 0) return { status: "stale-expectations", stale };
      for (const { set } of expectations) requireRunnable(set);
      if (JSON.stringify(result.settings) !== JSON.stringify(base)) {
        const { toConfirm, denied, refused, topRoleLost } = totalImpact(data, result.settings);
        const isConfirmed = confirmed && "count" in confirmed && confirmed.count === toConfirm;
        if (toConfirm > 0 && !isConfirmed) {
          return { status: "unconfirmed", impact: { toConfirm, denied, refused, topRoleLost } };
        }
        const held = holdAll(data, result.settings, expectations);
        if (held.failing !== failing) return { status: "unmet", held };
        const changed = { changedAt: new Date().toISOString(), changedBy: personOf(superAdmin(data)) };
        data.versions.push({ settings: result.settings, ...changed });
      }
      const sets = expectations.map((saved) => keepSet(data, saved));
      store.write();
      return { status: "applied", stored: storedSettings(data, data.versions.length), expectations: sets };
    },
    workspaces: async () => shownWorkspaces(store.data),
    async createWorkspace(of) {
      const made = createWorkspace(store.data, of);
      store.write();
      return made;
    },
    async renameWorkspace(workspace, name) {
      renameWorkspace(store.data, workspace, name);
      store.write();
    },
    workspace: async (workspace) => detailsOf(store.data, workspace),
    async deleteWorkspace(workspace, { version, members, newDefault, ...confirmed }): Promise<DeletionAnswer> {
      const { losses, listed } = detailsOf(store.data, workspace);
      if (store.data.workspaces.length === 1) {
        throw new BackendError({ code: "last-workspace", message: "the application needs a workspace" });
      }
      if (losses.members !== members) return { status: "changed", losses };
      const remove = { type: "remove-workspace" as const, workspace, confirmed: true };
      const command = newDefault === undefined ? remove : { ...remove, newDefault };
      const answer = await backend.save(version, listed ? [command] : [], confirmed);
      if (answer.status === "confirm" || answer.status === "stale-expectations") {
        throw new Error("a removal that was confirmed asks again");
      }
      if (answer.status !== "applied") return answer;
      forgetWorkspace(store.data, workspace);
      store.write();
      return { status: "deleted", stored: answer.stored };
    },
    async createGroup(workspace, group) {
      addGroup(store.data, workspace, group);
      store.write();
    },
    async users({ search = "", workspace, status, archivedBySync, exempt, superAdmin, after = 0, limit = 50 }) {
      const wanted = search.toLocaleLowerCase();
      const found = store.data.users.filter(
        ({ id, name, email, subject, memberships, ...user }) =>
          id > after &&
          (status ?? user.status) === user.status &&
          (archivedBySync === undefined ||
            (user.status === "archived" && archivedBySync === (user.archivedBySync ?? false))) &&
          (exempt === undefined || exempt === (user.exempt ?? false)) &&
          (superAdmin === undefined || superAdmin === user.superAdmin) &&
          `${name}\n${email}\n${subject}`.toLocaleLowerCase().includes(wanted) &&
          (workspace === undefined || workspace in memberships),
      );
      const users = found.slice(0, limit).map(shownUser);
      return { users, next: found.length > limit ? (users.at(-1)?.id ?? null) : null };
    },
    groups: async (claim) => groupsSeen(store.data, claim),
    groupsOfUsers: async (claim) => groupsOfUsers(store.data, claim),
    claimSought: async (claim) => claimSought(store.data, claim),
    labels: async () => store.data.labels,
    async saveLabels(changes) {
      changeLabels(store.data, changes);
      store.write();
      return store.data.labels;
    },
    preview: async (request) => preview(store.data, request),
    loginFacts: async ({ ids, claims }) => loginFacts(store.data, ids, claims),
    impact: (settings, signal) => impactOf(store.data, settings, signal),
    async scenarios() {
      const sets = store.data.scenarios;
      return {
        instance: sets.find(({ workspace }) => workspace === null)?.set ?? none,
        workspaces: sets.flatMap(({ workspace, set }) => (workspace === null ? [] : { workspace, set })),
      };
    },
    async saveScenarios(workspace, set) {
      const [stale] = staleOf(store.data, [{ workspace, set }]);
      if (stale) return { status: "stale", current: stale.set };
      // The engine refuses what could never be run.
      requireRunnable(set);
      const saved = keepSet(store.data, { workspace, set });
      store.write();
      return { status: "saved", set: saved.set };
    },
    people: localPeople(store, () => superAdmin(store.data)),
    audit: async (query) => listLogins(store.data, query),
    auditEntry: async (id) => readLogin(store.data, id),
    async signInAs(userId) {
      const entry = signIn(store.data, userOf(store.data, userId), new Date());
      store.write();
      return entry;
    },
    async startAnew(from) {
      store.begin(from);
    },
  };
  return backend;
}

/** Those that somebody else has changed, as they are now. */
function staleOf({ scenarios }: LocalData, sets: SavedSet[]): SavedSet[] {
  const current = (workspace: string | null) => scenarios.find((kept) => kept.workspace === workspace)?.set ?? none;
  return sets
    .filter(({ workspace, set }) => current(workspace).version !== set.version)
    .map(({ workspace }) => ({ workspace, set: current(workspace) }));
}

function keepSet(data: LocalData, { workspace, set: { version, scenarios, guarantees } }: SavedSet): SavedSet {
  const saved = { workspace, set: { version: version + 1, scenarios, guarantees } };
  data.scenarios = [...data.scenarios.filter((kept) => kept.workspace !== workspace), saved];
  return saved;
}

/** Everything that is expected of these settings, some of it as it is saved with them. */
function holdAll({ scenarios, workspaces }: LocalData, settings: InstanceSettings, unsaved: SavedSet[]): Held {
  const sets = new Map([...scenarios, ...unsaved].map(({ workspace, set }) => [workspace, set]));
  const catalogs = Object.fromEntries(workspaces.map(({ id, catalog }) => [id, catalog]));
  return hold(settings, listedSets(settings, sets), catalogs);
}

function preview(data: LocalData, { settings: unsaved, userId, claims: pasted }: PreviewRequest): Preview {
  const user = userId === undefined ? null : userOf(data, userId);
  const claims = pasted ?? user?.claims?.claims;
  if (!claims) {
    const message = "this user has not signed in with single sign-on yet, so their claims are not known; give some";
    throw new BackendError({ code: "no-known-claims", message, path: "claims" });
  }
  const stored = storedSettings(data, data.versions.length);
  const settings = unsaved ?? stored.settings;
  const { outcome, workspaces } = decide(data, settings, user, claims);
  const listed = settings.workspaces.map(({ id }) => id);
  return {
    settingsVersion: unsaved ? null : stored.version,
    user: user && personOf(user),
    claims,
    outcome: outcomeFields(outcome),
    workspaces: workspaces.map(({ id, member, membership }) => ({
      id,
      name: data.workspaces.find((workspace) => workspace.id === id)?.name ?? id,
      member,
      membership: membership ?? null,
      effective: listed.includes(id) ? effectiveSettings(settings, id) : null,
    })),
  };
}

function loginFacts(data: LocalData, userIds: number[], claims: ClaimOptions[]): LoginFacts {
  return {
    workspaces: data.workspaces,
    somebodyNew: factsOf(data, null),
    unseenClaims: unseenOf(data, claims),
    users: data.users
      .filter(({ id }) => userIds.includes(id))
      .map((user) => ({ user: personOf(user), claims: user.claims?.claims ?? null, facts: factsOf(data, user) })),
  };
}

function superAdmin({ users }: LocalData): LocalUser {
  const found = users.find((user) => user.superAdmin && user.status === "active");
  if (!found) throw new Error("the demo has no super admin");
  return found;
}
