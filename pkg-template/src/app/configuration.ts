// What an application says about itself: its roles and groups, and by what rules a user's groups give them.

import type { Catalog, ClaimOptions, InstanceSettings, Licence, Policy } from "idp-group-sync";
import type { Store } from "./store.js";

/** A group of the application: its name, or its name with the lowest role that its members have to have. */
export type GroupDefinition<Role extends string, Group extends string> =
  | Group
  | { name: Group; requires?: Named<Role> };

/** One of what is named elsewhere: nothing becomes a role by being required. */
type Named<Name extends string> = [Name][Name extends unknown ? 0 : never];

/** A value, or how to get it at each login. */
export type Given<Value> = Value | (() => Value | Promise<Value>);

/** What every application says. */
interface Common {
  /** Where users are kept. Without one nothing is remembered: each login decides as for a new user, and the last admin is not known. */
  store?: Store;
  /** Whether new users may come by themselves. `true` if absent. */
  signup?: boolean;
}

/** By what rules groups of the identity provider give roles and groups of the application. */
interface Rules<Role extends string, Group extends string> {
  /** The groups of the application; none if absent. */
  groups?: Given<readonly GroupDefinition<Role, Group>[]>;
  /** The claim that carries the user's groups. */
  claim: ClaimOptions;
  /** The mapping text; names match names where it is empty. */
  mapping?: string;
  /** What else the admin chose. */
  policy?: Policy;
  /**
   * Groups that the application does not have yet are made when somebody is to join them, if this pattern of the mapping language matches
   * their name: `team-*`, for example. They never require a role. None are made if absent.
   */
  createGroups?: false | { allow: string };
}

/** An application whose users have one role at a time. */
export interface OneRoleConfiguration<Role extends string, Group extends string> extends Common, Rules<Role, Group> {
  /** The roles, lowest first; the first is everybody's, and the last holder of the last keeps it. */
  roles: readonly Role[];
  /** How many users there may be, and how many with each role. */
  seats?: { total?: number; roles?: Partial<Record<Named<Role>, number>> };
}

/** An application whose users may have several roles at once. */
export interface RoleSetConfiguration<Role extends string, Group extends string> extends Common, Rules<never, Group> {
  roles: RoleSet<Role>;
  seats?: { total?: number; roles?: Partial<Record<Named<Role>, number>> };
}

/** Roles of which a user may have several, or none. */
export interface RoleSet<Role extends string> {
  kind: "set";
  names: readonly Role[];
  /** The roles that their last holder keeps; the last of `names` if absent. */
  protect?: readonly Named<Role>[];
}

/** An application with workspaces, whose admins keep the rules as settings. */
export interface SettingsConfiguration<Role extends string, Group extends string> extends Common {
  /** The instance's settings. */
  settings: Given<InstanceSettings>;
  /** What can be granted in each workspace, by its id. */
  catalogs: Given<Record<string, { roles?: readonly Role[]; groups: readonly GroupDefinition<Role, Group>[] }>>;
  /** What the licence allows; everything if absent. */
  licence?: Given<ApplicationLicence>;
  /** Whether passwords are accepted. `true` if absent. */
  passwordLogin?: boolean;
}

/** A licence, with limits in the place of counted seats: the store counts. */
export interface ApplicationLicence extends Omit<Licence, "seats"> {
  seats?: { total?: number; roles?: Record<string, number> };
}

/** Any of them. */
export type Configuration =
  | OneRoleConfiguration<string, string>
  | RoleSetConfiguration<string, string>
  | SettingsConfiguration<string, string>;

/** The workspace of an application that has none. */
export const ONLY_WORKSPACE = "main";

/** The role of everybody where roles are a set, which are groups to the engine. No group of an identity provider is likely called so. */
export const EVERYBODY = "(everybody)";

/** The limits on seats, by role. */
export type Limits = { total?: number | undefined; roles?: Record<string, number | undefined> | undefined };

/** What holds for one login: the configuration with everything got that had to be got. */
export interface Rulebook {
  settings: InstanceSettings;
  catalogs: Record<string, Catalog>;
  licence: Omit<Licence, "seats">;
  limits: Limits;
  /** The roles that are groups to the engine. */
  roleSet: ReadonlySet<string>;
  /** Those of them that their last holder keeps. */
  protectedRoles: readonly string[];
}

const UNRESTRICTED: Omit<Licence, "seats"> = { status: "active", features: { sso: true, groupSync: true } };

/** What holds at present. */
export async function rulebook(configuration: Configuration): Promise<Rulebook> {
  if ("settings" in configuration) {
    const { seats, ...licence }: ApplicationLicence = (await got(configuration.licence)) ?? UNRESTRICTED;
    const catalogs = Object.entries(await got(configuration.catalogs)).map(
      ([id, { roles, groups }]) => [id, catalogOf(roles, groups)] as const,
    );
    return {
      settings: await got(configuration.settings),
      catalogs: Object.fromEntries(catalogs),
      licence,
      limits: seats ?? {},
      roleSet: new Set(),
      protectedRoles: [],
    };
  }
  return withGroups(configuration, await got(configuration.groups ?? []));
}

/** The same for an application without settings, where its groups are known. */
export function withGroups(
  configuration: Exclude<Configuration, { settings: unknown }>,
  groups: readonly GroupDefinition<string, string>[],
): Rulebook {
  const { roles, claim, mapping = "", policy = {}, seats = {} } = configuration;
  const set = "kind" in roles ? roles.names : [];
  const catalog = "kind" in roles ? catalogOf([EVERYBODY], [...set, ...groups]) : catalogOf(roles, groups);
  return {
    settings: {
      version: 1,
      enabled: true,
      claim,
      mapping,
      policy,
      defaultWorkspace: ONLY_WORKSPACE,
      workspaces: [{ id: ONLY_WORKSPACE, enabled: true }],
    },
    catalogs: { [ONLY_WORKSPACE]: catalog },
    licence: UNRESTRICTED,
    limits: seats,
    roleSet: new Set(set),
    protectedRoles: "kind" in roles ? (roles.protect ?? set.slice(-1)) : [],
  };
}

function catalogOf(roles: readonly string[] | undefined, groups: readonly GroupDefinition<string, string>[]): Catalog {
  return {
    ...(roles && { roles: [...roles] }),
    groups: groups.map((group) => (typeof group === "string" ? { name: group } : group)),
  };
}

/** The value, whether given or to be got. */
async function got<Value>(given: Given<Value>): Promise<Value> {
  return typeof given === "function" ? (given as () => Value | Promise<Value>)() : given;
}
