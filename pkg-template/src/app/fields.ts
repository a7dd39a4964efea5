// What a compiler would tell of a configuration, for applications that have none: a mistyped `policy` would let everybody in.

import { GroupSyncError } from "idp-group-sync";
import type { Configuration, OneRoleConfiguration, SettingsConfiguration } from "./configuration.js";

const OF_RULES = Object.keys({
  store: 0,
  roles: 0,
  groups: 0,
  claim: 0,
  mapping: 0,
  policy: 0,
  seats: 0,
  signup: 0,
  createGroups: 0,
} satisfies Record<keyof OneRoleConfiguration<string, string>, 0>);
const OF_SETTINGS = Object.keys({
  store: 0,
  settings: 0,
  catalogs: 0,
  licence: 0,
  passwordLogin: 0,
  signup: 0,
} satisfies Record<keyof SettingsConfiguration<string, string>, 0>);

/**
 * Throws for fields that there are not, and for what is not of their kind and nothing else would tell.
 *
 * @throws {GroupSyncError} `invalid-input` with the field as its path
 */
export function requireFields(configuration: Configuration): void {
  const known = "settings" in configuration ? OF_SETTINGS : OF_RULES;
  const unknown = Object.keys(configuration).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const names = known.map((name) => `\`${name}\``);
    throw invalid(unknown, `there is no such field; expected ${names.slice(0, -1).join(", ")} or ${names.at(-1)}`);
  }
  if ("settings" in configuration) return;
  const { roles, groups = [] } = configuration;
  if (roles === undefined) throw invalid("roles", "this field is required, and missing");
  const names: unknown = "names" in Object(roles) ? (roles as { names: unknown }).names : roles;
  if (!Array.isArray(names)) throw invalid("roles", 'expected a list of roles, or `{ kind: "set", names }`');
  if (!Array.isArray(groups) && typeof groups !== "function") {
    throw invalid("groups", "expected a list of groups, or a function that gets it");
  }
}

const invalid = (path: string, problem: string) => new GroupSyncError("invalid-input", problem, { path });
