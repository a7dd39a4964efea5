// Groups of a provider's directory. A change of one marks everybody whose groups it changes as due, in the same transaction; `due.ts` carries
// that out, a member at a time.

import { randomUUID } from "node:crypto";
import type { Selectable } from "kysely";
import type { Filter } from "scim2-parse-filter";
import type { DatabaseTransaction, ScimGroupsTable } from "../database/schema.ts";
import { inTransaction } from "../login/retry.ts";
import { conflict, invalid, notFound } from "./errors.ts";
import { itemMeets } from "./filter.ts";
import { rememberName } from "./former-names.ts";
import { applyOperation, type Operation } from "./patch.ts";
import { type Fields, isFields, readFields, readValue, type Value } from "./read-value.ts";
import type { ScimContext } from "./reconcile.ts";
import { groupSchema } from "./schemas.ts";
import { isId, mustMatch, storedName } from "./stored.ts";

export type GroupRow = Selectable<ScimGroupsTable>;

export interface ChangedGroup {
  row: GroupRow;
  /** Those in `scim_users` whose groups have changed. */
  due: string[];
}

/** What a client says of a group, without its members. */
interface Said {
  fields: Fields;
  /** `null` where nothing is said of them. */
  members: Set<string> | null;
}

export async function createGroup(context: ScimContext, { fields, members }: Said): Promise<ChangedGroup> {
  return inTransaction(context.database, async (transaction) => {
    const columns = columnsOf(fields);
    await mustBeNew(transaction, context, columns);
    const { provider, now } = context;
    const row = await transaction
      .insertInto("scim_groups")
      .values({ ...columns, id: randomUUID(), provider_id: provider.id, created_at: now, modified_at: now })
      .returningAll()
      .executeTakeFirstOrThrow();
    const due = [...(members ?? [])];
    await lockMembers(transaction, context, due, true);
    await addMembers(transaction, row.id, due);
    await markDue(transaction, context, due);
    return { row, due };
  });
}

/** Members that are not said are none: the whole group is replaced. */
export function replaceGroup(context: ScimContext, id: string, { fields, members }: Said, ifMatch: string | undefined) {
  return change(context, id, ifMatch, () => ({ fields, members: members ?? new Set() }));
}

export function patchGroup(context: ScimContext, id: string, operations: Operation[], ifMatch: string | undefined) {
  mustBeFew(operations);
  return change(context, id, ifMatch, (row, current) => {
    const fields: Fields = { displayName: row.display_name };
    if (row.external_id !== null) fields.externalId = row.external_id;
    const members = new Set(current);
    for (const operation of operations) {
      if (operation.path.attribute?.name === "members") changeMembers(members, operation);
      else applyOperation(fields, groupSchema, operation);
    }
    return { fields, members };
  });
}

