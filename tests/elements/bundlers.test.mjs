// The program of the package's README with other tools: webpack, Vite's development server, and Node, where pages are rendered on a server.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { promisify } from "node:util";
import { createServer } from "vite";
import webpack from "webpack";
import { run } from "../package/support/project.mjs";
import { serve, withPage } from "./support/browse.mjs";
import { fileOfGuide, programOfReadme } from "./support/guide.mjs";
import { largeMapping } from "./support/large.mjs";
import { project } from "./support/project.mjs";

let folder;

before(async () => {
  folder = await project();
  writeFileSync(join(folder, "index.html"), pageOf("./main.js"));
  writeFileSync(join(folder, "engine.js"), fileOfGuide("engine.ts"));
  writeFileSync(join(folder, "main.js"), `import "./engine.js";\n${programOfReadme()}`);
});

const pageOf = (script) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Rules</title>
    <link rel="icon" href="data:," />
    <script type="module" src="${script}"></script>
  </head>
  <body></body>
</html>
`;

async function works(address) {
  await withPage(address, async (embedding) => {
    await embedding.write("interns -> sales");
    await embedding.expectOutcome("end-user", ["sales"]);
    assert.equal(embedding.page.workers().length, 0);
    await embedding.preview.evaluate((preview, mapping) => {
      preview.mapping = mapping;
    }, `${largeMapping}\nBoard -> sales`);
    await embedding.preview.locator(".no-match").waitFor();
    assert.equal(embedding.page.workers().length, 1);
  });
}

test("webpack, with the worker", async (t) => {
  const output = join(folder, "bundle");
  const stats = await promisify(webpack)({
    context: folder,
    entry: "./main.js",
    mode: "production",
    output: { path: output, filename: "main.js" },
    performance: { hints: false },
    // It takes long, and is not what is tested.
    optimization: { minimize: false },
  });
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
  assert.deepEqual([...errors, ...warnings], []);
  writeFileSync(join(output, "index.html"), pageOf("./main.js"));
  await works(await serve(t, output));
});

test("Vite's development server, with the worker", async (t) => {
  const server = await createServer({
    root: folder,
    configFile: false,
    logLevel: "error",
    server: { host: "127.0.0.1", port: 0 },
  });
  t.after(() => server.close());
  await server.listen();
  await works(`http://127.0.0.1:${server.httpServer.address().port}/`);
});

test("Node imports every entry that an application is made from", async () => {
  const entries = ["", "/group-mapping-editor", "/group-sync-preview", "/react"];
  const imports = entries.map((entry) => `await import("idp-group-sync-elements${entry}");`).join("\n");
  await run(process.execPath, ["--input-type=module", "--eval", imports], folder);
});
