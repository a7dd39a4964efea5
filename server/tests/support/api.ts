// The API over an instance in memory, asked by a super admin, by somebody else, or by nobody. Every answer is held against the schemas that
// the OpenAPI document has for it.

import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { FastifyInstance } from "fastify";
import { noteFormats } from "../../src/api/validation.ts";
import { buildServer, type ServerOptions } from "../../src/server.ts";
import { Sessions } from "../../src/sign-in/sessions.ts";
import { type Instance, newInstance } from "./instance.ts";

export type Asker = "anonymous" | "ordinary" | "super admin";
type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely; their shape is checked by schema
  body: any;
  text: string;
}

export interface AskOptions {
  as?: Asker;
  /** Instead of the right one. */
  csrfToken?: string | null;
}

export interface Api {
  instance: Instance;
  server: FastifyInstance;
  // biome-ignore lint/suspicious/noExplicitAny: a document that a validator has seen
  document: any;
  ask(method: Method, path: string, body?: unknown, options?: AskOptions): Promise<Answer>;
  get(path: string): Promise<Answer["body"]>;
  post(path: string, body: unknown): Promise<Answer["body"]>;
  /** What a browser sends with every request. */
  headers(asker: Asker): Promise<Record<string, string>>;
  idOf(subject: string): Promise<number>;
  close(): Promise<void>;
}

export async function newApi(
  options: Pick<ServerOptions, "oidc" | "groupSource" | "reconcile" | "encryption" | "logger"> = { oidc: null },
): Promise<Api> {
  const instance = await newInstance();
  const { database } = instance;
  const server = await buildServer({ database, origin: new URL("http://localhost"), ...options });
  await server.ready();
  const document = (await server.inject("/api/openapi.json")).json();
  const check = checker(document);
  const sessions = new Sessions({ database, clock: () => new Date(), hours: 1 });
  const known = new Map<Asker, Promise<Record<string, string>>>([["anonymous", Promise.resolve({})]]);

  function headers(asker: Asker): Promise<Record<string, string>> {
    const found = known.get(asker) ?? signIn(asker);
    known.set(asker, found);
    return found;
  }

  async function signIn(asker: Asker): Promise<Record<string, string>> {
    const values = { email: asker === "ordinary" ? "olga@example.com" : "root@example.com", name: asker };
    const { id } = await database
      .insertInto("users")
      .values({ ...values, super_admin: asker === "super admin" })
      .returning("id")
      .executeTakeFirstOrThrow();
    const session = `session=${await sessions.start({ userId: id, method: "password", provider: null })}`;
    const me = await server.inject({ url: "/api/me", headers: { cookie: session } });
    const csrf = String(me.headers["set-cookie"]).split(";", 1)[0];
    return { cookie: `${session}; ${csrf}`, "csrf-token": me.json().csrfToken };
  }

  const api: Api = {
    instance,
    server,
    document,
    headers,
    async ask(method, path, body, { as = "super admin", csrfToken } = {}) {
      const { "csrf-token": right, ...others } = await headers(as);
      const token = csrfToken === undefined ? right : csrfToken;
      const response = await server.inject({
        method,
        url: `/api${path}`,
        headers: { ...others, ...(method !== "GET" && token && { "csrf-token": token }) },
        ...(body !== undefined && { payload: body as object }),
      });
      check(method, path, response.statusCode, response.body, String(response.headers["content-type"]));
      const isJson = String(response.headers["content-type"]).startsWith("application/json");
      return { status: response.statusCode, body: isJson ? response.json() : null, text: response.body };
    },
    async get(path) {
      return succeeded(await api.ask("GET", path));
    },
    async post(path, body) {
      return succeeded(await api.ask("POST", path, body));
    },
    async idOf(subject) {
      const row = database.selectFrom("users").select("id").where("subject", "=", subject);
      return (await row.executeTakeFirstOrThrow()).id;
    },
    async close() {
      await server.close();
      await instance.close();
    },
  };
  return api;
}

function succeeded({ status, body, text }: Answer): Answer["body"] {
  if (status >= 300) throw new Error(`${status}: ${text}`);
  return body;
}

/** Throws for an answer that is not as the document has it. */
// biome-ignore lint/suspicious/noExplicitAny: a document that a validator has seen
function checker(document: any) {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  noteFormats(ajv);
  ajv.addSchema({ ...document, $id: "document" });
  const paths = Object.keys(document.paths).map((template) => {
    return { template, pattern: new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`) };
  });
  return (method: string, address: string, status: number, text: string, type: string) => {
    const path = `/api${address.split("?", 1)[0]}`;
    const template = paths.find(({ pattern }) => pattern.test(path))?.template;
    if (!template) return; // no route
    const answers = document.paths[template][method.toLowerCase()]?.responses;
    if (!answers) return;
    const content = answers[status]?.content;
    if (!content) throw new Error(`the document has no answer ${status} for ${method} ${template}: ${text}`);
    const [kind] = type.split(";", 1);
    if (!content[kind as string]) throw new Error(`${method} ${template} answers with ${type}`);
    const place = ["paths", template, method.toLowerCase(), "responses", String(status), "content", kind as string];
    const pointer = [...place, "schema"].map((step) =>
      encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1")),
    );
    const validate = ajv.getSchema(`document#/${pointer.join("/")}`);
    if (!validate) throw new Error(`the document has no schema for ${place.join(" ")}`);
    const answersText = kind === "application/x-ndjson" ? text.trim().split("\n") : [text];
    for (const line of answersText) {
      if (!validate(JSON.parse(line))) {
        throw new Error(`${method} ${template} ${status}: ${ajv.errorsText(validate.errors)}: ${line}`);
      }
    }
  };
}
