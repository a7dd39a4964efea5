// Users and groups of one provider, as `list.ts` reads them.

import { type ExpressionBuilder, type SqlBool, sql } from "kysely";
import type { Filter } from "scim2-parse-filter";
import type { Database, Schema } from "../database/schema.ts";
import { notFound } from "./errors.ts";
import { type GroupRow, type MemberReference, shownGroup } from "./groups.ts";
import type { Provider } from "./link-user.ts";
import { type Chosen, isChosen, type Source } from "./list.ts";
import { type Equality, narrow, speaksOf } from "./narrow.ts";
import type { Fields } from "./read-value.ts";
import { groupSchema, userSchema } from "./schemas.ts";
import { isId } from "./stored.ts";
import { type GroupReference, shownUser, type UserRow } from "./users.ts";

interface Where {
  database: Database;
  provider: Provider;
  base: string;
}

export function usersOf({ database, provider, base }: Where, chosen: Chosen): Source<UserRow> {
  const live = database.selectFrom("scim_users").where("provider_id", "=", provider.id).where("deleted_at", "is", null);
  const indexed = ["id", "userName", "externalId"];
  return {
    async count() {
      const { total } = await live.select(({ fn }) => fn.countAll<string>().as("total")).executeTakeFirstOrThrow();
      return Number(total);
    },
    rows(filter, offset, limit) {
      const found = filter && narrow(userSchema, filter, indexed);
      const query =
        found === null ? live : live.where((where) => where.or(found.map((one) => userEquality(where, one))));
      return query.selectAll().orderBy("created_at").orderBy("id").offset(offset).limit(limit).execute();
    },
    async show(rows, filter) {
      const needed = filter ? speaksOf(userSchema, filter, "groups") : isChosen(chosen, "groups");
      const groups = needed
        ? await groupsOf(
            database,
            rows.map(({ id }) => id),
          )
        : new Map<string, GroupReference[]>();
      return rows.map((row) => shownUser(row, groups.get(row.id) ?? [], base));
    },
  };
}

function userEquality(where: ExpressionBuilder<Schema, "scim_users">, { attribute, value }: Equality) {
  if (attribute === "userName") return where("user_name_key", "=", value.toLowerCase());
  return where(attribute === "id" ? "id" : "external_id", "=", value);
}

export function groupsIn({ database, provider, base }: Where, chosen: Chosen): Source<GroupRow> {
  const own = database.selectFrom("scim_groups").where("provider_id", "=", provider.id);
  const indexed = ["id", "displayName", "externalId", "members.value"];
  return {
    async count() {
      const { total } = await own.select(({ fn }) => fn.countAll<string>().as("total")).executeTakeFirstOrThrow();
      return Number(total);
    },
    rows(filter, offset, limit) {
      const found = filter && narrow(groupSchema, filter, indexed);
      const query =
        found === null ? own : own.where((where) => where.or(found.map((one) => groupEquality(where, one))));
      return query.selectAll().orderBy("created_at").orderBy("id").offset(offset).limit(limit).execute();
    },
    async show(rows, filter) {
      const needed = filter ? speaksOf(groupSchema, filter, "members") : isChosen(chosen, "members");
      const members = needed
        ? await membersOf(
            database,
            rows.map(({ id }) => id),
          )
        : null;
      return rows.map((row) => shownGroup(row, members && (members.get(row.id) ?? []), base));
    },
  };
}

function groupEquality(where: ExpressionBuilder<Schema, "scim_groups">, { attribute, value }: Equality) {
  if (attribute === "displayName") return where("display_name_key", "=", value.toLowerCase());
  if (attribute !== "members.value") return where(attribute === "id" ? "id" : "external_id", "=", value);
  return sql<SqlBool>`id in (select group_id from scim_group_members where scim_user_id = ${value.toLowerCase()})`;
}

/** One resource, by its id. */
export async function shownById(source: Source<unknown>, id: string, what: "user" | "group"): Promise<Fields> {
  const filter: Filter = { op: "eq", attrPath: "id", compValue: id };
  const [row] = isId(id) ? await source.rows(filter, 0, 1) : [];
  const [shown] = row === undefined ? [] : await source.show([row], null);
  if (!shown) throw notFound(what);
  return shown;
}

async function groupsOf(database: Database, ids: string[]): Promise<Map<string, GroupReference[]>> {
  if (ids.length === 0) return new Map();
  const rows = await database
    .selectFrom("scim_group_members")
    .innerJoin("scim_groups", "scim_groups.id", "scim_group_members.group_id")
    .select(["scim_user_id", "scim_groups.id", "display_name"])
    .where("scim_user_id", "in", ids)
    .orderBy("scim_groups.created_at")
    .orderBy("scim_groups.id")
    .execute();
  return byKey(rows, ({ scim_user_id }) => scim_user_id);
}

async function membersOf(database: Database, ids: string[]): Promise<Map<string, MemberReference[]>> {
  if (ids.length === 0) return new Map();
  const rows = await database
    .selectFrom("scim_group_members")
    .innerJoin("scim_users", "scim_users.id", "scim_group_members.scim_user_id")
    .select(["group_id", "scim_users.id", "user_name"])
    .where("group_id", "in", ids)
    .orderBy("scim_users.created_at")
    .orderBy("scim_users.id")
    .execute();
  return byKey(rows, ({ group_id }) => group_id);
}

function byKey<Row>(rows: Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const result = new Map<string, Row[]>();
  for (const row of rows) {
    const found = result.get(keyOf(row));
    if (found) found.push(row);
    else result.set(keyOf(row), [row]);
  }
  return result;
}
