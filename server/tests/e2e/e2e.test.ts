// One process for all of them: one browser and one template of the embedded database serve every test.

import "./scenarios.ts";
import "./configuring.ts";
import "./refusals.ts";
import "./leaving.ts";
import "./pushing.ts";
import "./failures.ts";
import "./concurrency.ts";
import "./kill.ts";
import "./database-failures.ts";
import "./disk-full.ts";
