// Claims that are not in the ID token: those of the UserInfo endpoint and of the access token.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Response } from "light-my-request";
import type { ClaimsFrom } from "../src/sign-in/oidc-client.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";
import { type StubIdentityProvider, stubIdentityProvider } from "./support/stub-identity-provider.ts";

const running: RunningServer[] = [];
after(() => Promise.all(running.map((one) => one.close())));

/** A server that maps the Sales Team to sales, and where somebody signs in whose ID token has no groups. */
async function signIn(
  setUp: (idp: StubIdentityProvider, issuer: string) => void,
  claimsFrom?: ClaimsFrom[],
  idToken: Record<string, unknown> = {},
): Promise<{ response: Response; groups: string; one: RunningServer }> {
  const idp = await stubIdentityProvider();
  setUp(idp, idp.options.issuer.origin);
  const one = await runningServer({ oidc: { ...idp.options, ...(claimsFrom && { claimsFrom }) } });
  running.push({ ...one, close: () => Promise.all([one.close(), idp.stop()]).then(() => {}) });
  await one.instance.addGroup("main", "sales");
  await one.instance.command({ type: "set-mapping", mapping: "Sales Team -> sales" }, { type: "enable" });
  idp.claims = { sub: "ada", ...idToken };
  const browser = one.newBrowser();
  const { headers } = await browser.get("/sign-in/oidc");
  const response = await browser.get(idp.authorise(String(headers.location)));
  return { response, groups: await one.instance.has("ada"), one };
}

test("groups come from UserInfo where the ID token has none", async () => {
  const { response, groups } = await signIn((idp) => {
    idp.userInfo = { sub: "ada", groups: ["Sales Team"] };
  });
  assert.equal(response.headers.location, "/");
  assert.equal(groups, "end-user: sales");
});

test("what UserInfo says of somebody else lets nobody in", async () => {
  const { response, groups, one } = await signIn((idp) => {
    idp.userInfo = { sub: "eve", groups: ["Sales Team"] };
  });
  assert.equal(response.statusCode, 502);
  assert.match(response.body, /could not be verified/);
  assert.equal(groups, "none");
  assert.ok(!JSON.stringify(one.log).includes("Sales Team"));
});

for (const [status, answered, title] of [
  [503, 503, /cannot be reached/],
  [403, 502, /could not be verified|refused this server/],
] as const) {
  test(`nobody signs in with a part of their claims: UserInfo answers with ${status}`, async () => {
    const { response, groups } = await signIn((idp) => {
      idp.userInfo = status;
    });
    assert.equal(response.statusCode, answered);
    assert.match(response.body, title);
    assert.equal(groups, "none");
  });
}

test("claims that cannot be read are told as such, wherever they come from", async () => {
  let nested: unknown = [];
  for (let level = 0; level < 200; level += 1) nested = [nested];
  for (const groups of [{ idToken: nested }, { userInfo: nested }]) {
    const { response, groups: given } = await signIn(
      (idp) => {
        idp.userInfo = { sub: "ada", ...("userInfo" in groups && { groups: groups.userInfo }) };
      },
      ["userinfo"],
      "idToken" in groups ? { groups: groups.idToken } : {},
    );
    assert.equal(response.statusCode, 422);
    assert.match(response.body, /cannot be read/);
    assert.equal(given, "none");
  }
});

test("UserInfo is left alone where it is not configured", async () => {
  const { response, groups } = await signIn((idp) => {
    idp.userInfo = 500;
  }, []);
  assert.equal(response.headers.location, "/");
  assert.equal(groups, "end-user");
});

test("the access token's claims count where it is configured, and those of the ID token before them", async () => {
  const set = (idp: StubIdentityProvider) => {
    idp.accessToken = { sub: "ada", groups: ["Sales Team"] };
  };
  assert.equal((await signIn(set)).groups, "end-user");
  assert.equal((await signIn(set, ["access-token"])).groups, "end-user: sales");
  assert.equal((await signIn(set, ["access-token"], { groups: [] })).groups, "end-user");
});

test("an access token that is no JWT, or another issuer's, says nothing", async () => {
  assert.equal((await signIn(() => {}, ["access-token"])).groups, "end-user");
  const { groups } = await signIn(
    (idp) => {
      idp.accessToken = { iss: "https://graph.example", sub: "ada", groups: ["Sales Team"] };
    },
    ["access-token"],
  );
  assert.equal(groups, "end-user");
});

test("an access token of this issuer about somebody else lets nobody in", async () => {
  const { response, groups } = await signIn(
    (idp) => {
      idp.accessToken = { sub: "eve", groups: ["Sales Team"] };
    },
    ["access-token"],
  );
  assert.equal(response.statusCode, 502);
  assert.equal(groups, "none");
});
