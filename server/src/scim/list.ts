// Pages of users and groups, by RFC 7644, section 3.4.2. Without a filter, the database counts and pages; with one, the rows that it finds by its
// indexes are read in parts and asked.

import type { Filter } from "scim2-parse-filter";
import { invalid } from "./errors.ts";
import { meeting } from "./filter.ts";
import { findPath, readFilter } from "./paths.ts";
import type { Fields } from "./read-value.ts";
import type { ResourceSchema } from "./schemas.ts";

export const mostResults = 200;
const part = 500;

export interface Page {
  startIndex: number;
  count: number;
}

export interface Query extends Page {
  filter: Filter | null;
  chosen: Chosen;
}

/** Where rows come from. */
export interface Source<Row> {
  count(): Promise<number>;
  rows(filter: Filter | null, offset: number, limit: number): Promise<Row[]>;
  show(rows: Row[], filter: Filter | null): Promise<Fields[]>;
}

export async function list<Row>(schema: ResourceSchema, source: Source<Row>, query: Query) {
  const { startIndex, count, filter, chosen } = query;
  const { total, rows } = filter ? await filtered(schema, source, filter, query) : await paged(source, query);
  const resources = await source.show(rows, null);
  return {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    totalResults: total,
    startIndex,
    itemsPerPage: Math.min(count, resources.length),
    Resources: resources.map((resource) => choose(resource, chosen)),
  };
}

async function paged<Row>(source: Source<Row>, { startIndex, count }: Page) {
  const total = await source.count();
  return { total, rows: count === 0 ? [] : await source.rows(null, startIndex - 1, count) };
}

async function filtered<Row>(schema: ResourceSchema, source: Source<Row>, filter: Filter, { startIndex, count }: Page) {
  const meets = meeting(schema, filter);
  const rows: Row[] = [];
  let total = 0;
  for (let offset = 0; ; offset += part) {
    const some = await source.rows(filter, offset, part);
    const shown = await source.show(some, filter);
    for (const [index, resource] of shown.entries()) {
      if (!meets(resource)) continue;
      total += 1;
      const row = some[index];
      if (row !== undefined && total >= startIndex && rows.length < count) rows.push(row);
    }
    if (some.length < part) return { total, rows };
  }
}

/** Which attributes are answered; `null` for those that always are. */
export interface Chosen {
  only: string[][] | null;
  without: string[][];
}

/** `query` is that of an address, or the body of a search. */
export function readQuery(schema: ResourceSchema, query: Record<string, unknown>): Query {
  const { filter } = query;
  if (filter !== undefined && typeof filter !== "string") throw invalid("invalidFilter", "`filter` is a text");
  return {
    startIndex: Math.max(1, numberOf(query.startIndex, "startIndex") ?? 1),
    count: Math.min(mostResults, Math.max(0, numberOf(query.count, "count") ?? 100)),
    filter: filter === undefined || filter.trim() === "" ? null : readFilter(filter, "invalidFilter"),
    chosen: readChosen(schema, query),
  };
}

export function readChosen(
  schema: ResourceSchema,
  { attributes, excludedAttributes }: Record<string, unknown>,
): Chosen {
  return { only: namesOf(schema, attributes), without: namesOf(schema, excludedAttributes) ?? [] };
}

function numberOf(value: unknown, name: string): number | null {
  if (value === undefined || value === "") return null;
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || !/^-?\d{1,9}$/.test(text))
    throw invalid("invalidValue", `\`${name}\` is a whole number`);
  return Number(text);
}

/** Names that the schema does not have are nobody's. */
function namesOf(schema: ResourceSchema, value: unknown): string[][] | null {
  if (value === undefined || value === "") return null;
  const names = (Array.isArray(value) ? value : [value]).flatMap((one) =>
    typeof one === "string" ? one.split(",") : [],
  );
  return names.slice(0, 100).flatMap((name) => {
    const path = findPath(schema, name.trim());
    if (!path) return [];
    return [[path.extension, path.attribute?.name, path.part?.name].filter((one) => typeof one === "string")];
  });
}

/** Whether an attribute is answered at all, so that it need not be read otherwise. */
export function isChosen({ only, without }: Chosen, name: string): boolean {
  if (only) return only.some(([first]) => first === name);
  return !without.some((path) => path.length === 1 && path[0] === name);
}

export function choose(resource: Fields, { only, without }: Chosen): Fields {
  const always = { schemas: resource.schemas, id: resource.id } as Fields;
  if (only) return { ...always, ...picked(resource, only) };
  const rest = without.reduce((left, path) => dropped(left, path) as Fields, resource);
  return { ...always, ...rest };
}

function picked(resource: Fields, paths: string[][]): Fields {
  const result: Fields = {};
  for (const [first, ...rest] of paths) {
    if (first === undefined || resource[first] === undefined) continue;
    const found = pick(resource[first], rest);
    const before = result[first];
    const isObject = (value: unknown) => typeof value === "object" && !Array.isArray(value);
    if (found === undefined) continue;
    result[first] =
      isObject(before) && isObject(found) ? ({ ...(before as Fields), ...(found as Fields) } as Fields) : found;
  }
  return result;
}

function pick(value: Fields[string], path: string[]): Fields[string] | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (Array.isArray(value)) return value.flatMap((item) => pick(item, path) ?? []);
  if (typeof value !== "object") return undefined;
  const found = value[first] === undefined ? undefined : pick(value[first], rest);
  return found === undefined ? undefined : { [first]: found };
}

function dropped(value: Fields[string], path: string[]): Fields[string] {
  const [first, ...rest] = path;
  if (Array.isArray(value)) return value.map((item) => dropped(item, path));
  if (first === undefined || typeof value !== "object") return value;
  const { [first]: found, ...others } = value;
  return found === undefined || rest.length === 0 ? others : { ...others, [first]: dropped(found, rest) };
}
