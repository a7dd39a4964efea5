// Whatever a token holds, every route that reads answers afterwards, and what was kept is what the token had.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Directory } from "idp-group-sync/directory";
import { keepEntries } from "../src/reconcile/directory.ts";
import { look } from "../src/reconcile/look.ts";
import { beginRun, endLook } from "../src/reconcile/runs.ts";
import { type Api, newApi } from "./support/api.ts";
import { Browser } from "./support/browser.ts";
import { routesOf } from "./support/routes.ts";
import { type StubIdentityProvider, stubIdentityProvider } from "./support/stub-identity-provider.ts";

const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
const many = (count: number) => Array.from({ length: count }, (_, index) => `group-${index}`);
const nul = "a\u0000b";
const half = "a\ud800b";

/** Names that mean something to JavaScript, to PostgreSQL, or to nobody. */
const names = [
  nul,
  "\u0000",
  half,
  "\udfff",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "",
];
const claimsNamed = (value: unknown) => Object.fromEntries(names.map((name) => [name, value]));

/** Claims by what is wrong with them, as JSON. */
const tokens: Record<string, string> = {
  "U+0000 in groups": json({ groups: [nul, "\u0000", "sales"] }),
  "half characters in groups": json({ groups: [half, "\udc00\ud800", "sales"] }),
  "names of claims": json({ groups: ["sales"], ...claimsNamed(["x"]) }),
  "names within claims": json({ groups: ["sales"], realm: claimsNamed(["x"]), deeper: { roles: claimsNamed("x") } }),
  "values of claims": json({
    groups: ["sales"],
    ...Object.fromEntries(names.map((name, index) => [`c${index}`, name])),
  }),
  "groups that are objects": json({ groups: names.map((name) => ({ [name]: name })) }),
  "groups that are an object": json({ groups: claimsNamed("x") }),
  "groups that are prototypes": json({ groups: names }),
  "a prototype with groups": '{"__proto__":{"groups":["sales"]}}',
  "a constructor": '{"groups":["sales"],"constructor":{"prototype":{"admin":true}}}',
  "nesting, which is read": `{"groups":["sales"],"deep":${nested(60)}}`,
  "nesting, which is not": `{"groups":["sales"],"deep":${nested(5_000)}}`,
  "long groups": json({ groups: ["x".repeat(300_000), nul.repeat(1000), "sales"] }),
  "a long name": json({ groups: ["sales"], ["y".repeat(300_000)]: ["x"], [half.repeat(500)]: ["x"] }),
  "a long delimited text": json({ groups: "a,".repeat(20_000) }),
  numbers: '{"groups":["sales"],"n":[1e999,-1e999,-0,1e-999,123456789012345678901234567890,0.1e1]}',
  "numbers for groups": '{"groups":[1e999,7,123456789012345678901234567890]}',
  "a number for groups": '{"groups":1e999}',
  "empty names": json({ groups: ["", " ", "\t", "sales"] }),
  "invisible and right to left": json({
    groups: ["\u200b", "\u202esales", "\u2066sales\u2069", "sa\u00adles", "\ufeff"],
  }),
  "ten thousand groups": json({ groups: many(10_000) }),
  "too many groups": json({ groups: many(10_001) }),
  "ten thousand groups with U+0000": json({ groups: many(10_000).map((group) => `\u0000${group}`) }),
  "groups twice": json({ groups: ["sales", "sales", "sales"] }),
  "a claim twice": '{"groups":["other"],"groups":["sales"]}',
  "somebody called badly": json({
    ...{
      name: `Bad${nul}${half}\u202e<b>`,
      preferred_username: nul,
      email: `x${nul}@example.com`,
      email_verified: true,
    },
    groups: ["sales"],
  }),
  "somebody called by other things": json({ name: ["x"], email: { a: 1 }, email_verified: nul, groups: ["sales"] }),
  "somebody with a long name": json({ name: "\u{1f600}".repeat(50_000), email: `${"x".repeat(50_000)}@x`, groups: [] }),
  "somebody else's prototype": json({ name: "__proto__", email: "__proto__", groups: ["__proto__"] }),
  "groups elsewhere": json({
    _claim_names: { groups: nul, [half]: "x" },
    _claim_sources: { [nul]: { endpoint: half } },
  }),
};

const subjects = [
  "__proto__",
  "constructor",
  "<script>alert(1)</script>",
  "'; drop table users; --",
  "../../users",
  "\u202eada",
];
const impossibleSubjects = [nul, half, "", "x".repeat(256), "a\nb"];

function json(claims: object): string {
  return JSON.stringify(claims);
}

let api: Api;
let idp: StubIdentityProvider;
const browsers = new Map<string, Browser>();
/** Sign-ins that did not come to a session, by status. */
const failed = new Map<string, number>();

async function signIn(subject: string, claims: string): Promise<number> {
  idp.claims = `{"sub":${JSON.stringify(subject)},${claims.slice(1)}`;
  const browser = new Browser(api.server);
  const { headers } = await browser.get("/sign-in/oidc");
  const { statusCode } = await browser.get(idp.authorise(String(headers.location)));
  if (statusCode === 303) browsers.set(subject, browser);
  else failed.set(subject, statusCode);
  return statusCode;
}

