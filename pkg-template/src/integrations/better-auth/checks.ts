// What would go wrong without a word, told when better-auth starts.

import type { AuthContext, BetterAuthOptions } from "better-auth";
import type { OrganizationOptions } from "better-auth/plugins/organization";
import { defaultRoles } from "better-auth/plugins/organization/access";
import { GroupSyncError } from "idp-group-sync";
import type { OrganizationRules } from "../better-auth.js";

/**
 * What can be seen of rules alone.
 *
 * @throws {GroupSyncError} `invalid-input`, with the field as its path
 */
export function requireRules(rules: readonly OrganizationRules[]): void {
  if (rules.length === 0)
    throw invalid("rules", "say by what rules: `groupSync({ provider, organization, roles, … })`");
  const providers = new Set<string>();
  for (const { provider, organization, roles } of rules) {
    requireName("provider", provider);
    requireName("organization", organization);
    if (!Array.isArray(roles))
      throw invalid("roles", "expected a list of roles, lowest first; a member has one of them");
    if (providers.has(provider))
      throw invalid("provider", `\`${provider}\` has rules already; a provider has one organization`);
    providers.add(provider);
  }
}

/**
 * What can be seen beside the other options.
 *
 * @throws {GroupSyncError} `invalid-input` for a role that nobody could use, or a provider whose logins nobody would decide
 */
export function requireUsable(rules: readonly OrganizationRules[], context: AuthContext): void {
  const { options, adapter } = context;
  const plugins = options.plugins?.map(({ id }) => id) ?? [];
  const organization = plugin<OrganizationOptions>(options, "organization");
  if (!organization?.teams?.enabled) {
    throw new Error("groupSync keeps teams: add `organization({ teams: { enabled: true } })` to the plugins");
  }
  if (plugins.indexOf("group-sync") < plugins.indexOf("organization")) {
    throw new Error("groupSync adds to the tables of `organization`: name it after that in the plugins");
  }
  if (options.user?.validateUserInfo) {
    throw new Error(
      "groupSync needs `user.validateUserInfo`: do what yours does in `databaseHooks.user.create.before`",
    );
  }
  if (adapter.options?.adapterConfig.transaction === false) {
    throw new Error("groupSync needs transactions: give better-auth's database adapter `transaction: true`");
  }
  const known = organization.dynamicAccessControl?.enabled
    ? undefined
    : Object.keys(organization.roles ?? defaultRoles);
  const providers = providersOf(context);
  for (const { provider, roles } of rules) {
    const foreign = roles.find((role) => known?.includes(role) === false);
    if (known !== undefined && foreign !== undefined) {
      const help = "give it to `organization` as one of its `roles`, with what it permits";
      throw invalid("roles", `better-auth does not know \`${foreign}\`; its roles are ${listed(known)}; ${help}`);
    }
    if (providers?.includes(provider) === false) {
      throw invalid("provider", `\`${provider}\` is not a provider; better-auth has ${listed(providers) || "none"}`);
    }
  }
}

/** The providers that better-auth has; `undefined` where its database may have more of them. */
function providersOf({ options, socialProviders }: AuthContext): string[] | undefined {
  if (options.plugins?.some(({ id }) => id === "sso")) return undefined;
  // Those whose discovery failed at the start, and is tried again, are in the configuration only.
  const generic = plugin<{ config: { providerId: string }[] }>(options, "generic-oauth")?.config ?? [];
  return [...new Set([...socialProviders.map(({ id }) => id), ...generic.map(({ providerId }) => providerId)])];
}

function plugin<Options>({ plugins = [] }: BetterAuthOptions, name: string): Options | undefined {
  return plugins.find(({ id }) => id === name)?.options as Options | undefined;
}

function requireName(path: string, given: unknown): void {
  if (typeof given !== "string" || given === "") throw invalid(path, "this field is required, and missing");
}

const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

const invalid = (path: string, problem: string) => new GroupSyncError("invalid-input", problem, { path });
