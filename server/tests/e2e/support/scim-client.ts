// A directory's SCIM client: it asks until it has an answer, and takes it for done that what it sent before its answer was lost is there.

import { setTimeout as delay } from "node:timers/promises";

export interface ScimAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a resource of whatever kind
  body: any;
}

const patience = 120_000;

export class ScimClient {
  readonly #origins: () => string[];
  readonly #token: string;
  #turn = 0;
  /** How many requests had no answer. */
  unanswered = 0;

  /** By turns to each of the servers. */
  constructor(origins: () => string[], token: string) {
    this.#origins = origins;
    this.#token = token;
  }

  /** Sends a request again until a server answers it. */
  async ask(method: string, path: string, body?: unknown): Promise<ScimAnswer> {
    for (const deadline = Date.now() + patience; ; ) {
      const origins = this.#origins();
      this.#turn += 1;
      try {
        const response = await fetch(`${origins[this.#turn % origins.length]}/scim/v2${path}`, {
          method,
          headers: { authorization: `Bearer ${this.#token}`, "content-type": "application/scim+json" },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        const text = await response.text();
        if (response.status !== 503 && response.status !== 429)
          return { status: response.status, body: text === "" ? null : JSON.parse(text) };
      } catch (error) {
        if (Date.now() > deadline) throw error;
        this.unanswered += 1;
      }
      await delay(50);
    }
  }

  /** The id of a new resource; or of the one that an unanswered request has made. */
  async create(kind: "Users" | "Groups", resource: Record<string, unknown>): Promise<string> {
    const { status, body } = await this.ask("POST", `/${kind}`, resource);
    if (status === 201) return body.id;
    const [name, value] = kind === "Users" ? ["userName", resource.userName] : ["displayName", resource.displayName];
    const found = await this.ask("GET", `/${kind}?filter=${encodeURIComponent(`${name} eq ${JSON.stringify(value)}`)}`);
    const id = found.body?.Resources?.[0]?.id;
    if (status !== 409 || !id) throw new Error(`${kind} ${value}: ${status} ${JSON.stringify(body)}`);
    return id;
  }

  async patch(kind: "Users" | "Groups", id: string, ...operations: object[]): Promise<void> {
    const message = { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: operations };
    const { status, body } = await this.ask("PATCH", `/${kind}/${id}`, message);
    if (status !== 200 && status !== 204) throw new Error(`PATCH ${kind}: ${status} ${JSON.stringify(body)}`);
  }

  async remove(kind: "Users" | "Groups", id: string): Promise<void> {
    const { status } = await this.ask("DELETE", `/${kind}/${id}`);
    if (status !== 204 && status !== 404) throw new Error(`DELETE ${kind}: ${status}`);
  }
}
