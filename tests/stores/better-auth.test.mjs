// The store of idp-group-sync/better-auth, which is the tables of better-auth, by whole logins at once.

import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { genericOAuth, organization } from "better-auth/plugins";
import { groupSync } from "idp-group-sync/better-auth";
import { database } from "./support/postgresql.mjs";

const { pool, query } = await database("better_auth");
const baseURL = "http://localhost:3000";

/** An identity provider that says of everybody what `groups` says: the code is the token, and the token is the name. */
const groups = new Map();
const company = {
  providerId: "company",
  clientId: "app",
  authorizationUrl: "http://localhost:4000/auth",
  tokenUrl: "http://localhost:4000/token",
  getToken: async ({ code }) => ({ accessToken: code }),
  getUserInfo: async ({ accessToken: sub }) => ({ id: sub, sub, email: `${sub}@example.com`, groups: groups.get(sub) }),
};

const rules = {
  provider: "company",
  organization: "acme",
  createOrganization: true,
  roles: ["member", "admin", "owner"],
  groups: ["sales", { name: "developers", requires: "admin" }],
  claim: "groups",
  mapping: "IT Operations -> owner, Engineering -> developers, Sales Team -> sales",
  policy: { noMatch: "deny" },
};

const pluginsFor = (rules) => [
  genericOAuth({ config: [company] }),
  organization({ teams: { enabled: true } }),
  groupSync(rules),
];
const plugins = pluginsFor(rules);
const options = {
  baseURL,
  secret: "at-least-thirty-two-characters-long",
  logger: { disabled: true },
  telemetry: { enabled: false },
};
const auth = betterAuth({ ...options, database: pool, plugins });

before(async () => {
  await (await getMigrations(auth.options)).runMigrations();
});

beforeEach(async () => {
  groups.clear();
  await query(
    `truncate "user", "session", "account", "verification", "organization", "member", "team", "teamMember", "groupSyncAudit" cascade`,
  );
});

/** Signs somebody in, and gives where they come to. */
async function signIn(sub, by = auth) {
  const body = JSON.stringify({ provider: "company", callbackURL: "/in", errorCallbackURL: "/out" });
  const headers = { "content-type": "application/json", origin: baseURL };
  const begun = await by.handler(new Request(`${baseURL}/api/auth/sign-in/social`, { method: "POST", body, headers }));
  const cookie = begun.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const state = new URL((await begun.json()).url).searchParams.get("state");
  const callback = `${baseURL}/api/auth/callback/company?${new URLSearchParams({ code: sub, state })}`;
  const ended = await by.handler(new Request(callback, { headers: { cookie } }));
  return new URL(ended.headers.get("location"), baseURL);
}

/** The role and the teams of everybody, by their address. */
async function members() {
  const rows = await query(`select split_part(email, '@', 1) as name, role,
    (select coalesce(json_agg(t.name order by t.name), '[]') from "teamMember" m join team t on t.id = m."teamId" where m."userId" = u.id) as teams
    from member join "user" u on u.id = "userId" order by 1`);
  return Object.fromEntries(rows.map(({ name, role, teams }) => [name, [role, ...teams]]));
}

const count = async (table) => Number((await query(`select count(*) from "${table}"`))[0].count);
const audit = async () =>
  (await query(`select outcome from "groupSyncAudit" order by "createdAt"`)).map(({ outcome }) => outcome);

test("of two last owners who lose it at once, one keeps it", async () => {
  for (let round = 0; round < 5; round += 1) {
    for (const sub of ["ada", "bob"]) groups.set(sub, ["IT Operations"]);
    await Promise.all(["ada", "bob"].map((sub) => signIn(sub)));
    assert.deepEqual(await members(), { ada: ["owner"], bob: ["owner"] });
    for (const sub of ["ada", "bob"]) groups.set(sub, ["Sales Team"]);
    await Promise.all(["ada", "bob"].map((sub) => signIn(sub)));
    const roles = Object.values(await members()).map(([role]) => role);
    assert.deepEqual(roles.sort(), ["member", "owner"]);
  }
});

test("many first logins at once make one organization, and each team once", async () => {
  const people = Array.from({ length: 8 }, (_, number) => `person${number}`);
  for (const sub of people) groups.set(sub, ["Engineering", "Sales Team"]);
  const places = await Promise.all(people.map((sub) => signIn(sub)));
  assert.deepEqual(
    places.map(({ pathname }) => pathname),
    people.map(() => "/in"),
  );
  assert.equal(await count("organization"), 1);
  assert.equal(await count("team"), 2);
  assert.deepEqual(
    Object.values(await members()),
    people.map(() => ["admin", "developers", "sales"]),
  );
  const counts = await query(`select "memberCount" from team`);
  assert.deepEqual(counts, [{ memberCount: 8 }, { memberCount: 8 }]);
});

test("a newcomer who is refused leaves a line in the audit, and nothing else", async () => {
  groups.set("eve", ["Visitors"]);
  const { pathname, searchParams } = await signIn("eve");
  assert.equal(pathname, "/out");
  assert.equal(searchParams.get("error"), "denied-by-policy");
  assert.match(searchParams.get("error_description"), /give you no access here/);
  for (const table of ["user", "account", "session", "member"]) assert.equal(await count(table), 0, table);
  assert.deepEqual(await audit(), ["refused"]);
});

