// Each directory against a provider that answers as its documentation says: what is asked, how the pages go on, and what comes of it.

import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { describe, test } from "node:test";
import {
  auth0Directory,
  entraDirectory,
  googleDirectory,
  keycloakDirectory,
  oktaDirectory,
} from "idp-group-sync/directory";
import { all, clock, listener, provider, rejection } from "./support/directory.mjs";

const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

const token = { json: { access_token: "token", token_type: "Bearer", expires_in: 3600 } };
const formOf = ({ body }) => Object.fromEntries(new URLSearchParams(body));

/** The claims of a signed assertion, if the signature is right. */
function claimsOf(assertion, header) {
  const [head, claims, signature] = assertion.split(".");
  assert.deepEqual(JSON.parse(Buffer.from(head, "base64url")), { alg: "RS256", typ: "JWT", ...header });
  const signed = Buffer.from(`${head}.${claims}`);
  assert.ok(verify("sha256", signed, createPublicKey(publicKey), Buffer.from(signature, "base64url")));
  return JSON.parse(Buffer.from(claims, "base64url"));
}

/** A slice of a list, as APIs with pages give it. */
const slice = (list, start, most) => list.slice(Number(start), Number(start) + Number(most));
const numbered = (count, make) => Array.from({ length: count }, (_, index) => make(index));

describe("Entra ID", () => {
  const client = { tenant: "contoso.example", clientId: "app", clientSecret: "secret" };

  test("gives object ids by getMemberGroups, for national clouds too", async (t) => {
    const { base, requests } = await provider(t, ({ path }) =>
      path.endsWith("/token") ? token : { json: { value: ["id-1", "id-2", "id-1"] } },
    );
    const options = { ...client, base: `${base}/v1.0/`, login: base };
    const { told, ...reading } = listener();
    assert.deepEqual(await entraDirectory(options).groupsOf("ada", reading), ["id-1", "id-2"]);
    assert.deepEqual(told, [], "an id alone is no name");
    assert.deepEqual(await entraDirectory({ ...options, securityEnabledOnly: false }).groupsOf("ada"), [
      "id-1",
      "id-2",
    ]);
    const [asked, security, , every] = requests;
    assert.equal(asked.path, "/contoso.example/oauth2/v2.0/token");
    assert.deepEqual(formOf(asked), {
      grant_type: "client_credentials",
      client_id: "app",
      client_secret: "secret",
      scope: `${base}/.default`,
    });
    assert.deepEqual([security.method, security.path], ["POST", "/v1.0/users/ada/getMemberGroups"]);
    assert.deepEqual(
      [security, every].map(({ body }) => JSON.parse(body)),
      [{ securityEnabledOnly: true }, { securityEnabledOnly: false }],
    );
  });

  test("gives display names of the groups that count, through all pages", async (t) => {
    const groups = numbered(5, (index) => ({
      id: `${index}`,
      displayName: `Team ${index}`,
      securityEnabled: index !== 3,
    }));
    const { base, requests } = await provider(t, ({ path, query }) => {
      if (path.endsWith("/token")) return token;
      const start = Number(query.$skiptoken ?? 0);
      const more =
        start + 2 < groups.length ? { "@odata.nextLink": `${base}/v1.0${path.slice(5)}?$skiptoken=${start + 2}` } : {};
      return { json: { "@odata.count": 5, value: slice(groups, start, 2), ...more } };
    });
    const options = { ...client, base: `${base}/v1.0`, login: base, groups: "name" };
    const { told, ...reading } = listener();
    const counting = await entraDirectory(options).groupsOf("ada", reading);
    assert.deepEqual(counting, ["Team 0", "Team 1", "Team 2", "Team 4"]);
    assert.deepEqual(
      told,
      [0, 1, 2, 4].map((index) => [`${index}`, `Team ${index}`]),
    );
    const every = await entraDirectory({ ...options, securityEnabledOnly: false }).groupsOf("ada");
    assert.equal(every.length, 5);
    const [, first, second] = requests;
    assert.equal(first.path, "/v1.0/users/ada/transitiveMemberOf/microsoft.graph.group");
    assert.deepEqual(first.query, { $select: "id,displayName,securityEnabled", $count: "true", $top: "999" });
    assert.deepEqual([first.headers.consistencylevel, second.headers.consistencylevel], ["eventual", "eventual"]);
  });

  test("says what is missing where it may not see the names", async (t) => {
    const { base } = await provider(t, ({ path }) =>
      path.endsWith("/token") ? token : { json: { value: [{ id: "1", displayName: null, securityEnabled: null }] } },
    );
    const options = { ...client, base: `${base}/v1.0`, login: base, groups: "name" };
    const error = await rejection(entraDirectory(options).groupsOf("ada"));
    assert.match(
      error.message,
      /value\[0\]\.displayName: expected a name, found null; give the credentials .*GroupMember/,
    );
  });
});

