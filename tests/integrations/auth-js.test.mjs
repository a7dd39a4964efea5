// docs/integrations/auth-js.md, run as it stands.

import { application, shared } from "./support/install.mjs";
import { start } from "./support/integration.mjs";
import { testLogins } from "./support/logins.mjs";
import { testRoute } from "./support/routes.mjs";

const folder = application([...shared, "docs/integrations/auth-js.md"]);

testRoute(testLogins(() => start(folder, { program: ["app.mjs"], callback: "/auth/callback/company" })));
