// What admins call IdP groups whose names are ids. Labels are shown, and never compared with anything.

import { sql } from "kysely";
import type { Database } from "../database/schema.ts";
import { hashOf } from "../secrets.ts";

export interface GroupLabel {
  /** The group's name, as tokens have it. */
  name: string;
  label: string;
}

/** More than any directory that somebody has labelled by hand. */
export const mostLabels = 10_000;

/** In the order of the names. */
export async function readLabels(database: Database): Promise<GroupLabel[]> {
  const labels = await database.selectFrom("idp_group_labels").select(["name", "label"]).execute();
  return labels.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export class TooManyLabels extends Error {}

/** Sets these, and takes those away that are `null`; throws `TooManyLabels`, and changes nothing, where there would be. */
export async function changeLabels(
  database: Database,
  changes: readonly { name: string; label: string | null }[],
  by: number,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    // One change at a time, so that they are counted; reading goes on.
    await sql`lock table idp_group_labels in share row exclusive mode`.execute(transaction);
    const byKey = new Map(changes.map((change) => [hashOf(change.name), change]));
    const gone = [...byKey].flatMap(([key, { label }]) => (label === null ? key : []));
    const put = [...byKey].flatMap(([key, { name, label }]) =>
      label === null ? [] : { key, name: JSON.stringify(name), label, changed_at: new Date(), changed_by: by },
    );
    if (gone.length > 0) await transaction.deleteFrom("idp_group_labels").where("key", "in", gone).execute();
    if (put.length > 0) {
      await transaction
        .insertInto("idp_group_labels")
        .values(put)
        .onConflict((conflict) =>
          conflict.column("key").doUpdateSet(({ ref }) => ({
            label: ref("excluded.label"),
            changed_at: ref("excluded.changed_at"),
            changed_by: ref("excluded.changed_by"),
          })),
        )
        .execute();
    }
    const { count } = transaction.fn;
    const stored = transaction.selectFrom("idp_group_labels").select(count<string>("key").as("labels"));
    if (Number((await stored.executeTakeFirstOrThrow()).labels) > mostLabels) throw new TooManyLabels();
  });
}
