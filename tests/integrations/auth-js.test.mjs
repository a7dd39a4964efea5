// docs/integrations/auth-js.md, run as it stands.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { application, installedFile, shared } from "./support/install.mjs";
import { start } from "./support/integration.mjs";
import { testLogins } from "./support/logins.mjs";
import { testRoute } from "./support/routes.mjs";

const folder = application([...shared, "docs/integrations/auth-js.md"]);

const running = testLogins(() => start(folder, { program: ["app.mjs"], callback: "/auth/callback/company" }));
testRoute(running);

test("a session is over when its time is, however often it was renewed", async () => {
  const { encode } = await import(pathToFileURL(installedFile("@auth/core/jwt.js")));
  const salt = "authjs.session-token";
  const secret = "at-least-thirty-two-characters-long";
  const status = async (until) => {
    const access = { role: "owner", groups: [], until };
    const token = await encode({ token: { sub: "ada", access }, secret, salt });
    return (await fetch(running().address, { headers: { cookie: `${salt}=${token}` } })).status;
  };
  assert.deepEqual([await status(Date.now() + 3600_000), await status(Date.now() - 1)], [200, 401]);
});
