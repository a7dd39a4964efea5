// A server to which the SCIM client of an identity provider speaks.

import type { FastifyInstance } from "fastify";
import { issueScimToken } from "../../src/providers/scim-tokens.ts";
import { buildServer, type ServerOptions } from "../../src/server.ts";
import { type Instance, issuer, newInstance } from "./instance.ts";

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the tests are about
type Answered = any;

export interface ScimAnswer {
  status: number;
  headers: Record<string, unknown>;
  body: Answered;
}

export interface ScimClient {
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<ScimAnswer>;
  get(path: string, headers?: Record<string, string>): Promise<ScimAnswer>;
  /** Makes a user, who is active, and gives their id. */
  user(userName: string, more?: Record<string, unknown>): Promise<string>;
  group(displayName: string, members?: string[], more?: Record<string, unknown>): Promise<string>;
  patch(path: string, ...operations: unknown[]): Promise<ScimAnswer>;
}

export interface ScimServer extends ScimClient {
  instance: Instance;
  server: FastifyInstance;
  token: string;
  /** What was logged so far. */
  log: string[];
  /** The client of another provider of the same server. */
  other(id: string, issuer: string): Promise<ScimClient>;
  close(): Promise<void>;
}

export const schemas = {
  user: "urn:ietf:params:scim:schemas:core:2.0:User",
  group: "urn:ietf:params:scim:schemas:core:2.0:Group",
  enterprise: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
  patch: "urn:ietf:params:scim:api:messages:2.0:PatchOp",
  list: "urn:ietf:params:scim:api:messages:2.0:ListResponse",
  error: "urn:ietf:params:scim:api:messages:2.0:Error",
};

export async function scimServer(options: Partial<ServerOptions> = {}): Promise<ScimServer> {
  const instance = await newInstance();
  const log: string[] = [];
  const server = await buildServer({
    database: instance.database,
    origin: new URL("http://localhost:3000"),
    oidc: { issuer: new URL(issuer), clientId: "client", clientSecret: null, scope: "openid", claimsFrom: [] },
    logger: { level: "info", stream: { write: (line: string) => void log.push(line) } },
    ...options,
  });
  const token = await issued("environment");
  return {
    instance,
    server,
    token,
    log,
    ...client(server, token),
    async other(id, otherIssuer) {
      const values = { id, name: id, issuer: new URL(otherIssuer).href, from_environment: false };
      await instance.database.insertInto("providers").values(values).execute();
      return client(server, await issued(id));
    },
    async close() {
      await server.close();
      await instance.close();
    },
  };

  async function issued(provider: string): Promise<string> {
    const { secret } = await issueScimToken(instance.database, { provider, name: "test", by: null }, new Date());
    return secret;
  }
}

export function client(server: FastifyInstance, token: string): ScimClient {
  const self: ScimClient = {
    async send(method, path, body, headers = {}) {
      const answer = await server.inject({
        method: method as "GET",
        url: `/scim/v2${path}`,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body !== undefined && { "content-type": "application/scim+json" }),
          ...headers,
        },
        ...(body !== undefined && { payload: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: answer.payload === "" ? undefined : JSON.parse(answer.payload),
      };
    },
    get: (path, headers) => self.send("GET", path, undefined, headers),
    async user(userName, more = {}) {
      const answer = await self.send("POST", "/Users", { schemas: [schemas.user], userName, active: true, ...more });
      if (answer.status !== 201) throw new Error(`${answer.status}: ${answer.body?.detail}`);
      return answer.body.id;
    },
    async group(displayName, members = [], more = {}) {
      const said = { schemas: [schemas.group], displayName, members: members.map((value) => ({ value })), ...more };
      const answer = await self.send("POST", "/Groups", said);
      if (answer.status !== 201) throw new Error(`${answer.status}: ${answer.body?.detail}`);
      return answer.body.id;
    },
    patch: (path, ...operations) => self.send("PATCH", path, { schemas: [schemas.patch], Operations: operations }),
  };
  return self;
}

/** All that SCIM could change, as text: to hold that nothing of a refused request is there. */
export async function everythingOf({ instance: { database } }: ScimServer): Promise<string> {
  const tables = [
    "scim_users",
    "scim_groups",
    "scim_group_members",
    "users",
    "memberships",
    "group_memberships",
    "audit",
  ] as const;
  const rows = [];
  for (const table of tables) rows.push(await database.selectFrom(table).selectAll().execute());
  const texts = rows.map((some) => some.map((row) => JSON.stringify(row)).sort());
  return JSON.stringify(texts);
}
