// The login server's API. Its answers are taken as they are: the server checks them against the schemas that their types come from.

import type { InstanceSettings } from "idp-group-sync";
import type {
  ChangedUser,
  GroupLabel,
  Held,
  ImpactEvent,
  ImpactToConfirm,
  Me,
  ReconcileRun,
  SavedSet,
  ScenarioSet,
  ScimToken,
  StaleSettings,
  StoredSettings,
  TestSignIn,
  UserConflict,
  WorkspaceLosses,
} from "./answers.js";
import {
  type Backend,
  BackendError,
  type DeletionAnswer,
  type Failure,
  type PersonAnswer,
  type SaveAnswer,
  type ScenariosAnswer,
} from "./backend.js";

/** Why nothing was saved. */
type Conflict = StaleSettings | ImpactToConfirm | Held | { stale: SavedSet[] };

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

interface Request {
  body?: unknown;
  signal?: AbortSignal | undefined;
  /** Statuses whose answers are no failures. */
  also?: number[];
  /** Whether it is somebody's own, and not to be asked for as somebody else. */
  own?: boolean;
}

/** `address` is where the API is. */
export function serverBackend(address: string): Backend {
  let csrfToken: string | undefined;

  async function ask(method: Method, path: string, request: Request = {}): Promise<Response> {
    for (let renewed = false; ; ) {
      try {
        return await askOnce(method, path, request);
      } catch (error) {
        const code = error instanceof BackendError ? error.code : null;
        if (code === "csrf-token" && !renewed) renewed = true;
        else if (code === "not-signed-in" && backend.signInAgain) await backend.signInAgain();
        else throw error;
        csrfToken = undefined;
      }
    }
  }

  async function askOnce(method: Method, path: string, { body, signal, also = [], own }: Request): Promise<Response> {
    if (own && (await me()).user.id !== backend.person) {
      throw new BackendError({ code: "not-signed-in", message: "somebody else is signed in" });
    }
    if (method !== "GET") csrfToken ??= (await me()).csrfToken;
    const response = await fetch(`${address}${path}`, {
      method,
      signal: signal ?? null,
      headers: {
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(method !== "GET" && csrfToken !== undefined && { "csrf-token": csrfToken }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch(unreachable);
    if (response.ok || also.includes(response.status)) return response;
    throw new BackendError(await failureOf(response));
  }

  async function get<Answer>(path: string, query: object = {}, signal?: AbortSignal): Promise<Answer> {
    const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
    const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
    return read(await ask("GET", search.size > 0 ? `${path}?${search}` : path, { signal }));
  }

  async function send<Answer>(path: string, body: unknown, signal?: AbortSignal): Promise<Answer> {
    return read(await ask("POST", path, { body, signal }));
  }

  async function changePeople(path: string, body: object): Promise<PersonAnswer> {
    const response = await ask("POST", path, { body, also: [409], own: true });
    if (response.status === 409) return { status: "conflict", ...(await read<UserConflict>(response)) };
    return { status: "done", ...(await read<ChangedUser>(response)) };
  }

  async function me(): Promise<Me> {
    const answer = await read<Me>(await askOnce("GET", "/me", {}));
    csrfToken = answer.csrfToken;
    return answer;
  }

  const backend: Backend = {
    me,
    settings: () => get("/settings"),
    versions: (before, signal) => get("/settings/versions", { before, limit: 20 }, signal),
    version: (version) => get(`/settings/versions/${version}`),
    async save(version, commands, more): Promise<SaveAnswer> {
      const body = { version, commands, ...more };
      const response = await ask("POST", "/settings/save", { body, also: [409], own: true });
      if (response.status === 409) {
        const conflict = await read<Conflict & { error: Failure }>(response);
        if (conflict.error.code !== "stale-expectations") return conflictOf(conflict);
        return { status: "stale-expectations", stale: (conflict as { stale: SavedSet[] }).stale };
      }
      return read<SaveAnswer & { stored: StoredSettings; expectations: SavedSet[] }>(response);
    },
    workspaces: async () => (await get<{ workspaces: [] }>("/workspaces")).workspaces,
    createWorkspace: async (of) => read(await ask("POST", "/workspaces", { body: of, own: true })),
    async renameWorkspace(workspace, name) {
      await ask("PATCH", pathOf(workspace), { body: { name }, own: true });
    },
    workspace: (workspace) => get(pathOf(workspace)),
    async deleteWorkspace(workspace, { confirmed, ...of }): Promise<DeletionAnswer> {
      const { count, unknown } = { count: undefined, unknown: undefined, ...confirmed };
      const given = Object.entries({ ...of, confirmed: count, unknown }).filter(([, value]) => value !== undefined);
      const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
      const response = await ask("DELETE", `${pathOf(workspace)}?${query}`, { also: [409], own: true });
      if (response.ok) return { status: "deleted", ...(await read<{ stored: StoredSettings }>(response)) };
      const conflict = await read<(Conflict | { losses: WorkspaceLosses }) & { error: Failure }>(response);
      return "losses" in conflict ? { status: "changed", losses: conflict.losses } : conflictOf(conflict);
    },
    async createGroup(workspace, group) {
      await ask("POST", `${pathOf(workspace)}/groups`, { body: group, own: true });
    },
    users: (query, signal) => get("/users", query, signal),
    groups: (claim) => send("/claims/groups", { claim }),
    groupsOfUsers: (claim) => send("/claims/users", { claim }),
    claimSought: (claim) => send("/claims/suggestions", { claim }),
    labels: async () => (await get<{ labels: GroupLabel[] }>("/claims/labels")).labels,
    async saveLabels(changes) {
      const response = await ask("PUT", "/claims/labels", { body: { labels: changes }, own: true });
      return (await read<{ labels: GroupLabel[] }>(response)).labels;
    },
    preview: (request, signal) => send("/preview", request, signal),
    loginFacts: ({ ids, claims }, signal) => send("/preview/facts", { userIds: ids, claims }, signal),
    testSignIn: async () => (await get<{ testSignIn: TestSignIn | null }>("/preview/test-sign-in")).testSignIn,
    async *impact(settings: InstanceSettings, signal: AbortSignal) {
      const { body } = await ask("POST", "/impact", { body: { settings }, signal });
      if (!body) throw new BackendError({ code: "internal", message: "the server gave no answer" });
      yield* lines<ImpactEvent>(body);
    },
    scenarios: () => get("/scenarios"),
    async saveScenarios(workspace, set): Promise<ScenariosAnswer> {
      const path = workspace === null ? "instance" : `workspaces/${encodeURIComponent(workspace)}`;
      const response = await ask("PUT", `/scenarios/${path}`, { body: set, also: [409], own: true });
      if (response.status === 409) {
        const { current } = await read<{ current: ScenarioSet }>(response);
        return { status: "stale", current };
      }
      return { status: "saved", set: await read(response) };
    },
    people: {
      user: (id, signal) => get(`/users/${id}`, {}, signal),
      change: (id, change, asked) => changePeople(`/users/${id}/${change}`, asked),
      invite: (invitation) => changePeople("/users", invitation),
    },
    providers: {
      list: () => get("/providers"),
      async create(provider) {
        await ask("POST", "/providers", { body: provider, own: true });
      },
      async change(id, version, provider) {
        await ask("PUT", `/providers/${id}`, { body: { ...provider, version }, own: true });
      },
      async delete(id, { version, users }) {
        await ask("DELETE", `/providers/${id}?version=${version}&users=${users}`, { own: true });
      },
      tokens: async (id) => (await get<{ tokens: ScimToken[] }>(`/providers/${id}/tokens`)).tokens,
      issueToken: async (id, name) => read(await ask("POST", `/providers/${id}/tokens`, { body: { name }, own: true })),
      async revokeToken(id, token) {
        const response = await ask("DELETE", `/providers/${id}/tokens/${token}`, { own: true });
        return (await read<{ tokens: ScimToken[] }>(response)).tokens;
      },
    },
    reconciling: {
      runs: (query, signal) => get("/reconcile-runs", query, signal),
      run: (id, query) => get(`/reconcile-runs/${id}`, query),
      beginRun: async (provider) => runOf(await ask("POST", "/reconcile-runs", { body: { provider }, own: true })),
      applyRun: async (id, people, note) =>
        runOf(await ask("POST", `/reconcile-runs/${id}/apply`, { body: { people, note }, own: true })),
      dismissRun: async (id) => runOf(await ask("POST", `/reconcile-runs/${id}/dismiss`, { body: {}, own: true })),
    },
    audit: (query, signal) => get("/audit", query, signal),
    auditEntry: (id) => get(`/audit/${id}`),
  };
  return backend;
}

const pathOf = (workspace: string) => `/workspaces/${encodeURIComponent(workspace)}`;

function conflictOf({ error, ...answer }: Conflict & { error: Failure }) {
  switch (error.code) {
    case "expectations-unconfirmed":
      return { status: "unmet" as const, held: answer as Held };
    case "impact-unconfirmed":
      return { status: "unconfirmed" as const, impact: answer as ImpactToConfirm };
    default:
      return { status: "stale" as const, stale: { error, ...answer } as StaleSettings };
  }
}

async function runOf(response: Response): Promise<ReconcileRun> {
  return (await read<{ run: ReconcileRun }>(response)).run;
}

/** An answer may break off, or be that of something between here and the server. */
function read<Answer>(response: Response): Promise<Answer> {
  return response.json().catch(unreachable);
}

function unreachable(error: unknown): never {
  if (error instanceof DOMException && error.name === "AbortError") throw error;
  throw new BackendError({ code: "unreachable", message: "the server cannot be reached" });
}

async function failureOf(response: Response): Promise<Failure> {
  try {
    const { error } = (await response.json()) as { error: Failure };
    if (typeof error.code === "string") return error;
  } catch {
    // No JSON: something between here and the server answered.
  }
  return { code: "unreachable", message: `the server cannot be reached (${response.status})` };
}

/** The values of a text in which each line is one. */
async function* lines<Value>(body: ReadableStream<Uint8Array>): AsyncGenerator<Value> {
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value = "" } = await reader.read();
      const [last = "", ...before] = `${rest}${value}`.split("\n").reverse();
      rest = last;
      for (const line of before.reverse()) if (line !== "") yield JSON.parse(line);
      if (done) break;
    }
    if (rest !== "") yield JSON.parse(rest);
  } finally {
    await reader.cancel().catch(() => {});
  }
}
