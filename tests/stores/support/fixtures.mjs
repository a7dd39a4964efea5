// Stores with the ways round them that `testStore` asks for.

import { memoryStore } from "idp-group-sync/store/memory";

/** A store in memory. */
export function inMemory() {
  const store = memoryStore();
  return {
    store,
    putUser: (subject, user) => store.users.set(subject, structuredClone(user)),
    readAudit: () => store.audit,
  };
}

/**
 * A store in PostgreSQL, with its tables made and empty. `query` runs a statement round the store, and gives its rows.
 *
 * @param {import("idp-group-sync/store/sql").SqlStore} store
 * @param {(sql: string, parameters?: unknown[]) => Promise<object[]>} query
 */
export async function inPostgresql(store, query) {
  await store.createTables();
  await query("truncate group_sync_users, group_sync_members, group_sync_groups, group_sync_audit");
  return {
    store,
    async putUser(subject, { status = "active", archivedBy = null, exempt = false, superAdmin = false, memberships }) {
      await query("insert into group_sync_users values ($1, $2, $3, $4, $5)", [
        ...[subject, status, archivedBy, exempt, superAdmin],
      ]);
      for (const { workspace, status = "active", role, roleGrantedBy, roleProvider, groups } of memberships) {
        await query("insert into group_sync_members values ($1, $2, $3, $4, $5, $6)", [
          ...[subject, workspace, status, role, roleGrantedBy ?? "manual", roleProvider ?? null],
        ]);
        for (const { name, grantedBy, provider } of groups) {
          await query("insert into group_sync_groups values ($1, $2, $3, $4, $5)", [
            ...[subject, workspace, name, grantedBy ?? "manual", provider ?? null],
          ]);
        }
      }
    },
    readAudit: () => query("select subject, event, outcome, decision::text from group_sync_audit order by id"),
  };
}
