// Values as the schema has them, out of what clients send. Its names are written as the schema writes them; what it does not know is dropped, as
// is whatever could reach beyond the object that it stands in. What clients send that is not quite SCIM, and is taken all the same:
//
// - booleans as text, `"True"` and `"False"` (Entra ID);
// - a single value as a list of one, or as an object with a `value` (Entra ID);
// - a list as its single item, and a complex value as its `value` alone (the `manager` of Entra ID).

import { invalid } from "./errors.ts";
import type { Attribute, Attributes } from "./schemas.ts";

/** A JSON value as it is stored: texts, booleans, numbers, lists and objects with names of the schema. */
export type Value = string | boolean | { [name: string]: Value } | Value[];
export type Fields = { [name: string]: Value };

export const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `undefined` for what is unassigned, which `null` and the empty list also say. */
export function readValue(attribute: Attribute, value: unknown): Value | undefined {
  if (value === null || value === undefined) return undefined;
  if (!attribute.isMulti) return readSingle(attribute, Array.isArray(value) && value.length === 1 ? value[0] : value);
  const items = (Array.isArray(value) ? value : [value]).flatMap((item) => readSingle(attribute, item) ?? []);
  return items.length === 0 ? undefined : withOnePrimary(items);
}

function readSingle(attribute: Attribute, value: unknown): Value | undefined {
  if (value === null || value === undefined) return undefined;
  if (attribute.parts) return readComplex(attribute, attribute.parts, value);
  const plain = isFields(value) && "value" in value ? value.value : value;
  return attribute.isBoolean ? readBoolean(attribute, plain) : readText(attribute, plain);
}

function readComplex({ name }: Attribute, parts: Attributes, value: unknown): Value | undefined {
  if (isFields(value)) return readFields(parts, value);
  const only = parts.get("value");
  if (only && typeof value === "string") return { value };
  throw invalid("invalidValue", `\`${name}\` has parts: send an object`);
}

export function readFields(attributes: Attributes, value: Record<string, unknown>): Fields | undefined {
  const fields: Fields = {};
  for (const [key, item] of Object.entries(value)) {
    const attribute = attributes.get(key.toLowerCase());
    const read = attribute && readValue(attribute, item);
    if (attribute && read !== undefined) fields[attribute.name] = read;
  }
  return Object.keys(fields).length === 0 ? undefined : fields;
}

function readBoolean({ name }: Attribute, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  const text = typeof value === "string" ? value.toLowerCase() : "";
  if (text === "true" || text === "false") return text === "true";
  throw invalid("invalidValue", `\`${name}\` is \`true\` or \`false\``);
}

function readText({ name }: Attribute, value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  throw invalid("invalidValue", `\`${name}\` is a text`);
}

/** The last one that is said to be primary is. */
export function withOnePrimary(items: Value[]): Value[] {
  const isPrimary = (item: Value) => isFields(item) && item.primary === true;
  const last = items.findLastIndex(isPrimary);
  return items.map((item, index) =>
    isPrimary(item) && index !== last ? { ...(item as Fields), primary: false } : item,
  );
}
