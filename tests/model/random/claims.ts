// Tokens that hold the groups where the settings look for them, or nearly.

import fc from "fast-check";
import type { ClaimItem, ClaimOptions, ClaimSource } from "idp-group-sync";
import { listOf, sourcesOf } from "../rules/claims.ts";
import { idpGroup } from "./names.ts";

const shapes = [
  "text",
  "delimited",
  "missing",
  "null",
  "other-case",
  "number",
  "object",
  "bad-item",
  "bad-number",
  "lone-surrogate",
  "empty-item",
  "encoded",
  "encoded-item",
  "other-attribute",
  "claim-names",
  "hasgroups",
  "link",
] as const;

type Shape = (typeof shapes)[number] | "array" | "too-many";

/** What the claim of one source is. */
interface SourceDraft {
  shape: Shape;
  groups: string[];
  /** Whether the items look as the settings' `item` wants them. */
  isDressed: boolean;
  /** Whether a claim of exactly that name is there, or its way into objects. */
  isFlat: boolean;
  /** Whether other properties look like the way to it. */
  isDecoyed: boolean;
}

export interface ClaimsDraft extends SourceDraft {
  /** Of the sources after the first. */
  others: SourceDraft[];
  /** Besides, the token says that groups are elsewhere, which counts only where the claim is absent. */
  hasgroups: unknown;
}

export const tokenGroups = fc.array(idpGroup, { maxLength: 5, size: "max" });

/** Lists in so many cases, and something else in others. */
const sourceDraft = (lists: number) =>
  fc.record({
    shape: fc.oneof(
      { weight: lists, arbitrary: fc.constant<Shape>("array") },
      { weight: 60, arbitrary: fc.constantFrom<Shape>("text", "delimited", "missing", "null") },
      { weight: 80, arbitrary: fc.constantFrom<Shape>(...shapes) },
      { weight: 1, arbitrary: fc.constant<Shape>("too-many") },
    ),
    groups: tokenGroups,
    isDressed: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
    isFlat: fc.boolean(),
    isDecoyed: fc.boolean(),
  });

const draftOf = (lists: number): fc.Arbitrary<ClaimsDraft> =>
  fc
    .record({
      first: sourceDraft(lists),
      others: fc.array(sourceDraft(lists), { minLength: 2, maxLength: 2 }),
      hasgroups: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, fc.constantFrom(true, false, "true")),
    })
    .map(({ first, ...rest }) => ({ ...first, ...rest }));

export const claimsDraft = draftOf(300);

/** Where the claim itself is what is looked at. */
export const oddClaimsDraft = draftOf(60);

/** A token, and the settings that read it. */
export function tokenOf([claim, draft]: [ClaimOptions, ClaimsDraft]) {
  return { claim, claims: claimsOf(draft, claim) };
}

export function claimsOf(draft: ClaimsDraft, options: ClaimOptions): Record<string, unknown> {
  const { hasgroups } = draft;
  const tokens = sourcesOf(options).map((source, place) =>
    sourceOf([draft, ...draft.others][place % (draft.others.length + 1)], source),
  );
  const token = Object.assign({ sub: "ada", ...(hasgroups !== undefined && { hasgroups }) }, ...tokens);
  return JSON.parse(JSON.stringify(token));
}

function sourceOf(draft: SourceDraft, source: ClaimSource): Record<string, unknown> {
  const { shape, isFlat, isDecoyed } = draft;
  const names = listOf(source.name);
  // Of several names any, which the length of the list of groups says.
  const name = names[draft.groups.length % names.length];
  switch (shape) {
    case "missing":
      return {};
    case "other-case":
      return { [name.toUpperCase()]: draft.groups };
    case "claim-names": {
      const first = name.startsWith("/") ? name.split("/")[1] : name.split(".")[0];
      return { _claim_names: { [isFlat ? name : first]: "src1" } };
    }
    case "hasgroups":
      return { hasgroups: true };
    case "link":
      return { [`${isFlat ? "https://other.example/" : ""}${name.slice(name.lastIndexOf("/") + 1)}.link`]: "…" };
    default:
      return placed(name, claimValue(draft, source), isFlat, isDecoyed);
  }
}

