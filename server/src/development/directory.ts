// Who the development identity provider knows: who is disabled, what groups are called, and whether its directory lists anybody. It lasts until
// the process ends, as it is for trying out.

import { type Directory, DirectoryError, type DirectoryUser } from "idp-group-sync/directory";
import type { GroupSource } from "../sign-in/group-source.ts";
import { type Account, claimsOf } from "./accounts.ts";

/** `id` stays when it is renamed; `members` are subjects. */
export interface DirectoryGroup {
  id: string;
  name: string;
  members: string[];
}

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

  /** What the groups are called of which somebody is a member. */
  groups(): string[] {
    return [...new Set(this.groupsWithMembers().map(({ name }) => name))].sort();
  }

  /** Those of which somebody is a member, but for those of an account that has thousands. */
  groupsWithMembers(): DirectoryGroup[] {
    const groups = new Map<string, DirectoryGroup>();
    for (const person of this.people) {
      const ids = new Set(groupIdsOf(person));
      for (const id of ids.size < 100 ? ids : []) {
        const group = groups.get(id) ?? { id, name: this.#nameOf(id), members: [] };
        groups.set(id, { ...group, members: [...group.members, person.subject] });
      }
    }
    return [...groups.values()];
  }

  rename(group: string, name: string): void {
    for (const [first, now] of this.#names) if (now === group) this.#names.set(first, name);
    if (!this.#names.has(group)) this.#names.set(group, name);
  }

  /** What a token of theirs holds. */
  claimsOf(person: Account): ReturnType<typeof claimsOf> {
    const claims = claimsOf(person);
    const { groups, ldap_groups: distinguished } = claims;
    return {
      ...claims,
      ...(isList(groups) && { groups: groups.map((group) => this.#nameOf(group)) }),
      ...(isList(distinguished) && { ldap_groups: distinguished.map((name) => this.#distinguishedNameOf(name)) }),
    };
  }

  groupsOf(person: Account): string[] {
    return groupIdsOf(person).map((group) => this.#nameOf(group));
  }

  #distinguishedNameOf(name: string): string {
    const now = this.#nameOf(commonName(name)).replaceAll(/[,+"\\<>;=]/g, "\\$&");
    return name.replace(commonNamePart, () => `CN=${now}`);
  }

  #nameOf(group: string): string {
    return this.#names.get(group) ?? group;
  }
}

/** What they were called at first. */
function groupIdsOf({ claims: { groups, ldap_groups: distinguished } }: Account): string[] {
  const names = isList(groups) ? groups : [];
  return isList(distinguished) ? [...names, ...distinguished.map(commonName)] : names;
}

function isList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

const commonNamePart = /^CN=((?:\\.|[^,])*)/;

/** Of a distinguished name, as the workspace that reads such groups has it. */
function commonName(name: string): string {
  return (commonNamePart.exec(name)?.[1] ?? name).replaceAll(/\\(.)/g, "$1");
}

/** The list as a server reads it. What a token leaves out is not to be had: so that one sees what becomes of that. */
export function sourceOf(known: DevelopmentDirectory): GroupSource {
  const directory: Directory = {
    async groupsOf(id) {
      throw new DirectoryError("unavailable", id, "the directory for development gives no groups at a sign-in", "");
    },
    async *users({ group } = {}): AsyncGenerator<DirectoryUser> {
      if (known.wiped) return;
      for (const { id, name } of known.groupsWithMembers()) group?.(id, name);
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
