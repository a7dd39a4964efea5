// Versions of the settings, with what holds for each workspace, and who made them.

import { diffSettings, effectiveSettings, type InstanceSettings, type SettingsDiff } from "idp-group-sync";
import type { Static } from "typebox";
import type { Database } from "../../database/schema.ts";
import { usableSettings } from "../../settings/usable.ts";
import { settingsOfVersion } from "../../settings/versions.ts";
import { idFault } from "../../workspaces/ids.ts";
import { ApiError } from "../errors.ts";
import type { StoredSettings, VersionsAnswer } from "../schemas/settings.ts";

/** The present version, or one of the past. */
export async function storedSettings(
  database: Database,
  version?: number,
): Promise<Static<typeof StoredSettings> | undefined> {
  const row = await versionsWithAuthor(database)
    .select("document")
    .$if(version !== undefined, (query) => query.where("version", "=", version ?? 0))
    .limit(1)
    .executeTakeFirst();
  if (!row) return undefined;
  const settings = usableSettings(row.document);
  const mended = settings !== row.document;
  return { ...head(row), settings, effective: effectiveSettingsOf(settings), mended };
}

export function effectiveSettingsOf(settings: InstanceSettings) {
  return settings.workspaces.map(({ id }) => effectiveSettings(settings, id));
}

/** Throws for a document that cannot be used, or is not valid: the engine checks all of it before it looks at a workspace. */
export function requireValid(settings: InstanceSettings): void {
  for (const [index, { id }] of settings.workspaces.entries()) {
    const message = idFault(id);
    if (message !== null) {
      throw new ApiError(400, { code: "invalid-input", message, path: `settings.workspaces[${index}].id` });
    }
  }
  effectiveSettings(settings, settings.defaultWorkspace);
}

/** Newest first, those before `before`, each with what it changed. */
export async function listVersions(
  database: Database,
  { before, limit }: { before: number | undefined; limit: number },
): Promise<Static<typeof VersionsAnswer>> {
  const rows = await versionsWithAuthor(database)
    .$if(before !== undefined, (query) => query.where("version", "<", before ?? 0))
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const versions: Listed[] = [];
  // One at a time, as a document may be long: each is what the next one has changed.
  let settings = shown[0] && (await settingsOfVersion(database, shown[0].version));
  for (const row of shown) {
    const earlier = await settingsOfVersion(database, row.version - 1);
    const changes = earlier && settings ? diffSettings(earlier, settings) : null;
    versions.push({ ...head(row), changes, entriesLeftOut: changes ? leaveOut(changes) : 0 });
    settings = earlier;
  }
  return { versions, next: rows.length > limit ? (shown.at(-1)?.version ?? null) : null };
}

type Listed = Static<typeof VersionsAnswer>["versions"][number];

/** How many entries of each kind are listed. */
const most = 20;

/** Shortens the lists of entries, and says by how many. */
function leaveOut({ scopes }: SettingsDiff): number {
  let leftOut = 0;
  for (const { entries } of scopes) {
    for (const list of [entries.added, entries.removed, entries.changed]) leftOut += list.splice(most).length;
  }
  return leftOut;
}

function versionsWithAuthor(database: Database) {
  return database
    .selectFrom("settings_versions")
    .leftJoin("users", "users.id", "settings_versions.changed_by")
    .select(["version", "changed_at", "users.id", "users.name", "users.email", "users.email_verified as emailVerified"])
    .orderBy("version", "desc");
}

interface VersionRow {
  version: number;
  changed_at: Date;
  id: number | null;
  name: string | null;
  email: string | null;
  emailVerified: boolean | null;
}

function head({ version, changed_at, id, name, email, emailVerified }: VersionRow) {
  const changedBy = id === null ? null : { id, name, email, emailVerified: emailVerified === true };
  return { version, changedAt: changed_at.toISOString(), changedBy };
}
