// Where a dry run of a release leaves what it makes.

import { join } from "node:path";
import { root } from "../setup/place.mjs";

/** What would be uploaded, and nothing else. */
export const releaseFolder = join(root, "target", "release-dry");

/** What the checks unpack, install and build. */
export const checkFolder = join(root, "target", "release-checks");
