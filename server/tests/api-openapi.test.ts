import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { type Api, newApi } from "./support/api.ts";
import { routesOf } from "./support/routes.ts";

let api: Api;
before(async () => {
  api = await newApi();
});
after(() => api.close());

test("the document is valid, and all of its references lead somewhere", async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(api.document));
  assert.deepEqual([valid, errors], [true, undefined]);
  assert.equal(validator.version, "3.1");
  for (const [, reference] of JSON.stringify(api.document).matchAll(/"\$ref":"([^"]*)"/g)) {
    const name = /^#\/components\/schemas\/(\w+)$/.exec(reference as string)?.[1];
    assert.ok(name !== undefined && name in api.document.components.schemas, reference);
  }
});

test("what the engine reads and writes is in it as the package's schemas have it", () => {
  const { $defs } = createRequire(import.meta.url)("idp-group-sync/schemas/definitions.json");
  const expected = JSON.parse(JSON.stringify($defs).replaceAll('"#/$defs/', '"#/components/schemas/'));
  const { schemas } = api.document.components;
  const names = Object.keys(schemas).filter((name) => name in expected);
  for (const name of names) assert.deepEqual(schemas[name], expected[name], name);
  for (const name of ["InstanceSettings", "SettingsCommand", "SyncPlan", "LoginImpactSummary", "Guarantee"]) {
    assert.ok(names.includes(name), name);
  }
});

test("every route is in it, and nothing else", () => {
  const registered = routesOf(api.server).filter((route) => route.includes(" /api/"));
  const documented = Object.entries<object>(api.document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  assert.deepEqual(registered.toSorted(), documented.toSorted());
});

test("each operation has a name of its own, a summary, and says how to be let in", () => {
  const operations = Object.values<Record<string, { operationId: string; summary: string; security: object[] }>>(
    api.document.paths,
  ).flatMap((methods) => Object.entries(methods));
  const names = operations.map(([, { operationId }]) => operationId);
  assert.equal(new Set(names).size, names.length);
  for (const [method, { operationId, summary, security }] of operations) {
    assert.ok(summary, operationId);
    const needed = operationId === "getOpenApi" ? [] : [method === "get" ? ["session"] : ["session", "csrf"]];
    assert.deepEqual(security.map(Object.keys), needed, operationId);
  }
});

test("each operation has the answers that any of its kind may give", () => {
  for (const [path, methods] of Object.entries<Record<string, { responses: object; requestBody?: object }>>(
    api.document.paths,
  )) {
    for (const [method, { responses, requestBody }] of Object.entries(methods)) {
      if (path === "/api/openapi.json") continue;
      const expected = [
        ...(path === "/api/me" ? ["401", "500", "503"] : ["400", "401", "403", "500", "503"]),
        ...(requestBody ? ["413", "415"] : []),
        ...(/\{(workspace|user|version|entry)\}/.test(path) ? ["404"] : []),
      ];
      assert.deepEqual(
        expected.filter((status) => !(status in responses)),
        [],
        `${method} ${path}`,
      );
    }
  }
});
