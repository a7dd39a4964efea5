import { Base, userPart } from "./address.js";
import { Client, once, type Page, withGroups } from "./client.js";
import type { Directory, DirectoryOptions } from "./directory.js";
import { DirectoryError } from "./error.js";
import { connection, type Listener, reader } from "./reader.js";
import { signed } from "./signed.js";
import { AccessToken, fixedAuthorization } from "./token.js";

export interface OktaOptions extends DirectoryOptions {
  /** The organization: `https://example.okta.com`. */
  base: string;
  /** A service application that has a key, which Okta recommends; or else `apiToken`. */
  service?: { clientId: string; privateKey: string; keyId?: string };
  /** An API token. */
  apiToken?: string;
  /** Names of groups (`"name"`, the default), or their ids. */
  groups?: "name" | "id";
}

/** Who can't sign in, whether for now or for good. Others are only waiting for a password or an unlocked account. */
const off: ReadonlySet<string> = new Set(["STAGED", "SUSPENDED", "DEPROVISIONED"]);

/** Users and groups of Okta. It has no groups in groups. */
export function oktaDirectory(options: OktaOptions): Directory {
  const { service, apiToken, groups: named = "name" } = options;
  const base = new Base("base", options.base);
  const { exchange, concurrency } = connection(options, service ? { clientId: service.clientId } : {});
  if ((service === undefined) === (apiToken === undefined)) {
    const help = "give one of the two; Okta recommends `service`";
    throw new DirectoryError("invalid-input", "service", "either this or `apiToken` says who asks", help);
  }
  const authorization =
    service === undefined
      ? fixedAuthorization("apiToken", "SSWS", apiToken ?? "")
      : new AccessToken(exchange, async () => {
          const { clientId, privateKey, keyId } = service;
          const address = base.to(["oauth2", "v1", "token"]);
          const iat = Math.floor(exchange.now() / 1000);
          const claims = { iss: clientId, sub: clientId, aud: address, iat, exp: iat + 300, jti: crypto.randomUUID() };
          const form = {
            grant_type: "client_credentials",
            scope: "okta.users.read okta.groups.read",
            client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            client_assertion: await signed("service.privateKey", { pem: privateKey, id: keyId }, claims),
          };
          return { address, form };
        });
  const permissions =
    "the scopes `okta.users.read` and `okta.groups.read`, and a role of an administrator who may read them";
  const client = new Client({ base, exchange, authorization, permissions });

  async function groupsOf(userId: string, tell: Listener, signal?: AbortSignal): Promise<string[]> {
    const found: string[] = [];
    for await (const { shape } of client.pages(
      base.to(["api", "v1", "users", userPart(userId), "groups"]),
      next,
      signal,
    )) {
      for (const group of shape.list()) {
        const id = group.field("id").text();
        const name = named === "id" ? id : group.field("profile").field("name").text();
        if (named === "name") tell(id, name);
        found.push(name);
      }
    }
    return once(found);
  }

  return reader(groupsOf, async function* (tell, signal) {
    for await (const { shape } of client.pages(base.to(["api", "v1", "users"], { limit: "100" }), next, signal)) {
      const users = shape.list().map((user) => ({
        id: user.field("id").text(),
        directory: off.has(user.field("status").text()) ? ("inactive" as const) : ("active" as const),
      }));
      yield* withGroups(users, concurrency, (id, either) => groupsOf(id, tell, either), signal);
    }
  });
}

/** Where the next page is: a header has it. */
function next({ headers }: Page): string | undefined {
  return /<([^>]*)>[^<]*;\s*rel="?next"?/.exec(headers.get("link") ?? "")?.[1];
}
