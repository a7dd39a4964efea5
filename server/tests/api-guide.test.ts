// The page about the API says what is so.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { type Api, newApi } from "./support/api.ts";
import { addKnownUsers } from "./support/known-users.ts";

const root = folderOf("API.md", import.meta.dirname);
const page = readFileSync(join(root, "API.md"), "utf8");

let api: Api;
before(async () => {
  api = await newApi();
});
after(() => api.close());

test("its routes are those of the OpenAPI document", () => {
  const listed = [...page.matchAll(/^\| `([A-Z]+ \/api\/\S+)` \| [^|]+ \|$/gm)].map(([, route]) => route);
  const documented = Object.entries<object>(api.document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  assert.deepEqual(listed.toSorted(), documented.toSorted());
});

test("it has every code that the API's own source gives", () => {
  const folder = join(root, "src", "api");
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const given = sources.flatMap((name) =>
    [...readFileSync(join(folder, name), "utf8").matchAll(/code: "([a-z-]+)"/g)].map(([, code]) => code),
  );
  assert.ok(given.length > 5);
  const listed = [...page.matchAll(/^\| \d{3} \| `([a-z-]+)` \|/gm)].map(([, code]) => code);
  assert.deepEqual(
    given.filter((code) => !listed.includes(code)),
    [],
  );
});

test("its program for an impact runs", async () => {
  const program = /```js\n(.*?)```/s.exec(page)?.[1];
  assert.ok(program);
  const { instance, server } = api;
  await instance.addGroup("main", "sales");
  await instance.command({ type: "set-mapping", mapping: "IT -> sales" }, { type: "enable" });
  await addKnownUsers(instance.database, { count: 3, groups: ["IT", "Sales Team", "Others"], workspace: "main" });
  const address = await server.listen({ port: 0, host: "127.0.0.1" });
  const AsyncFunction = (async () => undefined).constructor as FunctionConstructor;
  const run = new AsyncFunction("server", "headers", `${program}\nreturn losses;`);
  const losses = await run(address, await api.headers("super admin"));
  assert.equal(losses.length, 1);
  assert.match(losses[0], /^Known \d$/);
});

/** The nearest folder above that has the file: tests run from where they were compiled to. */
function folderOf(file: string, from: string): string {
  if (readdirSync(from).includes(file)) return from;
  const above = dirname(from);
  if (above === from) throw new Error(`there is no ${file}`);
  return folderOf(file, above);
}
