// docs/integrations/better-auth.md, run as it stands, and idp-group-sync/better-auth.

import { describe } from "node:test";
import { application, shared } from "./support/install.mjs";
import { start } from "./support/integration.mjs";
import { testLogins } from "./support/logins.mjs";

const folder = application([...shared, "docs/integrations/better-auth.md"]);

/** The roles of better-auth, as those that the other applications have. */
const read = (text) => {
  const { role, groups } = JSON.parse(text);
  return { role: role === "admin" ? "editor" : role, groups };
};

describe("the application", () => {
  testLogins(() => start(folder, { program: ["app.mjs"], callback: "/api/auth/callback/company" }), { read });
});
