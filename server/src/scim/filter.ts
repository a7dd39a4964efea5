// Whether a resource meets a filter of RFC 7644, section 3.4.2.2.

import type { Filter } from "scim2-parse-filter";
import { findPath, type Path } from "./paths.ts";
import { type Fields, isFields, type Value } from "./read-value.ts";
import type { Attribute, Attributes, ResourceSchema } from "./schemas.ts";

type Comparison = Extract<Filter, { compValue: unknown }>;

/** An attribute that the schema does not have is one that nobody has. Many resources are asked, so a path is read once. */
export function meeting(schema: ResourceSchema, filter: Filter): (resource: Fields) => boolean {
  const paths = new Map<string, Path | undefined>();
  const pathOf = (text: string) => {
    if (!paths.has(text)) paths.set(text, findPath(schema, text));
    return paths.get(text);
  };
  return (resource) =>
    test(filter, (path) => {
      const found = pathOf(path);
      return found ? { ...valuesAt(resource, found), found } : null;
    });
}

/** The same for an item of a list, by the names of its parts. */
export function itemMeets(parts: Attributes, item: Value, filter: Filter): boolean {
  return test(filter, (path) => {
    const attribute = parts.get(path.toLowerCase());
    if (!attribute || !isFields(item)) return null;
    return { values: listOf((item as Fields)[attribute.name]), attribute, items: [], found: null };
  });
}

interface Looked {
  /** What is compared. */
  values: Value[];
  attribute: Attribute;
  /** What a filter in brackets is asked about. */
  items: Value[];
  found: Path | null;
}

function test(filter: Filter, look: (path: string) => Looked | null): boolean {
  switch (filter.op) {
    case "and":
    case "or": {
      const { filters } = filter as Extract<Filter, { filters: Filter[] }>;
      const joined = filter.op === "and" ? sameItem(filters) : null;
      if (joined) return test(joined, look);
      return filter.op === "and" ? filters.every((one) => test(one, look)) : filters.some((one) => test(one, look));
    }
    case "not":
      return !test((filter as Extract<Filter, { filter: Filter }>).filter, look);
    case "[]": {
      const { attrPath, valFilter } = filter as Extract<Filter, { valFilter: Filter }>;
      const looked = look(attrPath);
      const parts = looked?.attribute.parts;
      return parts ? looked.items.some((item) => itemMeets(parts, item, valFilter)) : false;
    }
    case "pr": {
      const looked = look((filter as Extract<Filter, { attrPath: string }>).attrPath);
      return looked?.values.some((value) => value !== "") ?? false;
    }
    default: {
      const { attrPath, compValue, op } = filter as Comparison;
      const looked = look(attrPath);
      const { attribute = nothing } = looked ?? {};
      if (op === "ne") return !looked?.values.some((value) => compares("eq", value, compValue, attribute));
      if (op === "eq" && compValue === null) return !looked || looked.values.length === 0;
      return looked?.values.some((value) => compares(op, value, compValue, attribute)) ?? false;
    }
  }
}

/** The library reads `emails[type eq "work"].value eq "x"` as two conditions, which need not be met by one item. */
function sameItem(filters: Filter[]): Filter | null {
  const [first, second] = filters;
  if (filters.length !== 2 || first?.op !== "[]" || !second || !("attrPath" in second)) return null;
  const { attrPath, valFilter } = first as Extract<Filter, { valFilter: Filter }>;
  if (!second.attrPath.startsWith(`${attrPath}.`)) return null;
  const inner = { ...second, attrPath: second.attrPath.slice(attrPath.length + 1) } as Filter;
  return { op: "[]", attrPath, valFilter: { op: "and", filters: [valFilter, inner] } };
}

function compares(op: Comparison["op"], value: Value, wanted: Comparison["compValue"], attribute: Attribute): boolean {
  if (typeof value === "boolean") return op === "eq" && String(value) === String(wanted).toLowerCase();
  if (typeof value !== "string" || wanted === null) return false;
  const isPart = op === "co" || op === "sw" || op === "ew";
  const [have, want] = [value, String(wanted)].map((text) => compared(text, attribute, isPart)) as [string, string];
  switch (op) {
    case "eq":
      return have === want;
    case "co":
      return have.includes(want);
    case "sw":
      return have.startsWith(want);
    case "ew":
      return have.endsWith(want);
    case "gt":
      return have > want;
    case "ge":
      return have >= want;
    case "lt":
      return have < want;
    case "le":
      return have <= want;
    default:
      return false;
  }
}

/** A moment is the same in whichever time zone it is written; a part of one is a text. */
function compared(text: string, { isCaseExact, isMoment }: Attribute, isPart: boolean): string {
  if (isMoment && !isPart && !Number.isNaN(Date.parse(text))) return new Date(text).toISOString();
  return isCaseExact ? text : text.toLowerCase();
}

const listOf = (value: Value | undefined): Value[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

function valuesAt(
  resource: Fields,
  { extension, attribute, part }: Path,
): Omit<Looked, "found"> & { attribute: Attribute } {
  const holder = extension === null ? resource : resource[extension];
  if (!attribute || !isFields(holder)) return { values: [], items: [], attribute: attribute ?? nothing };
  const items = listOf((holder as Fields)[attribute.name]);
  // A complex value is compared by its `value`, as in `emails eq "ada@example.com"`.
  const compared = part ?? attribute.parts?.get("value");
  if (!compared) return { values: items, items, attribute };
  const values = items.flatMap((item) => (isFields(item) ? listOf((item as Fields)[compared.name]) : []));
  const { isCaseExact, isMoment } = part ?? attribute;
  return { values, items, attribute: { ...attribute, isCaseExact, isMoment } };
}

const nothing: Attribute = {
  name: "",
  isMulti: false,
  isCaseExact: false,
  isReadOnly: true,
  isBoolean: false,
  isMoment: false,
  parts: null,
};
