// Claim settings, and tokens that hold the groups where the settings look for them, or nearly.

import fc from "fast-check";
import type { ClaimOptions } from "idp-group-sync";
import { oneSource } from "../rules/claims.ts";
import { idpGroup } from "./names.ts";

export const claimOptions: fc.Arbitrary<ClaimOptions> = fc.oneof(
  { weight: 5, arbitrary: fc.constant("groups") },
  fc.constantFrom<ClaimOptions>(
    { name: "groups" },
    { name: "groups", delimiter: "," },
    { name: "groups", delimiter: "; ", item: "text" },
    { name: "groups", item: "last-path-segment" },
    { name: "groups", item: "ldap-cn" },
    { name: "groups", item: { field: "name" } },
    { name: "realm_access.roles", item: "last-path-segment", delimiter: "|" },
    "realm_access.roles",
    "resource_access.my.client.roles",
    "/realm_access/roles",
    "/memberships/0/groups",
    "https://acme.example/groups",
  ),
);

/** Claim settings that can find nothing. */
export const faultyClaimOptions = fc.constantFrom<ClaimOptions>(
  "",
  { name: "" },
  "x".repeat(1025),
  "/a~2",
  "/a~",
  { name: "groups", delimiter: "" },
  { name: "groups", item: { field: "" } },
  { name: "", delimiter: "" },
  "gro\u0000ups",
  { name: "groups", delimiter: ",\u0007" },
  { name: "groups", item: { field: "na\u009fme" } },
);

type Shape =
  | "array"
  | "text"
  | "delimited"
  | "null"
  | "missing"
  | "other-case"
  | "number"
  | "object"
  | "bad-item"
  | "lone-surrogate"
  | "empty-item"
  | "claim-names"
  | "hasgroups"
  | "too-many";

export interface ClaimsDraft {
  shape: Shape;
  groups: string[];
  /** Whether the items look as the settings' `item` wants them. */
  isDressed: boolean;
  /** Whether a claim of exactly that name is there, or its way into objects. */
  isFlat: boolean;
  /** Whether other properties look like the way to it. */
  isDecoyed: boolean;
  /** Besides, the token says that groups are elsewhere, which counts only where the claim is absent. */
  hasgroups: unknown;
}

export const tokenGroups = fc.array(idpGroup, { maxLength: 5, size: "max" });

export const claimsDraft: fc.Arbitrary<ClaimsDraft> = fc.record({
  shape: fc.oneof(
    { weight: 300, arbitrary: fc.constant<Shape>("array") },
    { weight: 60, arbitrary: fc.constantFrom<Shape>("text", "delimited", "missing", "null") },
    {
      weight: 40,
      arbitrary: fc.constantFrom<Shape>("other-case", "number", "object", "bad-item", "lone-surrogate", "empty-item"),
    },
    { weight: 20, arbitrary: fc.constantFrom<Shape>("claim-names", "hasgroups") },
    { weight: 1, arbitrary: fc.constant<Shape>("too-many") },
  ),
  groups: tokenGroups,
  isDressed: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
  isFlat: fc.boolean(),
  isDecoyed: fc.boolean(),
  hasgroups: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, fc.constantFrom(true, false, "true")),
});

export function claimsOf(draft: ClaimsDraft, options: ClaimOptions): Record<string, unknown> {
  const { name, delimiter, item } = oneSource(options);
  const { shape, isDressed, isFlat, isDecoyed, hasgroups } = draft;
  const groups = isDressed ? draft.groups.map((group) => dressed(group, item ?? "text")) : draft.groups;
  const token: Record<string, unknown> = { sub: "ada", ...(hasgroups !== undefined && { hasgroups }) };
  switch (shape) {
    case "missing":
      return token;
    case "other-case":
      return { ...token, [name.toUpperCase()]: groups };
    case "claim-names": {
      const first = name.startsWith("/") ? name.split("/")[1] : name.split(".")[0];
      return { ...token, _claim_names: { [isFlat ? name : first]: "src1" } };
    }
    case "hasgroups":
      return { ...token, hasgroups: true };
    default:
      return { ...token, ...placed(name, claimValue(shape, groups, delimiter ?? ","), isFlat, isDecoyed) };
  }
}

function dressed(group: string, item: "text" | "last-path-segment" | "ldap-cn" | { field: string }): unknown {
  if (typeof item === "object") return { id: 7, [item.field]: group };
  if (item === "last-path-segment") return `/acme/${group}`;
  // Names that would have to be escaped are left as they are.
  if (item === "ldap-cn") return /[,=*]|^ /.test(group) ? group : `cn=${group},OU=Groups,CN=other`;
  return group;
}

function claimValue(shape: Shape, groups: unknown[], delimiter: string): unknown {
  switch (shape) {
    case "text":
      return groups[0] ?? "";
    case "delimited":
      return groups.map((group) => (typeof group === "string" ? group : "sales")).join(` ${delimiter} `);
    case "null":
      return null;
    case "number":
      return 42;
    case "object":
      return { sales: true };
    case "bad-item":
      return [...groups, 42];
    case "lone-surrogate":
      return [...groups, "\ud800"];
    case "empty-item":
      return [...groups, "", ...groups];
    case "too-many":
      return Array.from({ length: 10_001 }, (_, number) => `group-${number}`);
    default:
      return groups;
  }
}

/** The claim under its name, or where its name leads. */
function placed(name: string, value: unknown, isFlat: boolean, isDecoyed: boolean): Record<string, unknown> {
  if (isFlat) return { [name]: value };
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
      return { memberships: [{ groups: value }] };
    default:
      return { [name]: value };
  }
}
