// PATCH of RFC 7644, section 3.5.2, in the forms that Entra ID and Okta really send:
//
// - operations in capital letters;
// - an operation without a path, whose value has names, also dotted ones and URNs, for paths (both);
// - `emails[type eq "work"].value` of an item that is not there yet, which is added (Entra ID);
// - `remove` with the items to be removed as its value (Entra ID);
// - `id` and `schemas` among the values (Okta), which are ignored.
//
// What a value may look like is in `read-value.ts`.

import type { Filter } from "scim2-parse-filter";
import { invalid } from "./errors.ts";
import { itemMeets } from "./filter.ts";
import { findPath, type Path } from "./paths.ts";
import { type Fields, isFields, readFields, readValue, type Value, withOnePrimary } from "./read-value.ts";
import { type Attribute, isLeftOut, type ResourceSchema } from "./schemas.ts";

export interface Operation {
  op: "add" | "remove" | "replace";
  path: Path;
  value: unknown;
}

const mostOperations = 1000;

/** The operations of a request, each of which has a path. */
export function readOperations(schema: ResourceSchema, body: unknown): Operation[] {
  const operations = isFields(body) ? (body.Operations ?? body.operations) : undefined;
  if (!Array.isArray(operations) || operations.length === 0) {
    throw invalid("invalidSyntax", "`Operations` is a list of at least one operation");
  }
  if (operations.length > mostOperations)
    throw invalid("invalidSyntax", `there are more than ${mostOperations} operations`);
  return operations.flatMap((operation) => readOperation(schema, operation));
}

function readOperation(schema: ResourceSchema, operation: unknown): Operation[] {
  if (!isFields(operation)) throw invalid("invalidSyntax", "an operation is an object");
  const op = typeof operation.op === "string" ? operation.op.toLowerCase() : "";
  if (op !== "add" && op !== "remove" && op !== "replace") {
    throw invalid("invalidSyntax", "`op` is `add`, `remove` or `replace`");
  }
  const { path, value } = operation;
  if (path !== undefined && path !== null && typeof path !== "string") throw invalid("invalidPath", "`path` is a text");
  if (typeof path === "string" && path.trim() !== "") {
    if (isLeftOut(path.trim())) return [];
    const found = findPath(schema, path);
    if (!found) throw invalid("invalidPath", "there is no such attribute");
    if (found.attribute?.isReadOnly) throw invalid("mutability", `\`${found.attribute.name}\` cannot be changed`);
    if (op !== "remove" && value === undefined) throw invalid("invalidValue", "the operation has no `value`");
    return [{ op, path: found, value }];
  }
  if (op === "remove") throw invalid("noTarget", "`remove` needs a path");
  const values = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (!isFields(values)) throw invalid("invalidValue", "without a path, the value is an object");
  return Object.entries(values).flatMap(([name, one]) => {
    const found = findPath(schema, name);
    return found && !found.attribute?.isReadOnly ? [{ op, path: found, value: one }] : [];
  });
}

/** Changes the resource. */
export function applyOperation(resource: Fields, schema: ResourceSchema, { op, path, value }: Operation): void {
  const { extension, attribute } = path;
  if (extension === null) {
    if (attribute) keep(resource, attribute.name, changed(resource[attribute.name], attribute, op, path, value));
    return;
  }
  const found = resource[extension];
  if (!attribute) {
    keep(resource, extension, changedExtension(found, schema, extension, op, value));
    return;
  }
  const fields: Fields = isFields(found) ? { ...(found as Fields) } : {};
  keep(fields, attribute.name, changed(fields[attribute.name], attribute, op, path, value));
  keep(resource, extension, unlessEmpty(fields));
}

function changedExtension(
  now: Value | undefined,
  schema: ResourceSchema,
  id: string,
  op: Operation["op"],
  value: unknown,
): Value | undefined {
  if (op === "remove") return undefined;
  if (!isFields(value)) throw invalid("invalidValue", "an extension is an object");
  const attributes = schema.extensions.get(id.toLowerCase())?.attributes ?? new Map();
  return merged(now, readFields(attributes, value));
}