describe("Google Workspace", () => {
  const members = { ada: ["sales", "emea"], sales: ["staff"], emea: ["staff", "world"], world: ["emea"], staff: [] };
  const group = (id) => ({ id, email: `${id}@example.com`, name: `The ${id}` });

  async function workspace(t, options, users = []) {
    const time = clock();
    const { base, requests } = await provider(t, ({ path, query }, count) => {
      if (path === "/token") return token;
      if (count === 3)
        return { status: 403, json: { error: { code: 403, errors: [{ reason: "rateLimitExceeded" }] } } };
      const [kind, list] = path.endsWith("/users") ? ["users", users] : ["groups", members[query.userKey].map(group)];
      const start = Number(query.pageToken ?? 0);
      // A list without anything has no property at all.
      const found = slice(list, start, 1);
      return {
        json: {
          ...(found.length > 0 && { [kind]: found }),
          ...(start + 1 < list.length && { nextPageToken: `${start + 1}` }),
        },
      };
    });
    const serviceAccount = { client_email: "sync@project.example", private_key: privateKey, private_key_id: "key-1" };
    const configured = { serviceAccount, subject: "admin@example.com", base, login: base, ...time.options, ...options };
    return { directory: googleDirectory(configured), requests, base, ...time };
  }

  test("asks on behalf of an administrator, and gives the groups in which the user is directly", async (t) => {
    const { directory, requests, base, waits } = await workspace(t);
    assert.deepEqual(await directory.groupsOf("ada"), ["sales@example.com", "emea@example.com"]);
    assert.deepEqual(waits, [1_000], "status 403 for too many requests is waited out");
    const { grant_type, assertion } = formOf(requests[0]);
    assert.equal(grant_type, "urn:ietf:params:oauth:grant-type:jwt-bearer");
    const { iat, exp, scope, ...claims } = claimsOf(assertion, { kid: "key-1" });
    assert.deepEqual(claims, { iss: "sync@project.example", sub: "admin@example.com", aud: `${base}/token` });
    assert.deepEqual([exp - iat, iat], [3600, Date.parse("2026-03-01T12:00:00Z") / 1000]);
    assert.match(scope, /admin\.directory\.user\.readonly .*admin\.directory\.group\.readonly/);
    const [, first, , next] = requests;
    assert.equal(first.path, "/admin/directory/v1/groups");
    assert.deepEqual([first.query.userKey, first.query.maxResults, next.query.pageToken], ["ada", "200", "1"]);
  });

  test("follows groups in groups, each once, and gives names or ids", async (t) => {
    const nested = await workspace(t, { nested: true, groups: "name" });
    const { told, ...reading } = listener();
    const found = await nested.directory.groupsOf("ada", reading);
    assert.deepEqual(found, ["The sales", "The emea", "The staff", "The world"]);
    const named = ["sales", "emea", "staff", "world"].map((id) => [id, `The ${id}`]);
    assert.deepEqual(told, named);
    const ids = await workspace(t, { groups: "id" });
    assert.deepEqual(await ids.directory.groupsOf("ada", reading), ["sales", "emea"]);
    assert.deepEqual(told, named, "an id alone is no name");
  });

  test("lists users, of whom suspended and archived ones are inactive", async (t) => {
    const users = [
      { id: "ada", suspended: false, archived: false },
      { id: "bob", suspended: true },
      { id: "eve", archived: true },
    ];
    const { directory } = await workspace(t, { nested: true, groups: "id" }, users);
    assert.deepEqual(await all(directory.users()), [
      { id: "ada", directory: "active", groups: ["sales", "emea", "staff", "world"] },
      { id: "bob", directory: "inactive", groups: [] },
      { id: "eve", directory: "inactive", groups: [] },
    ]);
  });

  test("tells a permission that is missing from too many requests, and a key that is none", async (t) => {
    const { base } = await provider(t, ({ path }) =>
      path === "/token" ? token : { status: 403, json: { error: { code: 403, errors: [{ reason: "forbidden" }] } } },
    );
    const serviceAccount = { client_email: "sync@project.example", private_key: privateKey };
    const options = { serviceAccount, subject: "admin@example.com", base, login: base };
    const error = await rejection(googleDirectory(options).groupsOf("ada"));
    assert.deepEqual([error.code, /domain-wide delegation/.test(error.help)], ["forbidden", true]);
    const broken = { ...serviceAccount, private_key: privateKey.replaceAll("PRIVATE", "RSA PRIVATE") };
    const wrong = await rejection(googleDirectory({ ...options, serviceAccount: broken }).groupsOf("ada"));
    assert.deepEqual(
      [wrong.code, wrong.place, /openssl pkcs8/.test(wrong.help)],
      ["invalid-input", "private_key", true],
    );
  });
});