async function change(
  context: ScimContext,
  id: string,
  ifMatch: string | undefined,
  changed: (row: GroupRow, members: string[]) => { fields: Fields; members: Set<string> },
): Promise<ChangedGroup> {
  return inTransaction(context.database, async (transaction) => {
    const before = await lockRow(transaction, context, id);
    mustMatch(before.version, ifMatch);
    const current = await membersOf(transaction, id);
    const { fields, members } = changed(before, current);
    const columns = columnsOf(fields);
    await mustBeNew(transaction, context, columns, id);

    const known = new Set(current);
    const added = [...members].filter((member) => !known.has(member));
    const removed = current.filter((member) => !members.has(member));
    const isRenamed = columns.display_name !== before.display_name || columns.external_id !== before.external_id;
    const due = [...new Set([...added, ...removed, ...(isRenamed ? current : [])])];
    await lockMembers(transaction, context, added, true);
    await lockMembers(transaction, context, due, false);
    await addMembers(transaction, id, added);
    for (const some of inParts(removed)) {
      await transaction
        .deleteFrom("scim_group_members")
        .where("group_id", "=", id)
        .where("scim_user_id", "in", some)
        .execute();
    }
    await markDue(transaction, context, due);
    if (due.length === 0 && !isRenamed) return { row: before, due };
    if (columns.display_name !== before.display_name) await rememberName(transaction, context, before);
    const row = await transaction
      .updateTable("scim_groups")
      .set({ ...columns, version: before.version + 1, modified_at: context.now })
      .where("id", "=", id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return { row, due };
  });
}

export async function deleteGroup(context: ScimContext, id: string, ifMatch: string | undefined): Promise<string[]> {
  return inTransaction(context.database, async (transaction) => {
    const row = await lockRow(transaction, context, id);
    mustMatch(row.version, ifMatch);
    const due = await membersOf(transaction, id);
    await lockMembers(transaction, context, due, false);
    await rememberName(transaction, context, row);
    await transaction.deleteFrom("scim_groups").where("id", "=", id).execute();
    await markDue(transaction, context, due);
    return due;
  });
}

async function lockRow(transaction: DatabaseTransaction, { provider }: ScimContext, id: string): Promise<GroupRow> {
  const row = isId(id)
    ? await transaction
        .selectFrom("scim_groups")
        .selectAll()
        .where("id", "=", id)
        .where("provider_id", "=", provider.id)
        .forUpdate()
        .executeTakeFirst()
    : undefined;
  if (!row) throw notFound("group");
  return row;
}

async function membersOf(transaction: DatabaseTransaction, id: string): Promise<string[]> {
  const rows = await transaction
    .selectFrom("scim_group_members")
    .select("scim_user_id")
    .where("group_id", "=", id)
    .execute();
  return rows.map(({ scim_user_id }) => scim_user_id);
}

/** By id, so that two changes of groups never wait for each other in a circle. */
async function lockMembers(
  transaction: DatabaseTransaction,
  { provider }: ScimContext,
  ids: string[],
  all: boolean,
): Promise<void> {
  let locked = 0;
  for (const some of inParts([...ids].sort())) {
    const rows = await transaction
      .selectFrom("scim_users")
      .select("id")
      .where("id", "in", some)
      .where("provider_id", "=", provider.id)
      .where("deleted_at", "is", null)
      .orderBy("id")
      .forNoKeyUpdate()
      .execute();
    locked += rows.length;
  }
  if (all && locked < ids.length) throw invalid("invalidValue", "a member is no user here: create it first");
}

async function addMembers(transaction: DatabaseTransaction, id: string, members: string[]): Promise<void> {
  for (const some of inParts(members)) {
    const rows = some.map((member) => ({ group_id: id, scim_user_id: member }));
    await transaction.insertInto("scim_group_members").values(rows).execute();
  }
}

async function markDue(transaction: DatabaseTransaction, { now }: ScimContext, ids: string[]): Promise<void> {
  for (const some of inParts(ids)) {
    await transaction.updateTable("scim_users").set({ due_at: now }).where("id", "in", some).execute();
  }
}

/** A statement has at most 65,535 parameters. */
function inParts<Item>(items: Item[], size = 5000): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, part) =>
    items.slice(part * size, (part + 1) * size),
  );
}

/** Two groups may have one name, where the directory tells them apart by their ids. */
async function mustBeNew(
  transaction: DatabaseTransaction,
  { provider }: ScimContext,
  { display_name_key, external_id }: Pick<GroupRow, "display_name_key" | "external_id">,
  id = "",
): Promise<void> {
  const other = await transaction
    .selectFrom("scim_groups")
    .select("display_name_key")
    .where("provider_id", "=", provider.id)
    .where("id", "<>", id)
    .where((where) =>
      external_id === null
        ? where.and([where("display_name_key", "=", display_name_key), where("external_id", "is", null)])
        : where("external_id", "=", external_id),
    )
    .executeTakeFirst();
  if (other) throw conflict(`another group has this \`${external_id === null ? "displayName" : "externalId"}\``);
}

