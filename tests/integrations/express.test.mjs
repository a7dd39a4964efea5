// docs/integrations/express.md, run as it stands.

import assert from "node:assert/strict";
import { test } from "node:test";
import { application, shared } from "./support/install.mjs";
import { start } from "./support/integration.mjs";
import { testLogins } from "./support/logins.mjs";

const folder = application([...shared, "docs/integrations/express.md"]);

testLogins(() => start(folder, { program: ["app.mjs"] }));

test("a route is for those of a role", async () => {
  const app = await start(folder, { program: ["app.mjs"] });
  try {
    app.says("root", { groups: ["IT Operations"] });
    app.says("bob", { groups: ["Sales Team"] });
    const root = await app.signIn("root");
    const bob = await app.signIn("bob");
    assert.equal((await root.browser.go(`${app.address}/admin`)).text, "For owners.");
    assert.equal((await bob.browser.go(`${app.address}/admin`)).status, 403);
  } finally {
    await app.stop();
  }
});
