// What groups of a directory were called before, so that the admin page can say of a name in the mapping that it was there, and what the group is
// called now. Nothing is decided by it.

import type { NotNull } from "kysely";
import type { Database, DatabaseTransaction } from "../database/schema.ts";
import type { Provider } from "./link-user.ts";

export interface FormerName {
  name: string;
  until: Date;
  /** `null` where the group was deleted. */
  now: string | null;
}

/** More than anybody looks through. */
const mostNames = 1000;
/** For how long they are kept, in milliseconds. */
const kept = 365 * 24 * 3_600_000;

/** The group is called something else from now on, or is about to be deleted. Of one that mappings call by its id, nobody looks for the name. */
export async function rememberName(
  transaction: DatabaseTransaction,
  { provider, now }: { provider: Provider; now: Date },
  { id, display_name, external_id }: { id: string; display_name: string; external_id: string | null },
): Promise<void> {
  if (provider.groupNames === "externalId" && external_id !== null) return;
  await transaction
    .insertInto("scim_former_names")
    .values({ provider_id: provider.id, name: display_name, group_id: id, until: now })
    .onConflict((conflict) =>
      conflict
        .columns(["provider_id", "name"])
        .doUpdateSet((set) => ({ group_id: set.ref("excluded.group_id"), until: set.ref("excluded.until") })),
    )
    .execute();
}

/** Those that no group has now, the latest first. */
export async function formerNames(database: Database): Promise<FormerName[]> {
  return database
    .selectFrom("scim_former_names as former")
    .leftJoin("scim_groups as renamed", "renamed.id", "former.group_id")
    .select(["former.name", "former.until", "renamed.display_name as now"])
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom("scim_groups").select("id").whereRef("display_name", "=", "former.name"))),
    )
    .unionAll(renamedInDirectories(database))
    .orderBy("until", "desc")
    .orderBy("name")
    .limit(mostNames)
    .execute();
}

/** A run over a directory reads the groups of its users alone, so whether one was deleted it cannot tell. */
function renamedInDirectories(database: Database) {
  return database
    .selectFrom("directory_group_names as former")
    .innerJoin("directory_group_names as renamed", (join) =>
      join
        .onRef("renamed.provider_id", "=", "former.provider_id")
        .onRef("renamed.group_id", "=", "former.group_id")
        .on("renamed.until", "is", null),
    )
    .select(["former.name", "former.until", "renamed.name as now"])
    .where("former.until", "is not", null)
    .$narrowType<{ until: NotNull }>()
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("directory_group_names as any")
            .select("any.name")
            .whereRef("any.name", "=", "former.name")
            .where("any.until", "is", null),
        ),
      ),
    );
}

export async function forgetOldNames(database: Database, now: Date): Promise<void> {
  const old = new Date(now.getTime() - kept);
  for (const table of ["scim_former_names", "directory_group_names"] as const)
    await database.deleteFrom(table).where("until", "<", old).execute();
}
