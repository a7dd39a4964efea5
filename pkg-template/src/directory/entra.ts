import { Base, userPart } from "./address.js";
import { Client, once, type Page, withGroups } from "./client.js";
import type { Directory, DirectoryOptions } from "./directory.js";
import { connection, type Listener, reader } from "./reader.js";
import { AccessToken } from "./token.js";

export interface EntraOptions extends DirectoryOptions {
  /** The tenant's id or domain. */
  tenant: string;
  /** The application's id in the tenant. */
  clientId: string;
  clientSecret: string;
  /** Object ids (`"id"`, the default), as the claim `groups` has them, or display names, of which several groups may have the same. */
  groups?: "id" | "name";
  /** Only security groups, which is the default; `false` for all groups. */
  securityEnabledOnly?: boolean;
  /** Microsoft Graph: `https://graph.microsoft.com/v1.0` if absent; national clouds have their own. */
  base?: string;
  /** Where tokens come from: `https://login.microsoftonline.com` if absent; national clouds have their own. */
  login?: string;
}

/** Users and groups of Microsoft Entra ID, by Microsoft Graph. Groups in groups count. */
export function entraDirectory(options: EntraOptions): Directory {
  const { tenant, clientId, clientSecret, groups = "id", securityEnabledOnly = true } = options;
  const base = new Base("base", options.base ?? "https://graph.microsoft.com/v1.0");
  const login = new Base("login", options.login ?? "https://login.microsoftonline.com");
  const { exchange, concurrency } = connection(options, { tenant, clientId, clientSecret });
  const authorization = new AccessToken(exchange, () => ({
    address: login.to([tenant, "oauth2", "v2.0", "token"]),
    form: {
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
      scope: `${new URL(base.to([])).origin}/.default`,
    },
  }));
  const permissions = "the application permissions `User.Read.All` and `GroupMember.Read.All`, with admin consent";
  const client = new Client({ base, exchange, authorization, permissions });
  const next = ({ shape }: Page) => shape.field("@odata.nextLink").optionalText();

  async function ids(userId: string, _tell: Listener, signal?: AbortSignal): Promise<string[]> {
    const address = base.to(["users", userPart(userId), "getMemberGroups"]);
    const { shape } = await client.post(address, { securityEnabledOnly }, signal);
    const found = shape
      .field("value")
      .list()
      .map((id) => id.text());
    // Documented as one answer. Should it ever have pages, they are asked for like any others.
    const link = shape.field("@odata.nextLink").optionalText();
    if (link === undefined) return once(found);
    for await (const page of client.pages(base.within(link, address), next, signal)) {
      for (const id of page.shape.field("value").list()) found.push(id.text());
    }
    return once(found);
  }

  async function names(userId: string, tell: Listener, signal?: AbortSignal): Promise<string[]> {
    // A cast, `microsoft.graph.group`, is answered only with a count and eventual consistency.
    const parts = ["users", userPart(userId), "transitiveMemberOf", "microsoft.graph.group"];
    const query = { $select: "id,displayName,securityEnabled", $count: "true", $top: "999" };
    const found: string[] = [];
    for await (const { shape } of client.pages(base.to(parts, query), next, signal, { consistencylevel: "eventual" })) {
      for (const group of shape.field("value").list()) {
        const name = group.field("displayName");
        // Without the permission to read groups, all but their ids is `null`.
        if (name.optionalText() === undefined) throw name.wrong("a name", `give the credentials ${permissions}`);
        if (securityEnabledOnly && !group.field("securityEnabled").flag()) continue;
        found.push(name.text());
        tell(group.field("id").text(), name.text());
      }
    }
    return once(found);
  }

  const groupsOf = groups === "name" ? names : ids;
  return reader(groupsOf, async function* (tell, signal) {
    const first = base.to(["users"], { $select: "id,accountEnabled", $top: "100" });
    for await (const { shape } of client.pages(first, next, signal)) {
      const users = shape
        .field("value")
        .list()
        .map((user) => ({
          id: user.field("id").text(),
          directory: user.field("accountEnabled").flag() ? ("active" as const) : ("inactive" as const),
        }));
      yield* withGroups(users, concurrency, (id, either) => groupsOf(id, tell, either), signal);
    }
  });
}
