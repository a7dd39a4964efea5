// Few names, so that they meet: some differ in case or spacing only, some are roles and groups at once, some need quotes.

import fc from "fast-check";

/** The first value so many times as often as the other. */
export function often<Value>(value: Value, other: Value, times: number): fc.Arbitrary<Value> {
  return fc.oneof({ weight: times, arbitrary: fc.constant(value) }, fc.constant(other));
}

export const idpGroup = fc.constantFrom(
  "engineers",
  "Engineers",
  "Sales Team",
  "sales-team",
  " SALES_TEAM",
  "sales",
  "admin",
  "builder",
  "owner",
  "end-user",
  "okta-sales",
  "okta-admin",
  "okta-ADMIN",
  "okta-",
  "OKTA_*",
  "dept-ops-eu",
  "CN=Sales,OU=Groups",
  "s",
  "team*",
  "🚀 crew",
  "R&&D",
  "!s",
  "Straße",
  "STRASSE",
  "caf\u00e9",
  "CAFE\u0301",
);

export const appGroup = fc.constantFrom(
  "engineers",
  "sales",
  "Sales",
  "developers",
  "team-ops-europe",
  "okta-sales",
  "admin",
  "Admin",
  "s",
  "crew, flying",
  "team*",
  "$1",
  "ops-eu",
  "strasse",
  "Caf\u00e9",
);

/** Groups that a user is in and the catalog may not have. */
export const memberGroup = fc.oneof({ weight: 5, arbitrary: appGroup }, fc.constantFrom("gone", "long gone"));

export const pattern = fc.constantFrom("*", "okta-*", "dept-*-eu", "*s", "s*s", "S*m", "e*s", "s*a*s", "**", "e*r*");

export const capture = fc.constantFrom("*", "team-*-europe", "*s", "s*s", "okta-*", "t*");

export const twoStars = fc.constantFrom("*-*", "*s*s", "d*-*u", "*a*", "** Team", "*e*r", "s*-*");

export const twoCaptures = fc.constantFrom("$1", "$2", "$1-$2", "$2-$1", "$2$2", "okta-$2", "team-$2-europe", "s$1");

export const threeStars = fc.constantFrom("*-*-*", "*-*s*", "***", "*e*p*", "d*-*-*");

export const threeCaptures = fc.constantFrom("$3", "$2-$3", "team-$2-europe", "$1$2$3", "$3$1", "$1-$2");

/** Roles of the catalogs below, some in another case, and names that nothing bears. */
export const roleOrUnknown = fc.constantFrom(
  "admin",
  "builder",
  "end-user",
  "owner",
  "ADMIN",
  "Builder",
  "nobody",
  "slaes",
);

export const roles: fc.Arbitrary<string[] | undefined> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  fc.constantFrom<string[]>(
    ["end-user", "builder", "admin"],
    ["viewer", "builder", "owner", "admin"],
    ["user", "Admin", "admin"],
    ["admin", "end-user"],
    ["member"],
  ),
);

export const workspaceId = fc.constantFrom("main", "lab", "shop");
