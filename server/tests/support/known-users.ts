// Many users whose last token is known, without a login of each.

import { sql } from "kysely";
import type { Database } from "../../src/database/schema.ts";

/** Each has one of the groups in turn, and is an end user of the workspace. */
export async function addKnownUsers(
  database: Database,
  { count, groups, workspace }: { count: number; groups: string[]; workspace: string },
): Promise<void> {
  await sql`
    with made as (
      insert into users (issuer, subject, name)
      select 'https://idp.example', 'known-' || number, 'Known ' || number from generate_series(1, ${count}::integer) as number
      returning id
    ), members as (
      insert into memberships (user_id, workspace_id, role) select id, ${workspace}, 'end-user' from made
    )
    insert into known_claims (user_id, at, claims)
    select id, now(), json_build_object('groups', json_build_array((${groups}::text[])[1 + id % ${groups.length}::integer])) from made
  `.execute(database);
}
