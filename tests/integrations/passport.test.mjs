// docs/integrations/passport.md, run as it stands.

import { application, shared } from "./support/install.mjs";
import { start } from "./support/integration.mjs";
import { testLogins } from "./support/logins.mjs";

const folder = application([...shared, "docs/integrations/passport.md"]);

testLogins(() => start(folder, { program: ["app.mjs"] }), { failed: /Signing in failed|Unable to verify/ });
