// The people of the development identity provider: one for each thing that can happen at a login.

export interface Account {
  subject: string;
  name: string;
  /** What signing in with it shows. */
  shows: string;
  claims: Record<string, unknown>;
}

/** What a token of theirs holds besides what is the protocol's. */
export function claimsOf({ subject, name, claims }: Account): { sub: string; [claim: string]: unknown } {
  return { sub: subject, name, email: `${subject}@example.com`, email_verified: true, ...claims };
}

/** Nested so deeply that no program should read it. */
function nested(levels: number): unknown {
  let value: unknown = [];
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

export const accounts: Account[] = [
  {
    subject: "ada",
    name: "Ada Admin",
    shows: "the group `admin` is the role of that name; `developers` is a custom group: an admin in developers",
    claims: { groups: ["admin", "developers"] },
  },
  {
    subject: "ben",
    name: "Ben Builder",
    shows: "the group `builder` is the role of that name",
    claims: { groups: ["builder"] },
  },
  {
    subject: "eve",
    name: "Eve Enduser",
    shows: "the group `end-user` is the role of that name",
    claims: { groups: ["end-user"] },
  },
  {
    subject: "eli",
    name: "Eli Engineer",
    shows:
      "joins engineers by its name, as an end user; in Product a mapping sends `engineers` to developers, who are builders",
    claims: { groups: ["engineers"] },
  },
  {
    subject: "olga",
    name: "Olga Operator",
    shows: "joins operators, whose permissions need a builder",
    claims: { groups: ["operators"] },
  },
  {
    subject: "mara",
    name: "Mara Marketing",
    shows: "`Marketing Team` is mapped to marketing; `sales-team` is nearly what the mapping says, and grants nothing",
    claims: { groups: ["Marketing Team", "sales-team"] },
  },
  {
    subject: "petra",
    name: "Petra Platform",
    shows: "`Platform Owners`: nothing, unless the mapping makes them admins, as it does in the demonstration",
    claims: { groups: ["Platform Owners", "engineers"] },
  },
  {
    subject: "nils",
    name: "Nils Nobody",
    shows: "no groups: the lowest role",
    claims: { groups: [] },
  },
  {
    subject: "mia",
    name: "Mia Missing",
    shows: "the token has no claim `groups`: like no groups",
    claims: {},
  },
  {
    subject: "mo",
    name: "Mo Malformed",
    shows: "the claim is a number: nothing is changed",
    claims: { groups: true },
  },
  {
    subject: "otto",
    name: "Otto Overage",
    shows: "too many groups for a token, which says where they are: nothing is changed",
    claims: {
      _claim_names: { groups: "src1" },
      _claim_sources: { src1: { endpoint: "https://directory.example/users/otto/groups" } },
    },
  },
  {
    subject: "lena",
    name: "Lena Ldap",
    shows: "groups by their LDAP names, which the workspace Directory reads from a claim of its own",
    claims: {
      groups: [],
      ldap_groups: ["CN=sales,OU=Groups,DC=example,DC=com", "CN=Research\\, Europe,OU=Groups,DC=example,DC=com"],
    },
  },
  {
    subject: "lars",
    name: "Lars Limits",
    shows: "10,001 groups, more than are read: nothing is changed",
    claims: { groups: Array.from({ length: 10_001 }, (_, index) => `group-${index + 1}`) },
  },
  {
    subject: "dee",
    name: "Dee Deep",
    shows: "a claim nested 200 levels deep: the sign-in fails with a clear page",
    claims: { groups: nested(200) },
  },
  {
    subject: "arne",
    name: "Arne Archived",
    shows: "is archived here, and refused",
    claims: { groups: ["admin"] },
  },
  {
    subject: "ivy",
    name: "Ivy Invited",
    shows: "was invited by e-mail, to the instance and to the workspace Product",
    claims: { groups: ["engineers"] },
  },
];