function columnsOf({ displayName, externalId }: Fields) {
  const name = storedName(displayName, "displayName", 512);
  if (name === null) throw invalid("invalidValue", "`displayName` is missing");
  return {
    display_name: name,
    display_name_key: name.toLowerCase(),
    external_id: storedName(externalId, "externalId", 255),
  };
}

const membersAttribute = groupSchema.attributes.get("members");
const memberParts = membersAttribute?.parts ?? new Map();

export function readGroup({ members, ...body }: Record<string, unknown>): Said {
  const { displayName, externalId } = readFields(groupSchema.attributes, body) ?? {};
  const fields: Fields = {};
  if (displayName !== undefined) fields.displayName = displayName;
  if (externalId !== undefined) fields.externalId = externalId;
  return { fields, members: members === undefined ? null : new Set(readMembers(members)) };
}

function readMembers(value: unknown): string[] {
  const read = membersAttribute && readValue(membersAttribute, value);
  return (Array.isArray(read) ? read : []).map((member) => {
    const { value: id } = member as Fields;
    if (typeof id !== "string" || !isId(id)) throw invalid("invalidValue", "a member is named by the `id` of a user");
    return id;
  });
}

function changeMembers(members: Set<string>, { op, path, value }: Operation): void {
  const { filter, part } = path;
  if (part || (filter && op !== "remove")) throw invalid("invalidPath", "members are added and removed whole");
  const only = filter && onlyMember(filter);
  if (only) members.delete(only);
  if (only) return;
  if (filter) {
    for (const id of members) if (itemMeets(memberParts, { value: id, type: "User" }, filter)) members.delete(id);
    return;
  }
  const isAll =
    op === "remove" && (value === undefined || value === null || (Array.isArray(value) && value.length === 0));
  if (isAll || op === "replace") members.clear();
  if (isAll) return;
  for (const id of op === "remove" ? namedMembers(value) : readMembers(value)) {
    if (op === "remove") members.delete(id);
    else members.add(id);
  }
}

/** Who is meant by `value eq "…"`, which clients send for a thousand members at once: nobody else has to be looked at. */
function onlyMember(filter: Filter): string | null {
  const { op, attrPath, compValue } = filter as Partial<Extract<Filter, { compValue: unknown }>>;
  const isValue = op === "eq" && attrPath?.toLowerCase() === "value" && typeof compValue === "string";
  return isValue ? compValue.toLowerCase() : null;
}

/** Filters that look at all members, one after the other, so many times in a request. */
const mostFilters = 10;

function mustBeFew(operations: Operation[]): void {
  const looking = operations.filter(({ path: { filter } }) => filter !== null && onlyMember(filter) === null);
  if (looking.length <= mostFilters) return;
  throw invalid(
    "invalidPath",
    `there are more than ${mostFilters} filters of members: write \`members[value eq "…"]\``,
  );
}

/** Whoever is no member need not be removed, whatever they are called. */
function namedMembers(value: unknown): string[] {
  const read = membersAttribute && readValue(membersAttribute, value);
  return (Array.isArray(read) ? read : []).flatMap((member) => {
    const id = isFields(member) ? member.value : undefined;
    return typeof id === "string" ? [id] : [];
  });
}

export interface MemberReference {
  id: string;
  user_name: string;
}

/** `null` for members that nobody asks for. */
export function shownGroup(row: GroupRow, members: MemberReference[] | null, base: string): Fields {
  const references: Value[] | undefined = members?.map(({ id, user_name }) => ({
    value: id,
    $ref: `${base}/Users/${id}`,
    display: user_name,
    type: "User",
  }));
  return {
    schemas: [groupSchema.id],
    id: row.id,
    ...(row.external_id !== null && { externalId: row.external_id }),
    displayName: row.display_name,
    ...(references && { members: references }),
    meta: {
      resourceType: "Group",
      created: row.created_at.toISOString(),
      lastModified: row.modified_at.toISOString(),
      location: `${base}/Groups/${row.id}`,
      version: `W/"${row.version}"`,
    },
  };
}