describe("Okta", () => {
  const users = [
    ["00u1", "ACTIVE"],
    ["00u2", "SUSPENDED"],
    ["00u3", "LOCKED_OUT"],
  ].map(([id, status]) => ({ id, status }));
  const groups = numbered(3, (index) => ({
    id: `00g${index}`,
    type: "OKTA_GROUP",
    profile: { name: `Team, ${index}` },
  }));

  async function organization(t, options) {
    const { base, requests } = await provider(t, ({ path, query }) => {
      if (path === "/oauth2/v1/token") return token;
      const list = path.endsWith("/groups") ? groups : users;
      const start = Number(query.after ?? 0);
      const self = `<${base}${path}?limit=2>; rel="self"`;
      const link = start + 2 < list.length ? `${self}, <${base}${path}?after=${start + 2}&limit=2>; rel="next"` : self;
      return { json: slice(list, start, 2), headers: { link } };
    });
    return { directory: oktaDirectory({ base, ...options }), base, requests };
  }

  test("is asked with an API token, and gives names or ids through all pages", async (t) => {
    const { directory, requests } = await organization(t, { apiToken: "00token" });
    const { told, ...reading } = listener();
    assert.deepEqual(await directory.groupsOf("00u1", reading), ["Team, 0", "Team, 1", "Team, 2"]);
    const named = [0, 1, 2].map((index) => [`00g${index}`, `Team, ${index}`]);
    assert.deepEqual(told, named);
    assert.deepEqual(
      requests.map(({ path }) => path),
      ["/api/v1/users/00u1/groups", "/api/v1/users/00u1/groups"],
    );
    assert.equal(requests[1].headers.authorization, "SSWS 00token");
    const ids = await organization(t, { apiToken: "00token", groups: "id" });
    assert.deepEqual(await ids.directory.groupsOf("00u1", reading), ["00g0", "00g1", "00g2"]);
    assert.deepEqual(told, named, "an id alone is no name");
  });

  test("is asked by a service application with a key", async (t) => {
    const service = { clientId: "0oa1", privateKey, keyId: "key-1" };
    const { directory, requests, base } = await organization(t, { service });
    assert.equal((await directory.groupsOf("00u1")).length, 3);
    const { client_assertion, ...form } = formOf(requests[0]);
    assert.deepEqual(form, {
      grant_type: "client_credentials",
      scope: "okta.users.read okta.groups.read",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    });
    const { iat, exp, jti, ...claims } = claimsOf(client_assertion, { kid: "key-1" });
    assert.deepEqual(claims, { iss: "0oa1", sub: "0oa1", aud: `${base}/oauth2/v1/token` });
    assert.deepEqual([exp - iat, jti.length], [300, 36]);
  });

  test("lists users, of whom those who can't sign in are inactive", async (t) => {
    const { directory } = await organization(t, { apiToken: "00token", groups: "id" });
    const ids = groups.map(({ id }) => id);
    assert.deepEqual(await all(directory.users()), [
      { id: "00u1", directory: "active", groups: ids },
      { id: "00u2", directory: "inactive", groups: [] },
      { id: "00u3", directory: "active", groups: ids },
    ]);
  });

  test("says by a header of its own when to come again", async (t) => {
    const time = clock();
    const headers = {
      "x-rate-limit-reset": String(Date.parse("2026-03-01T12:00:09Z") / 1000),
      date: "Sun, 01 Mar 2026 12:00:00 GMT",
    };
    const { base } = await provider(t, (_, count) => (count === 1 ? { status: 429, headers, json: {} } : { json: [] }));
    assert.deepEqual(await oktaDirectory({ base, apiToken: "t", ...time.options }).groupsOf("00u1"), []);
    assert.deepEqual(time.waits, [9_000]);
  });

  test("takes one way to say who asks", () => {
    const base = "https://example.okta.com";
    const service = { clientId: "0oa1", privateKey };
    for (const options of [{}, { apiToken: "t", service }]) {
      assert.throws(() => oktaDirectory({ base, ...options }), { code: "invalid-input", place: "service" });
    }
  });
});

