// The login server's API. Its answers are taken as they are: the server checks them against the schemas that their types come from.

import type { InstanceSettings } from "idp-group-sync";
import type { ImpactEvent, ImpactToConfirm, Me, StaleSettings, StoredSettings } from "./answers.js";
import { type Backend, BackendError, type Failure, type SaveAnswer, type ScenariosAnswer } from "./backend.js";

type Method = "GET" | "POST" | "PUT";

interface Request {
  body?: unknown;
  signal?: AbortSignal | undefined;
  /** Statuses whose answers are no failures. */
  also?: number[];
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

  async function askOnce(method: Method, path: string, { body, signal, also = [] }: Request): Promise<Response> {
    if (method !== "GET") csrfToken ??= (await me()).csrfToken;
    const response = await fetch(`${address}${path}`, {
      method,
      signal: signal ?? null,
      headers: {
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(method !== "GET" && csrfToken !== undefined && { "csrf-token": csrfToken }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      throw new BackendError({ code: "unreachable", message: "the server cannot be reached" });
    });
    if (response.ok || also.includes(response.status)) return response;
    throw new BackendError(await failureOf(response));
  }

  async function get<Answer>(path: string, query: object = {}, signal?: AbortSignal): Promise<Answer> {
    const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
    const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
    return (await ask("GET", search.size > 0 ? `${path}?${search}` : path, { signal })).json();
  }

  async function send<Answer>(path: string, body: unknown, signal?: AbortSignal): Promise<Answer> {
    return (await ask("POST", path, { body, signal })).json();
  }

  async function me(): Promise<Me> {
    const answer: Me = await (await askOnce("GET", "/me", {})).json();
    csrfToken = answer.csrfToken;
    return answer;
  }

  const backend: Backend = {
    me,
    settings: () => get("/settings"),
    async save(version, commands, confirmed): Promise<SaveAnswer> {
      const response = await ask("POST", "/settings/save", { body: { version, commands, confirmed }, also: [409] });
      if (response.status === 409) {
        const answer = (await response.json()) as StaleSettings | (ImpactToConfirm & { error: Failure });
        if ("current" in answer) return { status: "stale", stale: answer };
        const { error: _, ...impact } = answer;
        return { status: "unconfirmed", impact };
      }
      return (await response.json()) as SaveAnswer & { stored: StoredSettings };
    },
    workspaces: async () => (await get<{ workspaces: [] }>("/workspaces")).workspaces,
    users: (query, signal) => get("/users", query, signal),
    claims: () => get("/claims"),
    groups: (claim) => send("/claims/groups", { claim }),
    groupsOfUsers: (claim) => send("/claims/users", { claim }),
    claimSought: (claim) => send("/claims/suggestions", { claim }),
    preview: (request, signal) => send("/preview", request, signal),
    async *impact(settings: InstanceSettings, signal: AbortSignal) {
      const { body } = await ask("POST", "/impact", { body: { settings }, signal });
      if (!body) throw new BackendError({ code: "internal", message: "the server gave no answer" });
      yield* lines<ImpactEvent>(body);
    },
    scenarios: () => get("/scenarios"),
    async saveScenarios(workspace, version, scenarios): Promise<ScenariosAnswer> {
      const path = workspace === null ? "instance" : `workspaces/${encodeURIComponent(workspace)}`;
      const response = await ask("PUT", `/scenarios/${path}`, { body: { version, scenarios }, also: [409] });
      const answer = await response.json();
      if (response.status === 409) return { status: "stale", current: answer.current };
      return { status: "saved", set: answer };
    },
    audit: (query, signal) => get("/audit", query, signal),
    auditEntry: (id) => get(`/audit/${id}`),
  };
  return backend;
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
