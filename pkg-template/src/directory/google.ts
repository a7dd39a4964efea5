import { Base, userPart } from "./address.js";
import { Client, once, type Page, withGroups } from "./client.js";
import type { Directory, DirectoryOptions } from "./directory.js";
import type { Answer } from "./exchange.js";
import { connection, type Listener, reader } from "./reader.js";
import { signed } from "./signed.js";
import { AccessToken } from "./token.js";

export interface GoogleOptions extends DirectoryOptions {
  /** Of the service account's key file. */
  serviceAccount: { client_email: string; private_key: string; private_key_id?: string };
  /** The administrator on whose behalf the service account reads. */
  subject: string;
  /** Addresses of groups (`"email"`, the default), their names, of which several may have the same, or their ids. */
  groups?: "email" | "name" | "id";
  /** Whether groups in groups count: `false` if absent. It takes a request for each group, once in a list of users. */
  nested?: boolean;
  /** The account: `my_customer`, that of the administrator, if absent. */
  customer?: string;
  /** The Admin SDK: `https://admin.googleapis.com` if absent. */
  base?: string;
  /** Where tokens come from: `https://oauth2.googleapis.com` if absent. */
  login?: string;
}

const scopes = ["user", "group"].map((kind) => `https://www.googleapis.com/auth/admin.directory.${kind}.readonly`);

interface Group {
  id: string;
  name: string;
}

/** Users and groups of Google Workspace, by the Directory API. */
export function googleDirectory(options: GoogleOptions): Directory {
  const { serviceAccount, subject, groups: named = "email", nested = false, customer = "my_customer" } = options;
  const { client_email, private_key, private_key_id } = serviceAccount;
  const base = new Base("base", options.base ?? "https://admin.googleapis.com");
  const login = new Base("login", options.login ?? "https://oauth2.googleapis.com");
  const { exchange, concurrency } = connection(options, { client_email, private_key, subject });
  const address = login.to(["token"]);
  const authorization = new AccessToken(exchange, async () => {
    const iat = Math.floor(exchange.now() / 1000);
    const claims = { iss: client_email, sub: subject, scope: scopes.join(" "), aud: address, iat, exp: iat + 3600 };
    const assertion = await signed("private_key", { pem: private_key, id: private_key_id }, claims);
    return { address, form: { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion } };
  });
  const permissions = `domain-wide delegation of the scopes ${scopes.join(" and ")}, and a subject who may read users and groups`;
  const client = new Client({ base, exchange, authorization, permissions, throttled });
  const path = ["admin", "directory", "v1"];

  /** A list's pages: a page has the token of the next, and no address. */
  const pages = (kind: string, query: Record<string, string>, signal?: AbortSignal) => {
    const at = (pageToken: string) => base.to([...path, kind], { ...query, pageToken });
    const next = ({ shape }: Page) => {
      const token = shape.field("nextPageToken").optionalText();
      return token === undefined ? undefined : at(token);
    };
    return client.pages(base.to([...path, kind], query), next, signal);
  };

  async function direct(member: string, signal?: AbortSignal): Promise<Group[]> {
    const found: Group[] = [];
    const query = { userKey: userPart(member), maxResults: "200", fields: "nextPageToken,groups(id,email,name)" };
    for await (const { shape } of pages("groups", query, signal)) {
      for (const group of shape.field("groups").optionalList()) {
        found.push({ id: group.field("id").text(), name: group.field(named).text() });
      }
    }
    return found;
  }

  /** `above` has the groups in which a group is, as far as they are known. */
  async function groupsOf(
    userId: string,
    above: Map<string, Group[]>,
    tell: Listener,
    signal?: AbortSignal,
  ): Promise<string[]> {
    const found = new Map<string, string>();
    const waiting = await direct(userId, signal);
    for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
      if (found.has(group.id)) continue;
      found.set(group.id, group.name);
      if (named !== "id") tell(group.id, group.name);
      if (!nested) continue;
      const parents = above.get(group.id) ?? (await direct(group.id, signal));
      above.set(group.id, parents);
      waiting.push(...parents);
    }
    return once(found.values());
  }

  return reader(
    (userId, tell, signal) => groupsOf(userId, new Map(), tell, signal),
    async function* (tell, signal) {
      const above = new Map<string, Group[]>();
      const fields = "nextPageToken,users(id,suspended,archived)";
      for await (const { shape } of pages("users", { customer, maxResults: "100", fields }, signal)) {
        const users = shape
          .field("users")
          .optionalList()
          .map((user) => {
            const isOff = user.field("suspended").optionalFlag() || user.field("archived").optionalFlag();
            return { id: user.field("id").text(), directory: isOff ? ("inactive" as const) : ("active" as const) };
          });
        yield* withGroups(users, concurrency, (id, either) => groupsOf(id, above, tell, either), signal);
      }
    },
  );
}

/** Google says with status 403, too, that it is asked too often. */
function throttled({ status, text }: Answer): boolean {
  return status === 403 && /"(userR|r)ateLimitExceeded"/.test(text);
}
