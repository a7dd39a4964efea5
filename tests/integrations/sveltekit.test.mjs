// docs/integrations/sveltekit.md, compiled, built and run as it stands.

import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../package/support/project.mjs";
import { application, installedTool, shared } from "./support/install.mjs";
import { start } from "./support/integration.mjs";
import { testLogins } from "./support/logins.mjs";
import { testRoute } from "./support/routes.mjs";

/** What `sv create` makes besides. */
const made = {
  "package.json": JSON.stringify({
    private: true,
    type: "module",
    // What is in here, the adapter leaves to be loaded from node_modules.
    dependencies: Object.fromEntries(
      ["idp-group-sync", "@electric-sql/pglite", "openid-client", "iron-session"].map((name) => [name, "*"]),
    ),
  }),
  "svelte.config.js": `import adapter from "@sveltejs/adapter-node";

export default { kit: { adapter: adapter() } };
`,
  "vite.config.ts": `import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";

export default defineConfig({ plugins: [sveltekit()] });
`,
  "tsconfig.json": JSON.stringify({
    extends: "./.svelte-kit/tsconfig.json",
    compilerOptions: {
      rewriteRelativeImportExtensions: true,
      allowJs: true,
      esModuleInterop: true,
      forceConsistentCasingInFileNames: true,
      resolveJsonModule: true,
      skipLibCheck: true,
      strict: true,
      moduleResolution: "bundler",
    },
  }),
  "src/app.html": `<!doctype html>
<html lang="en">
  <head>%sveltekit.head%</head>
  <body>%sveltekit.body%</body>
</html>
`,
};

const folder = application([...shared, "docs/integrations/sveltekit.md"]);
for (const [file, text] of Object.entries(made)) writeFileSync(join(folder, file), text);
for (const file of ["group-sync.mjs", "oidc.mjs"]) {
  copyFileSync(join(folder, file), join(folder, "src", "lib", "server", file));
}
await run(installedTool("svelte-kit"), ["sync"], folder);
await run(installedTool("tsc"), ["--noEmit"], folder);
await run(installedTool("vite"), ["build"], folder);

/** What the page shows. */
const read = (text) => JSON.parse(text.match(/<pre>(.*?)<\/pre>/)[1]);

const env = ({ address }) => ({ ORIGIN: address });
testRoute(testLogins(() => start(folder, { program: ["build"], env }), { read }));
