// What a login goes by in one workspace, as configurations that can be compared. Where a login changes nothing, it is a configuration under
// which nothing is ever granted and everything is kept; so the comparison is the engine's there too.

import {
  type Catalog,
  type EffectiveSettings,
  effectiveSettings,
  GroupSync,
  type GroupSyncConfig,
  GroupSyncError,
  type InstanceSettings,
  type Policy,
} from "idp-group-sync";

export interface Configurations {
  /** For those who are members of the workspace already. */
  members: GroupSyncConfig;
  /** For everybody else. Whoever stays outside is denied, which leaves them without a role. */
  others: GroupSyncConfig;
}

const outside: Policy = { noMatch: "deny", missingClaim: "deny", unreadableClaim: "deny" };
const untouched: Policy = { noMatch: "keep", missingClaim: "keep", unreadableClaim: "keep" };

/** `GroupSyncError` with the code `invalid-mapping` if the mapping has errors. */
export function configurationsOf(settings: InstanceSettings, workspace: string, catalog: Catalog): Configurations {
  const effective = listed(settings, workspace);
  if (!effective?.enabled) return notSynced(catalog);
  const config = configOf(effective, catalog);
  new GroupSync(config).free();
  return { members: config, others: forOthers(config, settings.defaultWorkspace === workspace) };
}

/** The same for stored settings, where the logins of a workspace whose mapping has errors are skipped. */
export function storedConfigurationsOf(
  settings: InstanceSettings,
  workspace: string,
  catalog: Catalog,
): Configurations {
  try {
    return configurationsOf(settings, workspace, catalog);
  } catch (error) {
    if (error instanceof GroupSyncError && error.code === "invalid-mapping") return notSynced(catalog);
    throw error;
  }
}

export function configOf({ mapping, claim, policy }: EffectiveSettings, catalog: Catalog): GroupSyncConfig {
  return { mapping, claim, policy, catalog };
}

function listed(settings: InstanceSettings, workspace: string): EffectiveSettings | null {
  return settings.workspaces.some(({ id }) => id === workspace) ? effectiveSettings(settings, workspace) : null;
}

function notSynced(catalog: Catalog): Configurations {
  const nothing = { mapping: "", claim: "groups", catalog };
  return {
    members: { ...nothing, policy: { ...untouched, matchByName: false } },
    others: { ...nothing, policy: { ...outside, matchByName: false } },
  };
}

/** As the policy's `nonMembers` says; everybody joins the default workspace. */
function forOthers(config: GroupSyncConfig, isDefault: boolean): GroupSyncConfig {
  const { nonMembers } = config.policy ?? {};
  if (isDefault || nonMembers === "all") return config;
  if (nonMembers === "none") return notSynced(config.catalog).others;
  return { ...config, policy: { ...config.policy, ...outside } };
}
