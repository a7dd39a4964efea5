// Paths of RFC 7644, section 3.5.2: `name.givenName`, `emails[type eq "work"].value`, and both after the URN of a schema.

import { type Filter, parse } from "scim2-parse-filter";
import { invalid } from "./errors.ts";
import type { Attribute, Attributes, ResourceSchema } from "./schemas.ts";

export interface Path {
  /** The URN of the extension in which the attribute stands; `null` for the resource itself. */
  extension: string | null;
  /** `null` for the whole extension. */
  attribute: Attribute | null;
  filter: Filter | null;
  part: Attribute | null;
}

const longest = 1000;

/** `undefined` for an attribute that the schema does not have. */
export function findPath(schema: ResourceSchema, text: string): Path | undefined {
  if (text.length > longest) throw invalid("invalidPath", "the path is too long");
  const open = text.indexOf("[");
  const close = text.lastIndexOf("]");
  if (open < 0) return findAttribute(schema, text.trim(), null, "");
  const rest = text.slice(close + 1).trim();
  if (close < open || (rest !== "" && !rest.startsWith("."))) throw invalid("invalidPath", "the path cannot be read");
  return findAttribute(schema, text.slice(0, open).trim(), readFilter(text.slice(open + 1, close)), rest.slice(1));
}

function findAttribute(schema: ResourceSchema, text: string, filter: Filter | null, rest: string): Path | undefined {
  const { extension, attributes, name } = withoutUrn(schema, text);
  if (name === "") {
    return extension === null || filter ? undefined : { extension, attribute: null, filter: null, part: null };
  }
  const [first = "", ...parts] = [...name.split("."), ...(rest === "" ? [] : rest.split("."))];
  const attribute = attributes.get(first.toLowerCase());
  if (!attribute || parts.length > 1 || (filter && !(attribute.isMulti && attribute.parts))) return undefined;
  if (parts.length === 0) return { extension, attribute, filter, part: null };
  const part = attribute.parts?.get((parts[0] ?? "").toLowerCase());
  return part && { extension, attribute, filter, part };
}

function withoutUrn(
  schema: ResourceSchema,
  text: string,
): { extension: string | null; attributes: Attributes; name: string } {
  const lower = text.toLowerCase();
  for (const [urn, { id, attributes }] of schema.extensions) {
    if (lower === urn || lower.startsWith(`${urn}:`))
      return { extension: id, attributes, name: text.slice(urn.length + 1) };
  }
  const isOwn = lower.startsWith(`${schema.id.toLowerCase()}:`);
  return { extension: null, attributes: schema.attributes, name: isOwn ? text.slice(schema.id.length + 1) : text };
}

const longestFilter = 4000;

export function readFilter(text: string, scimType: "invalidFilter" | "invalidPath" = "invalidPath"): Filter {
  if (text.length > longestFilter) throw invalid(scimType, "the filter is too long");
  try {
    return parse(text);
  } catch {
    throw invalid(scimType, "the filter cannot be read");
  }
}
