// Who the development identity provider knows: who is disabled, what groups are called, and whether its directory lists anybody. It lasts until
// the process ends, as it is for trying out.

import { type Directory, DirectoryError, type DirectoryUser } from "idp-group-sync/directory";
import type { GroupSource } from "../sign-in/group-source.ts";
import { type Account, claimsOf } from "./accounts.ts";

export class DevelopmentDirectory {
  readonly people: Account[];
  /** Whether the list of its users is empty, as after an accident. People sign in all the same. */
  wiped = false;
  readonly #disabled = new Set<string>();
  /** What groups are called by now. */
  readonly #names = new Map<string, string>();

  constructor(people: Account[]) {
    this.people = people;
  }

  /** Whoever may sign in. */
  find(subject: string | undefined): Account | undefined {
    return this.people.find((person) => person.subject === subject && !this.isDisabled(person));
  }

  isDisabled({ subject }: Account): boolean {
    return this.#disabled.has(subject);
  }

  set(subject: string, disabled: boolean): void {
    if (disabled) this.#disabled.add(subject);
    else this.#disabled.delete(subject);
  }

  /** The groups of which somebody is a member, but for those of an account that has thousands. */
  groups(): string[] {
    const all = this.people.map((person) => this.groupsOf(person)).filter((groups) => groups.length < 100);
    return [...new Set(all.flat())].sort();
  }

  rename(group: string, name: string): void {
    for (const [first, now] of this.#names) if (now === group) this.#names.set(first, name);
    if (!this.#names.has(group)) this.#names.set(group, name);
  }

  /** What a token of theirs holds. */
  claimsOf(person: Account): ReturnType<typeof claimsOf> {
    const claims = claimsOf(person);
    const { groups } = claims;
    return isList(groups) ? { ...claims, groups: groups.map((group) => this.#nameOf(group)) } : claims;
  }

  groupsOf(person: Account): string[] {
    const { groups, ldap_groups: distinguished } = person.claims;
    const names = isList(groups) ? groups.map((group) => this.#nameOf(group)) : [];
    return isList(distinguished) ? [...names, ...distinguished.map(commonName)] : names;
  }

  #nameOf(group: string): string {
    return this.#names.get(group) ?? group;
  }
}

function isList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

/** Of a distinguished name, as the workspace that reads such groups has it. */
function commonName(name: string): string {
  return (/^CN=((?:\\.|[^,])*)/.exec(name)?.[1] ?? name).replaceAll(/\\(.)/g, "$1");
}

/** The list as a server reads it. What a token leaves out is not to be had: so that one sees what becomes of that. */
export function sourceOf(known: DevelopmentDirectory): GroupSource {
  const directory: Directory = {
    async groupsOf(id) {
      throw new DirectoryError("unavailable", id, "the directory for development gives no groups at a sign-in", "");
    },
    async *users(): AsyncGenerator<DirectoryUser> {
      if (known.wiped) return;
      for (const person of known.people) {
        const isDisabled = known.isDisabled(person);
        yield {
          id: person.subject,
          directory: isDisabled ? "inactive" : "active",
          groups: isDisabled ? [] : known.groupsOf(person),
        };
      }
    },
  };
  return { directory, userClaim: "sub", alsoIfMissing: false };
}