describe("Keycloak", () => {
  const paths = ["/sales", "/sales/emea", "/staff"];
  const client = { realm: "main", clientId: "app", clientSecret: "secret" };

  /** A realm whose users change while they are listed. */
  async function realm(t, users, change = () => {}) {
    let lists = 0;
    const { base, requests } = await provider(t, ({ path, query: { first, max } }) => {
      if (path.endsWith("/token")) return token;
      const groups = paths.map((path) => ({ id: path, name: path.split("/").at(-1), path }));
      if (path.endsWith("/groups")) return { json: slice(groups, first, max) };
      change(users, ++lists);
      return { json: slice(users, first, max) };
    });
    return { base, requests };
  }
  const made = (count) =>
    numbered(count, (index) => ({ id: `user-${String(index).padStart(4, "0")}`, enabled: index !== 1 }));

  test("gives paths or names of the groups in which the user is", async (t) => {
    const { base, requests } = await realm(t, []);
    assert.deepEqual(await keycloakDirectory({ ...client, base: `${base}/auth/` }).groupsOf("ada"), paths);
    assert.deepEqual(await keycloakDirectory({ ...client, base, groups: "name" }).groupsOf("ada"), [
      "sales",
      "emea",
      "staff",
    ]);
    assert.equal(requests[0].path, "/auth/realms/main/protocol/openid-connect/token");
    assert.deepEqual(formOf(requests[0]), {
      grant_type: "client_credentials",
      client_id: "app",
      client_secret: "secret",
    });
    assert.equal(requests[1].path, "/auth/admin/realms/main/users/ada/groups");
    assert.deepEqual(requests[1].query, { first: "0", max: "100", briefRepresentation: "true" });
  });

  test("lists users through all pages", async (t) => {
    for (const count of [0, 1, 2, 100, 101, 250]) {
      const { base } = await realm(t, made(count));
      const { told, ...reading } = listener();
      const users = await all(keycloakDirectory({ ...client, base }).users(reading));
      assert.deepEqual(
        [...new Set(told.map(String))].toSorted(),
        count === 0 ? [] : paths.map((path) => `${path},${path}`),
      );
      assert.deepEqual(
        users,
        made(count).map(({ id, enabled }) => ({
          id,
          directory: enabled ? "active" : "inactive",
          groups: enabled ? paths : [],
        })),
      );
    }
  });

  test("passes over nobody where users in front are deleted or made meanwhile", async (t) => {
    const deleted = await realm(t, made(350), (users, lists) => {
      if (lists === 2) users.splice(0, 60);
      if (lists === 4) users.splice(0, 1);
    });
    const ids = (await all(keycloakDirectory({ ...client, base: deleted.base }).users())).map(({ id }) => id);
    assert.deepEqual(
      ids,
      made(350).map(({ id }) => id),
    );

    const added = await realm(t, made(150), (users, lists) => {
      if (lists === 2) users.unshift({ id: "a-new-one", enabled: true });
    });
    const grown = (await all(keycloakDirectory({ ...client, base: added.base }).users())).map(({ id }) => id);
    assert.deepEqual(
      grown,
      made(150).map(({ id }) => id),
    );
  });
});

