// What an application has besides: a route for those of a role.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Browser } from "./browser.mjs";

/** The test of an application whose `/admin` is for owners; `running` gives it. */
export function testRoute(running) {
  test("a route is for those of a role", async () => {
    const app = running();
    app.says("root", { groups: ["IT Operations"] });
    app.says("bob", { groups: ["Sales Team"] });
    const root = await app.signIn("root");
    const bob = await app.signIn("bob");
    const ask = async (browser) => {
      const { status, text } = await browser.go(`${app.address}/admin`);
      return [status, text.includes("For owners.")];
    };
    assert.deepEqual(await ask(root.browser), [200, true]);
    assert.deepEqual(await ask(bob.browser), [403, false]);
    assert.deepEqual(await ask(new Browser("nobody")), [401, false]);
  });
}
