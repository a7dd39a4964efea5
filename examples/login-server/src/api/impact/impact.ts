// What unsaved settings would do to all users whose last token is known.

import { setImmediate } from "node:timers/promises";
import { effectiveSettings, GroupSyncError, type InstanceSettings } from "idp-group-sync";
import type { Database } from "../../database/schema.ts";
import { currentSettings } from "../../settings/versions.ts";
import { readCatalogs } from "../../workspaces/catalogs.ts";
import { ApiError, missing } from "../errors.ts";
import { requireValid } from "../settings/stored.ts";
import { Comparison, type Event } from "./comparison.ts";
import { type Configurations, configurationsOf, storedConfigurationsOf } from "./configurations.ts";
import { countUsers, knownUsers } from "./known-users.ts";

export interface PreparedImpact {
  start: Event;
  comparisons: Comparison[];
}

/** Everything that can be refused is refused here, before anything is answered. */
export async function prepareImpact(
  database: Database,
  { settings, workspace }: { settings: InstanceSettings; workspace?: string },
): Promise<PreparedImpact> {
  requireValid(settings);
  const current = await currentSettings(database);
  const wanted =
    workspace === undefined
      ? [...current.settings.workspaces, ...settings.workspaces].map(({ id }) => id)
      : [workspace];
  const existing = await database
    .selectFrom("workspaces")
    .select(["id", "name"])
    .where("id", "in", wanted)
    .orderBy("id")
    .execute();
  if (workspace !== undefined && existing.length === 0) throw missing("workspace");
  const catalogs = await readCatalogs(
    database,
    existing.map(({ id }) => id),
  );
  const unaffected: string[] = [];
  const pairs: [string, Configurations, Configurations][] = [];
  for (const { id } of existing) {
    const catalog = catalogs[id] ?? { groups: [] };
    const before = storedConfigurationsOf(current.settings, id, catalog);
    const after = unsavedConfigurations(settings, id, catalog);
    if (JSON.stringify(before) === JSON.stringify(after)) unaffected.push(id);
    else pairs.push([id, before, after]);
  }
  const { known, unknown } = await countUsers(database);
  const start = {
    type: "start" as const,
    settingsVersion: current.version,
    users: known,
    withoutClaims: unknown,
    workspaces: existing.filter(({ id }) => !unaffected.includes(id)),
    unaffected,
  };
  return { start, comparisons: pairs.map((pair) => new Comparison(...pair)) };
}

/** A page of events at a time. Whoever stops asking for more ends it. */
export async function* runImpact(database: Database, { start, comparisons }: PreparedImpact): AsyncGenerator<Event[]> {
  try {
    yield [start];
    let done = 0;
    const workspaces = comparisons.map(({ workspace }) => workspace);
    for await (const users of comparisons.length === 0 ? [] : knownUsers(database, workspaces)) {
      done += users.length;
      const changes = comparisons.flatMap((comparison) => [...comparison.compare(users)]);
      yield [...changes, { type: "progress", users: done }];
      // The embedded database answers without leaving this thread, so nobody else would get a turn, and nobody could go away.
      await setImmediate();
    }
    yield [{ type: "summary", workspaces: comparisons.map((comparison) => comparison.finish()) }];
  } finally {
    for (const comparison of comparisons) comparison.free();
  }
}

function unsavedConfigurations(
  settings: InstanceSettings,
  workspace: string,
  catalog: Parameters<typeof configurationsOf>[2],
): Configurations {
  try {
    return configurationsOf(settings, workspace, catalog);
  } catch (error) {
    if (!(error instanceof GroupSyncError && error.code === "invalid-mapping")) throw error;
    const { inherited } = effectiveSettings(settings, workspace);
    const index = settings.workspaces.findIndex(({ id }) => id === workspace);
    const path = inherited.mapping ? "settings.mapping" : `settings.workspaces[${index}].mapping`;
    throw new ApiError(422, { code: error.code, message: error.message, path, diagnostics: error.diagnostics });
  }
}