describe("Auth0", () => {
  const client = { clientId: "app", clientSecret: "secret" };
  const roles = (count) => numbered(count, (index) => ({ id: `rol_${index}`, name: `Role ${index}` }));

  async function tenant(t, { users = [], groups = roles(3), change = (list) => list } = {}) {
    const { base, requests } = await provider(t, ({ path, query }) => {
      if (path === "/oauth/token") return token;
      const start = query.page * query.per_page;
      if (path !== "/api/v2/users") {
        const list = change(groups, start);
        const page = { start, limit: Number(query.per_page), length: list.length, total: list.length };
        return { json: { [path.split("/").at(-1)]: slice(list, start, query.per_page), ...page } };
      }
      // Users are searched for: no more than 1,000 of them, in the order of the time, from the one that is asked for.
      const from = query.q?.match(/^created_at:\["(.+)" TO \*\]$/)[1] ?? "";
      const found = users.filter(({ created_at }) => created_at >= from).slice(0, 1_000);
      return { json: slice(found, start, query.per_page) };
    });
    return { base, requests };
  }
  const at = (index) => new Date(Date.UTC(2026, 0, 1) + index * 1_000).toISOString();
  const made = (count, time = at) =>
    numbered(count, (index) => ({ user_id: `auth0|${index}`, blocked: index === 1, created_at: time(index) }));

  test("gives roles or organizations, through all pages", async (t) => {
    const { base, requests } = await tenant(t, { groups: roles(250) });
    const { told, ...reading } = listener();
    assert.deepEqual(
      await auth0Directory({ ...client, base }).groupsOf("auth0|1", reading),
      roles(250).map(({ name }) => name),
    );
    assert.deepEqual(
      told,
      roles(250).map(({ id, name }) => [id, name]),
    );
    assert.equal((await auth0Directory({ ...client, base, groups: "organizations" }).groupsOf("auth0|1")).length, 250);
    assert.equal(formOf(requests[0]).audience, `${base}/api/v2/`);
    assert.equal(requests[1].path, "/api/v2/users/auth0%7C1/roles");
    assert.deepEqual(
      requests.slice(1, 4).map(({ query }) => query.page),
      ["0", "1", "2"],
    );
  });

  test("gives no part of a list that changes, or that the API does not give whole", async (t) => {
    const shorter = await tenant(t, {
      groups: roles(150),
      change: (list, start) => (start === 0 ? list : list.slice(1)),
    });
    assert.equal(
      (await rejection(auth0Directory({ ...client, base: shorter.base }).groupsOf("a"))).code,
      "list-changed",
    );
    const long = await tenant(t, { groups: roles(1_001) });
    assert.equal((await rejection(auth0Directory({ ...client, base: long.base }).groupsOf("a"))).code, "too-large");
  });

  test("lists more users than a search gives, by the time at which they were made", async (t) => {
    const users = made(1_150);
    // Many were imported at the same moment.
    for (const user of users.slice(190, 420)) user.created_at = at(190);
    const { base } = await tenant(t, { users, groups: [] });
    const found = await all(auth0Directory({ ...client, base, concurrency: 50 }).users());
    assert.deepEqual(
      found,
      users.map(({ user_id, blocked }) => ({ id: user_id, directory: blocked ? "inactive" : "active", groups: [] })),
    );
  });

  test("says where more users than a search gives were made at the same time", async (t) => {
    const { base } = await tenant(t, { users: made(1_150, () => at(0)), groups: [] });
    assert.equal(
      (await rejection(all(auth0Directory({ ...client, base, concurrency: 50 }).users()))).code,
      "too-large",
    );
  });
});