test("who is refused later keeps their account, and has no session", async () => {
  groups.set("bob", ["Sales Team"]);
  await signIn("bob");
  assert.equal(await count("session"), 1);
  groups.set("bob", []);
  assert.equal((await signIn("bob")).searchParams.get("error"), "denied-by-policy");
  assert.equal(await count("session"), 0);
  assert.deepEqual(await members(), { bob: ["member", "sales"] });
  assert.deepEqual(await audit(), ["admitted", "refused"]);
});

test("what an admin gave stays where the policy says so, and what a sync gave goes", async () => {
  const policy = { removal: "synced", roleWithoutRoleGroup: "keep-manual" };
  const careful = betterAuth({ ...options, database: pool, plugins: pluginsFor({ ...rules, policy }) });
  groups.set("ada", ["Sales Team"]);
  await signIn("ada", careful);
  await query(`insert into team (id, name, "organizationId", "createdAt", "memberCount")
    select 'by-hand', 'developers', id, now(), 0 from organization`);
  await query(`insert into "teamMember" (id, "teamId", "userId") select 'by-hand', 'by-hand', "userId" from member`);
  await query("update member set role = 'admin'");
  groups.set("ada", []);
  await signIn("ada", careful);
  assert.deepEqual(await members(), { ada: ["admin", "developers"] });
  await signIn("ada"); // who is refused keeps it all
  assert.deepEqual(await members(), { ada: ["admin", "developers"] });
  groups.set("ada", ["Sales Team"]);
  await signIn("ada");
  assert.deepEqual(await members(), { ada: ["member", "sales"] });
});

test("a login that fails leaves nothing behind, and the log says why", async () => {
  const told = [];
  const logger = { level: "warn", log: (level, message, error) => told.push([level, message, error?.message]) };
  const lost = betterAuth({
    ...options,
    logger,
    database: pool,
    plugins: pluginsFor({ ...rules, organization: "acmee", createOrganization: false }),
  });
  groups.set("ada", ["Engineering"]);
  const place = await signIn("ada", lost);
  assert.deepEqual([place.pathname, place.searchParams.get("error")], ["/out", "login-failed"]);
  assert.match(told.at(-1)[2], /no organization with the slug `acmee`.*`createOrganization: true`/);
  await query(`alter table "teamMember" add constraint fails check (false)`);
  try {
    const failing = betterAuth({ ...options, logger, database: pool, plugins });
    assert.equal((await signIn("ada", failing)).searchParams.get("error"), "login-failed");
    assert.match(told.at(-1)[1], /the login of ".*" could not be decided/);
  } finally {
    await query(`alter table "teamMember" drop constraint fails`);
  }
  for (const table of ["user", "account", "session", "member", "groupSyncAudit"])
    assert.equal(await count(table), 0, table);
});

test("the log says what an admin has to know of a refusal", async () => {
  const told = [];
  const logger = { level: "warn", log: (_, message) => told.push(message) };
  const mistyped = { ...rules, claim: "group", mapping: "IT Operations -> ownr" };
  const auth = betterAuth({ ...options, logger, database: pool, plugins: pluginsFor(mistyped) });
  groups.set("ada", ["Engineering"]);
  await signIn("ada", auth);
  assert.equal(told.length, 2);
  assert.match(told[0], /^groupSync: mapping 1:18: `ownr` is neither a role nor a group/);
  assert.match(
    told[1],
    /^groupSync: "company ada" was refused \(denied-by-policy\): .*no claim `group`.*the token has `groups`/,
  );
});

test("better-auth does not start where the plugin could not do its work", async () => {
  const starts = (more) => betterAuth({ ...options, database: pool, plugins, ...more }).$context;
  await starts({});
  await assert.rejects(starts({ plugins: plugins.toSpliced(1, 1, organization()) }), /teams: \{ enabled: true \}/);
  await assert.rejects(starts({ user: { validateUserInfo: () => {} } }), /user\.validateUserInfo/);
  const { Kysely, PostgresDialect } = await import("kysely");
  const db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  await assert.rejects(starts({ database: { db, type: "postgres" } }), /transaction: true/);
  const first = plugins.toSpliced(0, 0, plugins[2]).toSpliced(3, 1);
  await assert.rejects(starts({ plugins: first }), /name it after that in the plugins/);
});

test("rules by which somebody would come in undecided, or get a role that is nothing, are refused", async () => {
  const starts = (more) =>
    betterAuth({ ...options, database: pool, plugins: pluginsFor({ ...rules, ...more }) }).$context;
  const ordered = ["member", "editor", "owner"];
  await assert.rejects(
    starts({ roles: ordered, groups: [] }),
    /^GroupSyncError: roles: better-auth does not know `editor`/,
  );
  await assert.rejects(
    starts({ provider: "compny" }),
    /^GroupSyncError: provider: `compny`.*better-auth has `company`/,
  );
  await assert.rejects(starts({ polcy: {} }), /^GroupSyncError: polcy: there is no such field; expected .*`policy`/);
  for (const field of ["provider", "organization"]) {
    assert.throws(
      () => groupSync({ ...rules, [field]: undefined }),
      new RegExp(`^GroupSyncError: ${field}: .*required`),
    );
  }
  assert.throws(
    () => groupSync({ ...rules, roles: { kind: "set", names: ordered } }),
    /^GroupSyncError: roles: expected a list/,
  );
  assert.throws(
    () => groupSync(rules, { ...rules, organization: "other" }),
    /^GroupSyncError: provider: .*has rules already/,
  );
  assert.throws(() => groupSync(), /^GroupSyncError: rules: /);
});
