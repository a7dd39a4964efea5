// What every integration has to do: role and groups follow what the identity provider says at each login, and who may not come in is
// told so.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Browser } from "./browser.mjs";

/**
 * The tests of an application whose page shows `{"role":…,"groups":[…]}`, made by `start` with the roles, groups and mapping of
 * docs/integrations/README.md. `failed` is what is shown where a token is not in order, and `out` what is shown to whom is not signed in;
 * `read` gets what the user has out of the page, and `kept` is what somebody has whose groups cannot be read.
 * Returns what gives the running application to more tests.
 */
export function testLogins(start, options = {}) {
  const { failed = /Signing in failed/, out = /Sign in at/, read = JSON.parse } = options;
  const { kept = { role: "editor", groups: ["developers"] } } = options;
  let app;
  before(async () => {
    app = await start();
  });
  after(() => app?.stop());

  const sees = async (browser) => read((await app.see(browser)).text);
  const assertOut = async (browser) => {
    const { text } = await app.see(browser);
    assert.match(text, out);
    assert.doesNotMatch(text, /"role"/);
  };

  test("nobody is in who has not signed in", () => assertOut(new Browser("nobody")));

  test("role and groups follow what the identity provider says at each login", async () => {
    app.says("ada", { groups: ["Engineering", "Visitors"] });
    const { browser } = await app.signIn("ada");
    assert.deepEqual(await sees(browser), { role: "editor", groups: ["developers"] });
    app.says("ada", { groups: ["Sales Team"] });
    assert.deepEqual(await sees(browser), { role: "editor", groups: ["developers"] }); // until the next login
    await app.signIn("ada", browser);
    assert.deepEqual(await sees(browser), { role: "member", groups: ["sales"] });
    app.says("ada", { groups: ["IT Operations", "Sales Team"] });
    const again = await app.signIn("ada");
    assert.deepEqual(await sees(again.browser), { role: "owner", groups: ["sales"] });
  });

  test("whom the policy denies is told so, and is not in", async () => {
    app.says("eve", { groups: ["Visitors"] });
    const { browser, text } = await app.signIn("eve");
    assert.match(text, /Your groups at the identity provider give you no access here/);
    await assertOut(browser);
  });

  test("who was in and is denied at the next login is out", async () => {
    app.says("bob", { groups: ["Sales Team"] });
    const { browser } = await app.signIn("bob");
    assert.deepEqual(await sees(browser), { role: "member", groups: ["sales"] });
    app.says("bob", { groups: [] });
    const { text } = await app.signIn("bob", browser);
    assert.match(text, /Your groups at the identity provider give you no access here/);
    await assertOut(browser);
  });

  test("a login whose groups cannot be read is kept", async () => {
    app.says("kim", { groups: ["Engineering"] });
    await app.signIn("kim");
    app.says("kim", { groups: true });
    const { browser } = await app.signIn("kim");
    assert.deepEqual(await sees(browser), kept);
  });

  test("a token that was changed on its way is no login", async () => {
    app.says("mallory", { groups: ["Sales Team"] });
    app.changeTokens((payload) => ({ ...payload, groups: ["IT Operations"] }));
    const { browser, text } = await app.signIn("mallory");
    app.changeTokens((payload) => payload);
    assert.match(text, failed);
    await assertOut(browser);
  });

  test("a way back that nobody began is no login", async () => {
    const { browser, url } = await app.begin("ada");
    const stranger = new Browser("eve");
    assert.match((await stranger.go(url)).text, failed);
    await assertOut(stranger);
    assert.deepEqual((await browser.go(url)).status, 200); // and it is one where it began
  });
  return () => app;
}