/** What the source reads as those groups. */
function dressed(group: string, item: ClaimItem): unknown {
  if (typeof item === "object") {
    return item.field === "name" ? { id: 7, name: group } : { id: 7, group: { name: group } };
  }
  if (item === "last-path-segment") return group === "s" ? "/acme/s/" : `/acme/${group}`;
  if (item !== "ldap-cn" && item !== "ldap-ou") return group;
  const value = group.replace(/[",+;<>\\]/g, "\\$&").replace(/^[ #]/, "\\$&");
  const attribute = item === "ldap-cn" ? "cn" : "OU";
  const number = item === "ldap-cn" ? "2.5.4.3" : "2.5.4.11";
  if (group === "sales") return `${number}=${value},DC=corp`;
  if (group === "s") return `UID=7+${attribute}=${value}, DC=corp`;
  return `${attribute}=${value},OU=Groups,CN=other`;
}

function claimValue({ shape, groups: names, isDressed }: SourceDraft, source: ClaimSource): unknown {
  const item = source.item ?? "text";
  const [delimiter] = listOf(source.delimiter ?? ",").slice(-1);
  const groups = isDressed ? names.map((group) => dressed(group, item)) : names;
  switch (shape) {
    case "text":
      return groups[0] ?? "";
    case "delimited":
      return groups.map((group) => (typeof group === "string" ? group : "sales")).join(` ${delimiter} `);
    case "null":
      return null;
    case "number":
      return names.length > 2 ? 42 : [...groups, -7];
    case "bad-number":
      return names.length > 2 ? 1.5 : [...groups, 2 ** 53];
    case "object":
      return names.length > 2 ? { sales: true } : groups[0];
    case "bad-item":
      return [...groups, true];
    case "lone-surrogate":
      return [...groups, "\ud800"];
    case "empty-item":
      return [...groups, "", ...groups];
    case "encoded":
      return names.length > 3
        ? " {sales} "
        : names.length > 2
          ? "[sales, 's, \\' s',\"a,b\" ]"
          : JSON.stringify(groups);
    case "encoded-item":
      return [...groups, names.length > 2 ? '["admin", "s"]' : "[sales,s]"];
    case "other-attribute":
      return [
        ...groups,
        names.length > 2 ? "uid=7+sn=x,CN=s" : names.length > 1 ? "cn=#0402,DC=s" : "ipaUniqueID=5,cn=hbac",
      ];
    case "too-many":
      return Array.from({ length: 10_001 }, (_, number) => `group-${number}`);
    default:
      return isDressed ? whole(names, groups, source) : groups;
  }
}

/** The list as this source reads it. */
function whole(names: string[], groups: unknown[], { decode, item }: ClaimSource): unknown {
  if (item === "flag") return [true, "true", false, "false", "yes", 1][names.length];
  if (item === "key") {
    const keys = Object.fromEntries(names.map((name, place) => [name, [{}, true, null, false, "x"][place]]));
    return decode ? JSON.stringify(keys) : keys;
  }
  if (decode === "json")
    return names.length > 3 ? groups.map((group) => JSON.stringify([group])) : JSON.stringify(groups);
  if (decode !== "bracketed") return groups;
  const quoted = names.map((name) => (/[,"]|^ /.test(name) ? `'${name}'` : name));
  return names.length > 3 ? names.filter((name) => !/[[\]]/.test(name)) : `[${quoted.join(" , ")}]`;
}

/** The claim under its name, or where its name leads. */
function placed(name: string, value: unknown, isFlat: boolean, isDecoyed: boolean): Record<string, unknown> {
  if (isFlat) return { [name]: value };
  const half = Array.isArray(value) ? value.slice(0, 2) : value;
  const rest = Array.isArray(value) ? value.slice(2) : null;
  switch (name) {
    case "realm_access.roles":
    case "/realm_access/roles":
      return { realm_access: { roles: value } };
    case "resource_access.my.client.roles":
      // The longest run leads there, beside shorter ones that do too; or it leads nowhere, and gives way.
      return isDecoyed
        ? {
            "resource_access.my": { client: { roles: value } },
            resource_access: { my: { client: { roles: ["decoy"] } } },
          }
        : { "resource_access.my": { other: 1 }, resource_access: { "my.client": { roles: value }, my: {} } };
    case "/memberships/0/groups":
    case "memberships.0.groups":
      return { memberships: [{ groups: value }] };
    case "organization.*.groups":
      // Members by their names; one of them lacks the rest of the path, or there is a property of just that name.
      return isDecoyed
        ? { organization: { "*": { groups: value }, acme: { groups: ["decoy"] } } }
        : { organization: { zoo: { groups: half }, acme: { groups: rest }, empty: {} } };
    case "organization.*.roles":
      return { organization: [{ roles: value }, { roles: isDecoyed ? null : { s: {} } }] };
    case "organization":
      return { organization: value };
    case "rows.*.1":
      return { rows: isDecoyed ? [["a", half], ["b"], ["c", rest]] : { one: ["a", value] } };
    case "authorizations.*.groups.*.name":
      return { authorizations: { one: { groups: [{ name: half }, {}] }, two: { groups: { x: { name: rest } } } } };
    case "flags.engineers":
      return isDecoyed ? { flags: { engineers: value } } : { "flags.engineers": value };
    case "flags.*":
      return { flags: { sales: value, engineers: true, s: isDecoyed ? "false" : "true" } };
    default:
      return { [name]: value };
  }
}
