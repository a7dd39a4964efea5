import { Base, userPart } from "./address.js";
import { Client, once, withGroups } from "./client.js";
import type { Directory, DirectoryOptions, DirectoryUser } from "./directory.js";
import { DirectoryError } from "./error.js";
import { connection, type Listener, reader } from "./reader.js";
import { AccessToken } from "./token.js";

export interface Auth0Options extends DirectoryOptions {
  /** The tenant: `https://example.eu.auth0.com`. Its own domain, also where users sign in at a custom one. */
  base: string;
  /** A machine-to-machine application. */
  clientId: string;
  clientSecret: string;
  /** Auth0 has no groups of its own: names of roles (`"roles"`, the default), or of organizations. */
  groups?: "roles" | "organizations";
}

/** The most that a page holds, and that pages of one list give together. */
const most = 100;
const limit = 1_000;

/** Users of a tenant of Auth0, with their roles or organizations, by the Management API. */
export function auth0Directory(options: Auth0Options): Directory {
  const { clientId, clientSecret, groups: named = "roles" } = options;
  const base = new Base("base", options.base);
  const { exchange, concurrency } = connection(options, { clientId, clientSecret });
  const api = ["api", "v2"];
  const authorization = new AccessToken(exchange, () => ({
    address: base.to(["oauth", "token"]),
    form: {
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
      audience: `${base.to(api)}/`,
    },
  }));
  const permissions = "`read:users`, and `read:roles` or `read:organizations`, of the Management API";
  const client = new Client({ base, exchange, authorization, permissions });

  async function groupsOf(userId: string, tell: Listener, signal?: AbortSignal): Promise<string[]> {
    const found: string[] = [];
    let total: number | undefined;
    for (let page = 0; ; page++) {
      const query = { page: String(page), per_page: String(most), include_totals: "true" };
      const { shape, place } = await client.get(base.to([...api, "users", userPart(userId), named], query), signal);
      const groups = shape.field(named).list();
      for (const group of groups) {
        const name = group.field("name").text();
        tell(group.field("id").text(), name);
        found.push(name);
      }
      const now = shape.field("total").number();
      total ??= now;
      if (now !== total || found.length > total || (groups.length === 0 && found.length < total)) throw changed(place);
      if (found.length === total) return once(found);
      if (found.length >= limit) throw tooMany(place);
    }
  }

  /** Users by when they were made: pages end after 1,000 users, so each page begins with the time at which the last one ended. */
  async function* users(tell: Listener, signal?: AbortSignal): AsyncGenerator<DirectoryUser> {
    const seen = new Set<string>();
    let from: string | undefined;
    for (let page = 0; ; ) {
      const query = {
        ...(from !== undefined && { q: `created_at:["${from}" TO *]` }),
        sort: "created_at:1",
        page: String(page),
        per_page: String(most),
        search_engine: "v3",
        fields: "user_id,blocked,created_at",
        include_fields: "true",
      };
      const { shape, place } = await client.get(base.to([...api, "users"], query), signal);
      const listed = shape.list().map((user) => ({
        id: user.field("user_id").text(),
        directory: user.field("blocked").optionalFlag() ? ("inactive" as const) : ("active" as const),
        created: user.field("created_at").text(),
      }));
      const fresh = listed.filter(({ id }) => !seen.has(id)).map(({ id, directory }) => ({ id, directory }));
      for (const { id } of fresh) seen.add(id);
      yield* withGroups(fresh, concurrency, (id, either) => groupsOf(id, tell, either), signal);
      const last = listed.at(-1)?.created;
      if (last === undefined || listed.length < most) return;
      page = last === from ? page + 1 : 0;
      if (page * most >= limit) throw tooMany(place);
      from = last;
    }
  }

  return reader(groupsOf, users);
}

function changed(place: string): DirectoryError {
  return new DirectoryError("list-changed", place, "the list changed while it was read", "read it again");
}

function tooMany(place: string): DirectoryError {
  const help = "Auth0 gives no more by pages; read them by an export job";
  return new DirectoryError("too-large", place, `there are more than ${limit} in a list that has no other order`, help);
}
