// Claim settings, and those that can find nothing.

import fc from "fast-check";
import type { ClaimOptions } from "idp-group-sync";

export const claimOptions: fc.Arbitrary<ClaimOptions> = fc.oneof(
  { weight: 3, arbitrary: fc.constant("groups") },
  {
    weight: 4,
    arbitrary: fc.constantFrom<ClaimOptions>(
      { name: "groups" },
      { name: "groups", delimiter: "," },
      { name: "groups", delimiter: "; ", item: "text" },
      { name: "groups", delimiter: ["|", ";"] },
      { name: "groups", item: "last-path-segment" },
      { name: "groups", item: "ldap-cn" },
      { name: "groups", item: "ldap-ou" },
      { name: "groups", item: { field: "name" } },
      { name: "groups", item: { field: "group.name" } },
      { name: "groups", prefix: "okta-" },
      { name: "realm_access.roles", item: "last-path-segment", delimiter: "|" },
      "realm_access.roles",
      "resource_access.my.client.roles",
      "/realm_access/roles",
      "/memberships/0/groups",
      "https://acme.example/groups",
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom<ClaimOptions>(
      "memberships.0.groups",
      "organization.*.groups",
      "rows.*.1",
      { name: "authorizations.*.groups.*.name" },
      { name: "organization.*.groups", delimiter: "," },
      { name: "groups", item: "key" },
      { name: "organization.*.roles", item: "key", prefix: "okta-" },
      { name: "flags.engineers", item: "flag" },
      { name: "flags.*", item: "flag" },
      { name: "groups", decode: "json" },
      { name: "groups", decode: "json", item: "key" },
      { name: "groups", decode: "json", item: { field: "name" } },
      { name: "groups", decode: "bracketed" },
      { name: "groups", decode: "bracketed", delimiter: "," },
      { name: ["groups", "realm_access.roles"] },
      { name: ["roles", "organization.*.groups", "groups"], delimiter: "," },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom<ClaimOptions>(
      ["groups"],
      ["groups", "realm_access.roles"],
      ["groups", { name: "realm_access.roles", required: true }],
      [
        { name: "groups", item: "ldap-cn" },
        { name: "roles", prefix: "okta-" },
      ],
      [{ name: "organization", item: "key" }, "organization.*.groups"],
      [
        { name: "flags.engineers", item: "flag" },
        { name: "flags.admin", item: "flag" },
        { name: "groups", required: true },
      ],
      [
        { name: ["teams", "roles"], delimiter: [",", ";"] },
        { name: "groups", decode: "json" },
      ],
    ),
  },
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
