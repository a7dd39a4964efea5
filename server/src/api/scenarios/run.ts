// Holds settings against scenarios and guarantees, saved or not.

import type { InstanceSettings } from "idp-group-sync";
import type { Static } from "typebox";
import type { Database } from "../../database/schema.ts";
import { readScenarios, type SavedSet } from "../../settings/scenarios.ts";
import { currentSettings } from "../../settings/versions.ts";
import { readCatalogs } from "../../workspaces/catalogs.ts";
import type { ScenariosRunBody } from "../schemas/trying-out.ts";
import { requireValid } from "../settings/stored.ts";
import { type Held, hold, listedSets, type Run, runSets } from "./hold.ts";

export async function holdAgainstScenarios(
  database: Database,
  { settings: unsaved, workspace, scenarios, guarantees }: Static<typeof ScenariosRunBody>,
): Promise<Run[]> {
  const settings = unsaved ?? (await currentSettings(database)).settings;
  requireValid(settings);
  const given = (scenarios ?? guarantees) && { scenarios: scenarios ?? [], guarantees: guarantees ?? [] };
  const sets = given
    ? [[workspace ?? null, given] as const]
    : listedSets(settings, await readScenarios(database)).filter(
        ([place]) => workspace === undefined || place === workspace,
      );
  return runSets(settings, sets, await catalogsOf(database, settings, sets));
}

/** Everything that is expected of these settings, some of it as it is to be stored with them. */
export async function holdAll(database: Database, settings: InstanceSettings, unsaved: SavedSet[]): Promise<Held> {
  const stored = await readScenarios(database);
  for (const { workspace, set } of unsaved) stored.set(workspace, set);
  const sets = listedSets(settings, stored);
  return hold(settings, sets, await catalogsOf(database, settings, sets));
}

function catalogsOf(
  database: Database,
  { defaultWorkspace }: InstanceSettings,
  sets: (readonly [string | null, unknown])[],
) {
  return readCatalogs(database, [defaultWorkspace, ...sets.flatMap(([id]) => id ?? [])]);
}
