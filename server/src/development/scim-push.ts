// Tells a server of the accounts and groups by SCIM, as an identity provider does: each is looked up, and sent where it differs.

import type { Database } from "../database/schema.ts";
import { environmentProvider } from "../providers/environment.ts";
import { issueScimToken } from "../providers/scim-tokens.ts";
import type { Account } from "./accounts.ts";
import type { DevelopmentDirectory, DirectoryGroup } from "./directory.ts";

/** Where to, and with which token. */
export interface ScimAddress {
  address: URL;
  token: string;
}

/** What a push came to. */
export interface Pushed {
  /** What the server took, and what it refused and why, in the words of the page. */
  taken: string[];
  refused: string[];
  /** Why the rest was not sent. */
  failure: string | null;
}

interface Resource {
  id: string;
  [field: string]: unknown;
}

/** One push. */
export class ScimPush {
  readonly #directory: DevelopmentDirectory;
  readonly #target: ScimAddress;
  readonly #pushed: Pushed = { taken: [], refused: [], failure: null };

  constructor(directory: DevelopmentDirectory, target: ScimAddress) {
    this.#directory = directory;
    this.#target = target;
  }

  /** Everybody first, as groups name their members. */
  async push(): Promise<Pushed> {
    try {
      const ids = new Map<string, string>();
      for (const person of this.#directory.people) {
        const id = await this.#pushAccount(person);
        if (id !== null) ids.set(person.subject, id);
      }
      for (const group of this.#directory.groupsWithMembers()) await this.#pushGroup(group, ids);
    } catch (error) {
      // What `fetch` throws where nobody answers.
      this.#pushed.failure = error instanceof TypeError ? "it cannot be reached" : (error as Error).message;
    }
    return this.#pushed;
  }

  /** Gives the id at the server; `null` for somebody whom it does not take. */
  async #pushAccount(person: Account): Promise<string | null> {
    const { sub, email, name } = this.#directory.claimsOf(person);
    const active = !this.#directory.isDisabled(person);
    const known = await this.#find("Users", sub);
    if (known?.active === active) return known.id;
    const user = { userName: email, externalId: sub, displayName: name, active };
    return this.#send(`${name} is ${active ? "enabled" : "disabled"}`, "Users", known, user);
  }

  async #pushGroup({ id, name, members }: DirectoryGroup, ids: Map<string, string>): Promise<void> {
    const wanted = members.flatMap((subject) => ids.get(subject) ?? []);
    const known = await this.#find("Groups", id);
    const has = (known?.members as { value: string }[] | undefined)?.map(({ value }) => value) ?? [];
    if (known?.displayName === name && has.sort().join() === wanted.sort().join()) return;
    const group = { displayName: name, externalId: id, members: wanted.map((value) => ({ value })) };
    const before = known?.displayName ?? name;
    const what = before === name ? `Group ${name}` : `Group ${before} is called ${name} now`;
    await this.#send(what, "Groups", known, group);
  }

  async #find(kind: string, externalId: string): Promise<Resource | undefined> {
    const filter = `externalId eq ${JSON.stringify(externalId)}`;
    const response = await this.#ask("GET", `${kind}?${new URLSearchParams({ filter })}`);
    if (!response.ok) throw new Error(await detailOf(response));
    const { Resources = [] } = (await response.json()) as { Resources?: Resource[] };
    return Resources[0];
  }

  async #send(what: string, kind: string, known: Resource | undefined, resource: object): Promise<string | null> {
    const body = { schemas: [`urn:ietf:params:scim:schemas:core:2.0:${kind.slice(0, -1)}`], ...resource };
    const response = await (known ? this.#ask("PUT", `${kind}/${known.id}`, body) : this.#ask("POST", kind, body));
    if (!response.ok) {
      this.#pushed.refused.push(`${what}: ${await detailOf(response)}`);
      return null;
    }
    this.#pushed.taken.push(what);
    return ((await response.json()) as Resource).id;
  }

  #ask(method: string, path: string, body?: object): Promise<Response> {
    const { address, token } = this.#target;
    return fetch(`${address.href}/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/scim+json" },
      ...(body && { body: JSON.stringify(body) }),
    });
  }
}

/** An error as RFC 7644 has it, or what else stands in for one. */
async function detailOf(response: Response): Promise<string> {
  const { detail } = (await response.json().catch(() => ({}))) as { detail?: string };
  return detail ?? `it answered ${response.status}`;
}

const tokenName = "identity provider for development";

/** A token for this start: that of the one before is nobody's any more. */
export async function scimTokenForDevelopment(database: Database): Promise<string> {
  const provider = environmentProvider;
  await database.deleteFrom("scim_tokens").where("provider_id", "=", provider).where("name", "=", tokenName).execute();
  const { secret } = await issueScimToken(database, { provider, name: tokenName, by: null }, new Date());
  return secret;
}
