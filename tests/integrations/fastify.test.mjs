// docs/integrations/fastify.md, run as it stands.

import { application, shared } from "./support/install.mjs";
import { start } from "./support/integration.mjs";
import { testLogins } from "./support/logins.mjs";
import { testRoute } from "./support/routes.mjs";

const folder = application([...shared, "docs/integrations/fastify.md"]);

testRoute(testLogins(() => start(folder, { program: ["app.mjs"] })));
