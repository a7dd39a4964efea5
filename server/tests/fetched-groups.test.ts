// Groups that a token says are kept elsewhere: fetched from a directory at the sign-in, all of them or none.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { readConfig } from "../src/config.ts";
import { groupSource } from "../src/sign-in/group-source.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

const running: { close(): Promise<void> }[] = [];
after(() => Promise.all(running.map((one) => one.close())));

const overage = {
  _claim_names: { groups: "src1" },
  _claim_sources: { src1: { endpoint: "http://127.0.0.1:1/never" } },
};

/** Microsoft Graph on this machine, which answers with these groups or this status. */
async function graph(answer: string[] | number): Promise<{ address: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const isToken = request.url?.endsWith("/token");
    const status = !isToken && typeof answer === "number" ? answer : 200;
    const json = isToken ? { access_token: "graph-token", expires_in: 3600 } : { value: answer };
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  running.push({ close: () => new Promise((resolve) => server.close(() => resolve())) });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** A server that maps the Sales Team to sales, and asks that directory. */
async function withDirectory(answer: string[] | number): Promise<{ one: RunningServer; asked: string[] }> {
  const { address, asked } = await graph(answer);
  const source = groupSource({
    DIRECTORY: "entra",
    DIRECTORY_TENANT: "contoso",
    DIRECTORY_URL: `${address}/v1.0`,
    DIRECTORY_LOGIN_URL: address,
    OIDC_CLIENT_ID: "app",
    OIDC_CLIENT_SECRET: "directory-secret",
  });
  const one = await runningServer({ groupSource: source });
  running.push(one);
  await one.instance.addGroup("main", "sales");
  await one.instance.command({ type: "set-mapping", mapping: "Sales Team -> sales" }, { type: "enable" });
  return { one, asked };
}

test("groups that are kept elsewhere are fetched by the id in the token, at the configured address", async () => {
  const { one, asked } = await withDirectory(["Sales Team"]);
  await one.signIn(one.newBrowser(), { sub: "ada", oid: "ada-in-entra", ...overage });
  assert.equal(await one.instance.has("ada"), "end-user: sales");
  assert.deepEqual(asked, ["POST /contoso/oauth2/v2.0/token", "POST /v1.0/users/ada-in-entra/getMemberGroups"]);
});

test("a token that has its groups, or says nothing of any, is taken at its word", async () => {
  const { one, asked } = await withDirectory(["Sales Team"]);
  await one.signIn(one.newBrowser(), { sub: "ada", oid: "1", groups: [] });
  await one.signIn(one.newBrowser(), { sub: "bob", oid: "2" });
  assert.deepEqual([await one.instance.has("ada"), await one.instance.has("bob")], ["end-user", "end-user"]);
  assert.deepEqual(asked, []);
});

for (const [what, status, claims] of [
  ["the directory fails", 500, { oid: "ada-in-entra" }],
  ["the token does not say who the user is there", 200, {}],
] as const) {
  test(`everything stays as it was where ${what}, and the log says so without a secret`, async () => {
    const { one } = await withDirectory(status);
    await one.signIn(one.newBrowser(), { sub: "ada", groups: ["Sales Team"] });
    const response = await one.signIn(one.newBrowser(), { sub: "ada", ...claims, ...overage });
    assert.equal(response.headers.location, "/");
    assert.equal(await one.instance.has("ada"), "end-user: sales");
    const log = JSON.stringify(one.log);
    assert.match(log, /the groups (could not be|were not) fetched/);
    assert.doesNotMatch(log, /graph-token|directory-secret/);
  });
}

test("Google, whose tokens never have groups, is asked where they have none", () => {
  const account = JSON.stringify({ client_email: "sync@project.example", private_key: "key" });
  const google = { DIRECTORY: "google", DIRECTORY_SERVICE_ACCOUNT: account, DIRECTORY_SUBJECT: "admin@example.com" };
  assert.deepEqual(
    [google, { DIRECTORY: "okta", DIRECTORY_URL: "https://example.okta.com", DIRECTORY_API_TOKEN: "t" }].map((from) => {
      const { userClaim, alsoIfMissing } = groupSource(from) ?? {};
      return [userClaim, alsoIfMissing];
    }),
    [
      ["sub", true],
      ["sub", false],
    ],
  );
});

test("what a directory needs is missing at the start, and not at the first sign-in", () => {
  assert.equal(readConfig({}).groupSource, null);
  assert.throws(() => readConfig({ DIRECTORY: "ldap" }), /DIRECTORY is `ldap`: set it to one of entra, google/);
  assert.throws(() => readConfig({ DIRECTORY: "entra" }), /DIRECTORY_TENANT is missing/);
  const keycloak = { DIRECTORY: "keycloak", DIRECTORY_URL: "http://id.example.com", DIRECTORY_REALM: "main" };
  const client = { DIRECTORY_CLIENT_ID: "app", DIRECTORY_CLIENT_SECRET: "secret" };
  assert.throws(() => readConfig(keycloak), /OIDC_CLIENT_ID is missing/);
  assert.throws(
    () => readConfig({ ...keycloak, ...client }),
    /keycloak cannot be asked: base: a token must not be sent/,
  );
  const named = { ...keycloak, ...client, DIRECTORY_URL: "https://id.example.com", DIRECTORY_GROUPS: "id" };
  assert.throws(() => readConfig(named), /DIRECTORY_GROUPS is `id`: .* path or name/);
});
