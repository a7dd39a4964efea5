// Whatever goes wrong: JSON of one shape, a code that stays, and never a word of the inside.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Api, newApi } from "./support/api.ts";

let api: Api;
let headers: Record<string, string>;
before(async () => {
  api = await newApi();
  headers = await api.headers("super admin");
});
after(() => api.close());

async function raw(url: string, payload: string, type = "application/json") {
  const response = await api.server.inject({
    ...{ method: "POST", url: `/api${url}`, payload },
    headers: { ...headers, "content-type": type },
  });
  return { status: response.statusCode, error: response.json().error, headers: response.headers };
}

test("an address that is none", async () => {
  const { status, error, headers } = await raw("/nowhere", "{}");
  assert.deepEqual([status, error], [404, { code: "not-found", message: "there is no such address in the API" }]);
  assert.match(String(headers["content-type"]), /^application\/json/);
});

test("a body that is no JSON, or none at all", async () => {
  for (const payload of ["{", "", '{"__proto__": {}}']) {
    const { status, error } = await raw("/preview", payload);
    assert.deepEqual([status, error.code], [400, "invalid-input"], payload);
  }
});

test("a form, or text, is no JSON: no other site can have a browser send what is read here", async () => {
  for (const type of ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"]) {
    const { status, error } = await raw("/preview", "claims=1", type);
    assert.deepEqual([status, error.code], [415, "unsupported-media-type"], type);
  }
});

test("a body that is too large", async () => {
  const { status, error } = await raw("/claims/groups", JSON.stringify({ claim: "x".repeat(2 ** 20) }));
  assert.deepEqual([status, error.code], [413, "too-large"]);
  const large = { claims: { groups: Array.from({ length: 10_000 }, (_, index) => `${"x".repeat(500)}${index}`) } };
  assert.equal((await api.ask("POST", "/preview", large)).status, 200);
});

test("claims that are nested without end are too large for the engine", async () => {
  const depth = 200;
  const claims = `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
  const { status, error } = await raw("/preview", `{"claims":${claims}}`);
  assert.deepEqual([status, error.code], [413, "too-large"]);
});

test("a fault of the server says only by which number the log has it", async () => {
  const { database } = api.instance;
  await database.schema.alterTable("audit").renameTo("hidden").execute();
  const { status, body, text } = await api.ask("GET", "/audit");
  await database.schema.alterTable("hidden").renameTo("audit").execute();
  assert.deepEqual([status, body.error.code], [500, "internal"]);
  assert.match(body.error.message, /^something went wrong; the log has it under `[-0-9a-f]{36}`$/);
  assert.doesNotMatch(text, /relation|hidden|audit|\bat \//);
});

test("a database that is gone", async () => {
  const other = await newApi();
  await other.headers("super admin");
  await other.instance.database.destroy();
  const { status, body } = await other.ask("GET", "/settings");
  assert.deepEqual([status, body.error.code], [503, "database-unavailable"]);
  await other.server.close();
});

test("an address that nobody can take apart", async () => {
  for (const [path, expected] of [
    ["/users/%", 400],
    ["/users/%zz", 400],
    [`/users/${"x".repeat(2000)}`, 414],
  ] as const) {
    const { statusCode, body } = await api.server.inject({ url: `/api${path}` });
    assert.equal(statusCode, expected, path);
    assert.deepEqual(JSON.parse(body).error, { code: "invalid-input", message: "the address cannot be read" });
  }
  const page = await api.server.inject({ url: "/%" });
  assert.deepEqual([page.statusCode, page.body], [400, "The address cannot be read. It may be mistyped."]);
});
