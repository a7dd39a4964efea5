// What of a filter the database answers by its indexes. Rows that it finds are asked the whole filter again, so it may find too many, and never
// too few.

import type { Filter } from "scim2-parse-filter";
import { isStorable } from "../login/identity.ts";
import { findPath } from "./paths.ts";
import type { ResourceSchema } from "./schemas.ts";

export interface Equality {
  /** As the schema writes it: `userName`, `members.value`. */
  attribute: string;
  value: string;
}

/**
 * What all rows have in common that meet the filter, as alternatives of which one has to hold; `null` if the database has to look at all rows.
 */
export function narrow(schema: ResourceSchema, filter: Filter, indexed: readonly string[]): Equality[] | null {
  switch (filter.op) {
    case "eq": {
      const { attrPath, compValue } = filter as Extract<Filter, { compValue: unknown }>;
      const attribute = pathName(schema, attrPath);
      if (attribute === null || !indexed.includes(attribute) || typeof compValue !== "string") return null;
      return isStorable(compValue) ? [{ attribute, value: compValue }] : [];
    }
    case "[]": {
      const { attrPath, valFilter } = filter as Extract<Filter, { valFilter: Filter }>;
      const inner = "attrPath" in valFilter ? { ...valFilter, attrPath: `${attrPath}.${valFilter.attrPath}` } : null;
      return inner && inner.op !== "[]" ? narrow(schema, inner as Filter, indexed) : null;
    }
    case "and": {
      const { filters } = filter as Extract<Filter, { filters: Filter[] }>;
      const narrowed = filters.map((one) => narrow(schema, one, indexed)).filter((one) => one !== null);
      return narrowed.sort((a, b) => a.length - b.length)[0] ?? null;
    }
    case "or": {
      const { filters } = filter as Extract<Filter, { filters: Filter[] }>;
      const narrowed = filters.map((one) => narrow(schema, one, indexed));
      return narrowed.some((one) => one === null) ? null : narrowed.flatMap((one) => one ?? []);
    }
    default:
      return null;
  }
}

function pathName(schema: ResourceSchema, text: string): string | null {
  const path = findPath(schema, text);
  if (!path?.attribute || path.extension !== null) return null;
  // A complex value is compared by its `value`.
  const part = path.part?.name ?? (path.attribute.parts ? "value" : null);
  return part === null ? path.attribute.name : `${path.attribute.name}.${part}`;
}

/** Whether a filter speaks of an attribute, which then has to be read. */
export function speaksOf(schema: ResourceSchema, filter: Filter, name: string): boolean {
  if ("filters" in filter) return filter.filters.some((one) => speaksOf(schema, one, name));
  if ("filter" in filter) return speaksOf(schema, filter.filter, name);
  return findPath(schema, filter.attrPath)?.attribute?.name === name;
}
