import { Base, userPart } from "./address.js";
import { Client, once, withGroups } from "./client.js";
import type { Directory, DirectoryOptions } from "./directory.js";
import { connection, type Listener, reader } from "./reader.js";
import { AccessToken } from "./token.js";

export interface KeycloakOptions extends DirectoryOptions {
  /** Keycloak: `https://id.example.com`, with `/auth` behind it where that is in front of `/realms`. */
  base: string;
  realm: string;
  /** A confidential client of the realm, with a service account. */
  clientId: string;
  clientSecret: string;
  /** Paths of groups (`"path"`, the default), as `/sales/emea`, or their names, of which several may have the same. */
  groups?: "path" | "name";
}

/** Users and groups of a realm of Keycloak, by its Admin API. Who is in a subgroup is not in the group above it, as in a token. */
export function keycloakDirectory(options: KeycloakOptions): Directory {
  const { realm, clientId, clientSecret, groups: named = "path" } = options;
  const base = new Base("base", options.base);
  const { exchange, concurrency } = connection(options, { realm, clientId, clientSecret });
  const authorization = new AccessToken(exchange, () => ({
    address: base.to(["realms", realm, "protocol", "openid-connect", "token"]),
    form: { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret },
  }));
  const permissions = "the role `view-users` of the client `realm-management`, in *Service accounts roles*";
  const client = new Client({ base, exchange, authorization, permissions });
  const users = ["admin", "realms", realm, "users"];
  const range = (first: number, max: number) => ({
    first: String(first),
    max: String(max),
    briefRepresentation: "true",
  });

  async function groupsOf(userId: string, tell: Listener, signal?: AbortSignal): Promise<string[]> {
    const found: string[] = [];
    const address = (first: number, max: number) => base.to([...users, userPart(userId), "groups"], range(first, max));
    for await (const page of client.counted(address, (group) => group.field("id").text(), signal)) {
      for (const group of page) {
        const name = group.field(named).text();
        tell(group.field("id").text(), name);
        found.push(name);
      }
    }
    return once(found);
  }

  return reader(groupsOf, async function* (tell, signal) {
    const address = (first: number, max: number) => base.to(users, range(first, max));
    for await (const page of client.counted(address, (user) => user.field("id").text(), signal)) {
      const some = page.map((user) => ({
        id: user.field("id").text(),
        directory: user.field("enabled").flag() ? ("active" as const) : ("inactive" as const),
      }));
      yield* withGroups(some, concurrency, (id, either) => groupsOf(id, tell, either), signal);
    }
  });
}
