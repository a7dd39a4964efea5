// Users of a provider's directory. The row and what becomes of the user are one transaction.

import { randomUUID } from "node:crypto";
import type { Selectable } from "kysely";
import type { DatabaseTransaction, ScimUsersTable } from "../database/schema.ts";
import { comparedAddress } from "../login/addresses.ts";
import { inTransaction } from "../login/retry.ts";
import { conflict, invalid, notFound } from "./errors.ts";
import { primaryEmail } from "./link-user.ts";
import { applyOperation, type Operation } from "./patch.ts";
import { type Fields, readFields, type Value } from "./read-value.ts";
import { reconcileProvisioned, type ScimContext } from "./reconcile.ts";
import { enterpriseId, userSchema } from "./schemas.ts";
import { isId, mustMatch, storedName } from "./stored.ts";

export type UserRow = Selectable<ScimUsersTable>;

const longestResource = 100_000;

export async function createUser(context: ScimContext, body: Fields): Promise<UserRow> {
  const said = { active: true, ...body };
  return inTransaction(context.database, async (transaction) => {
    const columns = columnsOf(said);
    await mustBeNew(transaction, context, columns);
    const row = await transaction
      .insertInto("scim_users")
      .values({
        ...columns,
        id: randomUUID(),
        provider_id: context.provider.id,
        created_at: context.now,
        modified_at: context.now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await reconcileProvisioned(transaction, context, row);
    return row;
  });
}

/** What is not said is gone, but for `active`: to forget it is not to let somebody in again. */
export function replaceUser(context: ScimContext, id: string, body: Fields, ifMatch: string | undefined) {
  return change(context, id, ifMatch, ({ active }) => ({ active, ...body }));
}

export function patchUser(context: ScimContext, id: string, operations: Operation[], ifMatch: string | undefined) {
  return change(context, id, ifMatch, ({ resource, active }) => {
    const patched = structuredClone(resource);
    for (const operation of operations) {
      applyOperation(patched, userSchema, operation);
      // A thousand operations on a list that grows with each of them would keep everybody else waiting.
      mustBeSmall(patched);
    }
    return { active, ...patched };
  });
}

async function change(
  context: ScimContext,
  id: string,
  ifMatch: string | undefined,
  changed: (row: UserRow) => Fields,
): Promise<UserRow> {
  return inTransaction(context.database, async (transaction) => {
    const before = await lockRow(transaction, context, id);
    mustMatch(before.version, ifMatch);
    const columns = columnsOf(changed(before));
    await mustBeNew(transaction, context, columns, id);
    const isSame = JSON.stringify(before.resource) === columns.resource;
    const row = await transaction
      .updateTable("scim_users")
      .set({ ...columns, ...(!isSame && { version: before.version + 1, modified_at: context.now }) })
      .where("id", "=", id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await reconcileProvisioned(transaction, context, row);
    return row;
  });
}

export async function deleteUser(context: ScimContext, id: string, ifMatch: string | undefined): Promise<void> {
  await inTransaction(context.database, async (transaction) => {
    const row = await lockRow(transaction, context, id);
    mustMatch(row.version, ifMatch);
    await transaction.deleteFrom("scim_group_members").where("scim_user_id", "=", id).execute();
    await reconcileProvisioned(transaction, context, row, true);
    await transaction
      .updateTable("scim_users")
      .set({ deleted_at: context.now, due_at: null, resource: "{}" })
      .where("id", "=", id)
      .execute();
  });
}

async function lockRow(transaction: DatabaseTransaction, { provider }: ScimContext, id: string): Promise<UserRow> {
  const row = isId(id)
    ? await transaction
        .selectFrom("scim_users")
        .selectAll()
        .where("id", "=", id)
        .where("provider_id", "=", provider.id)
        .where("deleted_at", "is", null)
        .forNoKeyUpdate()
        .executeTakeFirst()
    : undefined;
  if (!row) throw notFound("user");
  return row;
}

async function mustBeNew(
  transaction: DatabaseTransaction,
  { provider }: ScimContext,
  { user_name_key, external_id }: Pick<UserRow, "user_name_key" | "external_id">,
  id = "",
): Promise<void> {
  const others = await transaction
    .selectFrom("scim_users")
    .select("user_name_key")
    .where("provider_id", "=", provider.id)
    .where("deleted_at", "is", null)
    .where("id", "<>", id)
    .where((where) =>
      where.or([
        where("user_name_key", "=", user_name_key),
        ...(external_id === null ? [] : [where("external_id", "=", external_id)]),
      ]),
    )
    .execute();
  if (others.length === 0) return;
  const isName = others.some((other) => other.user_name_key === user_name_key);
  throw conflict(`another user has this \`${isName ? "userName" : "externalId"}\``);
}

function columnsOf(resource: Fields) {
  const userName = storedName(resource.userName, "userName", 255);
  if (userName === null) throw invalid("invalidValue", "`userName` is missing");
  const text = mustBeSmall(resource);
  return {
    external_id: storedName(resource.externalId, "externalId", 255),
    user_name: userName,
    user_name_key: userName.toLowerCase(),
    email: comparedAddress(primaryEmail(resource)),
    active: resource.active === true,
    resource: text,
  };
}

/** Gives it as text. */
function mustBeSmall(resource: Fields): string {
  const text = JSON.stringify(resource);
  if (text.length > longestResource) throw invalid("invalidValue", "the user is too large");
  return text;
}

/** What a client sent, by the schema. */
export function readUser(body: Record<string, unknown>): Fields {
  const { attributes, extensions } = userSchema;
  const fields = readFields(attributes, body) ?? {};
  for (const name of ["id", "schemas", "meta", "groups"]) delete fields[name];
  for (const [key, value] of Object.entries(body)) {
    const extension = extensions.get(key.toLowerCase());
    if (!extension || value === null || value === undefined) continue;
    if (typeof value !== "object" || Array.isArray(value)) throw invalid("invalidValue", "an extension is an object");
    const read = readFields(extension.attributes, value as Record<string, unknown>);
    if (read) fields[extension.id] = read;
  }
  return fields;
}

export interface GroupReference {
  id: string;
  display_name: string;
}

export function shownUser(row: UserRow, groups: GroupReference[], base: string): Fields {
  const { resource } = row;
  const references: Value[] = groups.map(({ id, display_name }) => ({
    value: id,
    $ref: `${base}/Groups/${id}`,
    display: display_name,
    type: "direct",
  }));
  return {
    schemas: [userSchema.id, ...(enterpriseId in resource ? [enterpriseId] : [])],
    id: row.id,
    ...resource,
    active: row.active,
    ...(references.length > 0 && { groups: references }),
    meta: {
      resourceType: "User",
      created: row.created_at.toISOString(),
      lastModified: row.modified_at.toISOString(),
      location: `${base}/Users/${row.id}`,
      version: `W/"${row.version}"`,
    },
  };
}