before(async () => {
  idp = await stubIdentityProvider();
  api = await newApi({ oidc: idp.options });
  await api.instance.addGroup("main", "sales");
  await api.instance.addGroup("lab", "labs", "builder");
  await api.instance.command(
    { type: "set-mapping", mapping: "* -> sales" },
    { type: "add-workspace", workspace: "lab" },
    { type: "set-policy", policy: { nonMembers: "all" }, workspace: "lab" },
    { type: "enable" },
  );
  for (const [name, claims] of Object.entries(tokens)) await signIn(name, claims);
  for (const subject of [...subjects, ...impossibleSubjects]) await signIn(subject, '{"groups":["sales"]}');
});
after(async () => {
  await api.close();
  await idp.stop();
});

test("they come in, but for what cannot be read, which nobody answers with a fault of the server", () => {
  assert.deepEqual(Object.fromEntries(failed), {
    "nesting, which is not": 422,
    ...Object.fromEntries(impossibleSubjects.map((subject) => [subject, 422])),
  });
  assert.equal(({} as { groups?: unknown }).groups, undefined);
});

test("every GET route answers", async () => {
  const ids: Record<string, string[]> = {
    workspace: ["main", "lab"],
    user: await numbers("users", "id"),
    version: await numbers("settings_versions", "version"),
    entry: await numbers("audit", "id"),
    run: [await runOverDirectory()],
    provider: await numbers("providers", "id"),
  };
  assert.ok((ids.user?.length ?? 0) > 30 && (ids.entry?.length ?? 0) > 30);
  const asked = new Set<string>();
  const { csrf, session } = await cookiesOf();
  for (const route of routesOf(api.server)) {
    if (!route.startsWith("GET ") || elsewhere.test(route)) continue;
    for (const address of filledIn(route.slice("GET ".length), ids)) {
      const isApi = address.startsWith("/api/");
      const status = isApi
        ? (await api.ask("GET", address.slice("/api".length))).status
        : (await api.server.inject({ url: address, cookies: { csrf, session } })).statusCode;
      assert.ok(status === 200 || (address === "/sign-in" && status === 303), `${status} ${address}`);
    }
    asked.add(route);
  }
  const documented = Object.entries<object>(api.document.paths).filter(([, methods]) => "get" in methods);
  for (const [path] of documented) assert.ok(asked.has(`GET ${path}`), path);
});

/** Files, the way to the identity provider, and what it asks itself, with a token. */
const elsewhere = /\*$|^GET \/(admin|sign-in\/oidc(\/.*)?|scim\/v2\/.*)$/;

test("lists answer by every page and filter", async () => {
  const user = (await numbers("users", "id")).at(-1);
  const filters = [
    "limit=1",
    "limit=200",
    `user=${user}`,
    "workspace=lab",
    "status=change",
    "changed=true",
    "allowed=false",
  ];
  for (const filter of filters) assert.equal((await api.ask("GET", `/audit?${filter}`)).status, 200, filter);
  for (const search of ["a", "\u202e", "\ufffd", "__proto__", "<b>"]) {
    assert.equal((await api.ask("GET", `/users?search=${encodeURIComponent(search)}`)).status, 200, search);
  }
});

test("each of them sees their own page", async () => {
  for (const [subject, browser] of browsers) {
    const page = await browser.get("/");
    assert.equal(page.statusCode, 200, subject);
    assert.doesNotMatch(page.body, /<script|<b>/);
    assert.match(page.body, /data-workspace="main"/);
  }
});

test("what only reads, but is posted, answers too", async () => {
  for (const user of await numbers("known_claims", "user_id")) {
    assert.equal((await api.ask("POST", "/preview", { userId: Number(user) })).status, 200);
  }
  for (const claim of [
    "groups",
    "n",
    "realm",
    "__proto__",
    "constructor",
    "toString",
    "realm.__proto__",
    nul,
    half,
    "c0",
  ]) {
    for (const path of ["/claims/groups", "/claims/users", "/claims/suggestions"]) {
      const { status } = await api.ask("POST", path, { claim });
      // No setting can name a claim with half a character or a control character.
      assert.equal(status, [nul, half].includes(claim) ? 400 : 200, `${path} ${JSON.stringify(claim)}`);
    }
  }
  const { settings } = await api.get("/settings");
  const { status, text } = await api.ask("POST", "/impact", { settings: { ...settings, mapping: "x -> sales" } });
  assert.equal(status, 200);
  assert.equal(JSON.parse(text.trim().split("\n").at(-1) ?? "").type, "summary");
});

