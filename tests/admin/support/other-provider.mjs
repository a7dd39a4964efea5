// A second identity provider, which says of everybody what a test wants.

import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../../../scripts/setup/place.mjs";

/** To be stopped by whoever started it. */
export async function startOtherProvider() {
  const { outputFiles } = await build({
    entryPoints: [join(root, "server", "tests", "support", "stub-identity-provider.ts")],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
  });
  const [{ text }] = outputFiles;
  const { stubIdentityProvider } = await import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
  return stubIdentityProvider();
}