/** What an attribute has after the operation. */
function changed(
  now: Value | undefined,
  attribute: Attribute,
  op: Operation["op"],
  { filter, part }: Path,
  value: unknown,
): Value | undefined {
  const { isMulti, parts } = attribute;
  if (isMulti) {
    const items = Array.isArray(now) ? now : [];
    const after =
      parts && (filter || part)
        ? changeItems(items, attribute, op, filter, part, value)
        : changeList(items, attribute, op, value);
    return after.length === 0 ? undefined : after;
  }
  if (part) {
    const inner: Fields = isFields(now) ? { ...(now as Fields) } : {};
    keep(inner, part.name, op === "remove" ? undefined : readValue(part, value));
    return unlessEmpty(inner);
  }
  const read = op === "remove" ? undefined : readValue(attribute, value);
  return parts && read !== undefined ? merged(now, read) : read;
}

const unlessEmpty = (fields: Fields) => (Object.keys(fields).length === 0 ? undefined : fields);

/** The whole list. */
function changeList(items: Value[], attribute: Attribute, op: Operation["op"], value: unknown): Value[] {
  if (op === "remove" && (value === undefined || value === null)) return [];
  const read = readValue(attribute, value);
  const given = Array.isArray(read) ? read : [];
  if (op === "replace") return given;
  if (op === "remove") return items.filter((item) => !given.some((one) => isMeant(item, one)));
  const known = new Set(items.map(textOf));
  return withOnePrimary([...items, ...given.filter((item) => !known.has(textOf(item)))]);
}

/** Items that a filter chooses, or parts of all of them. */
function changeItems(
  items: Value[],
  attribute: Attribute,
  op: Operation["op"],
  filter: Filter | null,
  part: Attribute | null,
  value: unknown,
): Value[] {
  const parts = attribute.parts ?? new Map();
  const isChosen = (item: Value) => filter === null || itemMeets(parts, item, filter);
  if (op === "remove" && !part) return items.filter((item) => !isChosen(item));
  const given = op === "remove" ? undefined : givenFields(attribute, part, value);
  const changed = items.map((item) => {
    if (!isChosen(item)) return item;
    const fields = { ...(item as Fields) };
    if (given) return Object.assign(fields, given);
    if (part) delete fields[part.name];
    return fields;
  });
  if (given === undefined || items.some(isChosen)) return primaryOf(changed, isChosen, items);
  const wanted = filter && wantedBy(filter, parts);
  if (filter && !wanted) throw invalid("noTarget", "the filter chooses nothing");
  return withOnePrimary([...changed, { ...wanted, ...given }]);
}

/** Whichever was made primary last is. */
function primaryOf(changed: Value[], isChosen: (item: Value) => boolean, before: Value[]): Value[] {
  const made = changed.findIndex(
    (item, index) => isChosen(before[index] as Value) && (item as Fields).primary === true,
  );
  if (made < 0) return changed;
  return changed.map((item, index) =>
    index !== made && (item as Fields).primary === true ? { ...(item as Fields), primary: false } : item,
  );
}

function givenFields(attribute: Attribute, part: Attribute | null, value: unknown): Fields | undefined {
  if (!part) {
    const read = readValue({ ...attribute, isMulti: false }, value);
    return isFields(read) ? (read as Fields) : undefined;
  }
  const read = readValue(part, value);
  return read === undefined ? undefined : { [part.name]: read };
}

/** What an item has that meets a filter of equalities; `null` for another filter. */
function wantedBy(filter: Filter, parts: ReadonlyMap<string, Attribute>): Fields | null {
  if (filter.op === "and") {
    const all = (filter as Extract<Filter, { filters: Filter[] }>).filters.map((one) => wantedBy(one, parts));
    return all.includes(null) ? null : Object.assign({}, ...all);
  }
  if (filter.op !== "eq") return null;
  const { attrPath, compValue } = filter as Extract<Filter, { compValue: unknown }>;
  const part = parts.get(attrPath.toLowerCase());
  const read = part && readValue(part, compValue);
  return part && read !== undefined ? { [part.name]: read } : null;
}

/** Whether an item is one that is to be removed: it has all that is said of that. */
function isMeant(item: Value, said: Value): boolean {
  if (!isFields(item) || !isFields(said)) return textOf(item) === textOf(said);
  return Object.entries(said).every(([name, value]) => textOf((item as Fields)[name]) === textOf(value as Value));
}

function merged(now: Value | undefined, given: Value | undefined): Value | undefined {
  return isFields(now) && isFields(given) ? ({ ...now, ...given } as Fields) : (given ?? now);
}

function keep(fields: Fields, name: string, value: Value | undefined): void {
  if (value === undefined) delete fields[name];
  else fields[name] = value;
}

/** Equal for equal values, in whichever order their names were sent. */
function textOf(value: Value | undefined): string {
  if (isFields(value)) return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify(value) ?? "";
}