describe("nothing of a token is replaced", () => {
  test("in the claims that are kept", async () => {
    for (const [name, claims] of Object.entries(tokens)) {
      if (failed.has(name) || /numbers?|called|groups elsewhere|somebody/.test(name)) continue;
      const { text } = await api.ask("GET", `/users/${await api.idOf(name)}`);
      const kept = JSON.stringify(JSON.parse(text).claims.claims);
      assert.ok(kept === JSON.stringify(JSON.parse(claims)), `${name}: ${kept.slice(0, 200)}`);
    }
  });
  test("nor in the groups that the audit has", async () => {
    const entryOf = async (name: string) => {
      const [{ id }] = (await api.get(`/audit?user=${await api.idOf(name)}`)).entries;
      return (await api.get(`/audit/${id}`)).workspaces.map(
        ({ plan }: { plan: { resolution: { claim: { groups: string[] } } } }) => plan.resolution.claim.groups,
      );
    };
    for (const groups of await entryOf("U+0000 in groups")) assert.deepEqual(groups, [nul, "\u0000", "sales"]);
    for (const groups of await entryOf("ten thousand groups with U+0000")) {
      assert.deepEqual(
        groups,
        many(10_000).map((group) => `\u0000${group}`),
      );
    }
  });
  test("while a name shows what could not be kept", async () => {
    const { user } = await api.get(`/users/${await api.idOf("somebody called badly")}`);
    assert.deepEqual([user.name, user.email], ["Bada\ufffdba\ufffdb\u202e<b>", null]);
  });
});

test("claims that were pasted are taken as they are", async () => {
  for (const [name, claims] of Object.entries(tokens)) {
    const response = await api.server.inject({
      ...{ method: "POST", url: "/api/preview", payload: `{"claims":${claims}}` },
      headers: { ...(await api.headers("super admin")), "content-type": "application/json" },
    });
    const expected = name === "nesting, which is not" ? 413 : 200;
    assert.equal(response.statusCode, expected, `${name}: ${response.body.slice(0, 200)}`);
    if (expected !== 200) continue;
    const kept = JSON.stringify(response.json().claims);
    assert.ok(kept === JSON.stringify(JSON.parse(claims)), `${name}: ${kept.slice(0, 200)}`);
  }
  assert.equal(({} as { groups?: unknown; admin?: unknown }).admin, undefined);
  // Where no claims are, such a name is one too many.
  const { status, body } = await api.ask("POST", "/preview", JSON.parse('{"claims":{},"__proto__":{"userId":1}}'));
  assert.deepEqual([status, body.error.code, body.error.path], [400, "invalid-input", "__proto__"]);
});

test("and everybody else comes in as ever", async () => {
  assert.equal(await signIn("ada", '{"groups":["sales"]}'), 303);
  assert.equal(await api.instance.has("ada"), "end-user: sales");
});

/** Whose directory has everybody in groups of those names; the run is held. */
async function runOverDirectory(): Promise<string> {
  const { database } = api.instance;
  const users = await database
    .selectFrom("users")
    .select(["issuer", "subject"])
    .where("issuer", "is not", null)
    .execute();
  const groups = [...names.filter((name) => !/\p{Cs}/u.test(name)), ...many(200)];
  const directory: Directory = {
    groupsOf: async () => groups,
    async *users() {
      for (const [index, { subject }] of users.entries()) {
        // What the engine does not take is told of that user alone.
        yield { id: subject ?? "", directory: "active", groups: index === 0 ? names : groups };
      }
      yield { id: nul, directory: "active", groups };
    },
  };
  const [source, limits] = [{ userClaim: "sub" }, { maxLosers: 0, maxShare: 0 }];
  const now = new Date();
  const begun = { provider: "environment", by: null, limits, now };
  const run = await beginRun(database, begun);
  assert.ok(run !== null);
  const { signal } = new AbortController();
  const entries = await keepEntries(database, { ...begun, run }, directory, signal);
  assert.equal(entries, users.length);
  const looked = await look(database, { run, issuer: users[0]?.issuer ?? "", source, limits, signal });
  assert.ok(looked.summary.changed > 0 && looked.summary.faultCount === 1);
  await database.transaction().execute((transaction) => endLook(transaction, run, { ...looked, entries }, now));
  return String(run);
}

async function numbers(
  table: "users" | "providers" | "settings_versions" | "audit" | "known_claims",
  column: string,
): Promise<string[]> {
  const rows = await api.instance.database
    .selectFrom(table)
    .select(column as "id")
    .orderBy(column as "id")
    .execute();
  return rows.map((row) => String((row as Record<string, unknown>)[column]));
}

function filledIn(path: string, ids: Record<string, string[]>): string[] {
  const [, name] = /\{(\w+)\}/.exec(path) ?? [];
  if (name === undefined) return [path];
  const values = ids[name];
  assert.ok(values, `what does {${name}} stand for in ${path}?`);
  return values.flatMap((value) => filledIn(path.replace(`{${name}}`, value), ids));
}

/** Those of the super admin. */
async function cookiesOf(): Promise<{ csrf: string; session: string }> {
  const { cookie = "" } = await api.headers("super admin");
  const cookies = Object.fromEntries(cookie.split("; ").map((pair) => pair.split("=", 2) as [string, string]));
  return { csrf: cookies.csrf ?? "", session: cookies.session ?? "" };
}
