// Who may use which route. The table has to have every route of the API.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { defaultSettings } from "idp-group-sync";
import { type Api, newApi } from "./support/api.ts";

const settings = defaultSettings("main");
const secret = "Secret Team";

const provider = {
  name: "Partners",
  enabled: true,
  clientId: "the-server",
  scope: "openid",
  claimsFrom: [],
  scimGroups: "displayName",
  directory: null,
};

/** A request that works, and what a super admin gets for it. */
const routes: Record<string, { path: string; body?: unknown; status?: number }> = {
  "GET /api/settings": { path: "/settings" },
  "POST /api/settings/commands": {
    path: "/settings/commands",
    body: { version: 2, command: { type: "set-mapping", mapping: `${secret} -> sales` } },
  },
  "POST /api/settings/save": { path: "/settings/save", body: { version: 2, commands: [{ type: "disable" }] } },
  "GET /api/settings/versions": { path: "/settings/versions" },
  "GET /api/settings/versions/{version}": { path: "/settings/versions/2" },
  "GET /api/workspaces": { path: "/workspaces" },
  "POST /api/workspaces": { path: "/workspaces", body: { name: "New" }, status: 201 },
  "GET /api/workspaces/{workspace}": { path: "/workspaces/main" },
  "PATCH /api/workspaces/{workspace}": { path: "/workspaces/main", body: { name: "Other" } },
  "GET /api/workspaces/{workspace}/groups": { path: "/workspaces/main/groups" },
  "POST /api/workspaces/{workspace}/groups": { path: "/workspaces/main/groups", body: { name: "new" }, status: 201 },
  "PATCH /api/workspaces/{workspace}/groups/{group}": {
    path: "/workspaces/main/groups/1",
    body: { requires: "builder" },
  },
  "DELETE /api/workspaces/{workspace}": { path: "/workspaces/new?version=2&members=0" },
  "GET /api/users": { path: "/users" },
  "GET /api/users/{user}": { path: "/users/1" },
  "POST /api/users": { path: "/users", body: { email: "new@example.com" }, status: 201 },
  "POST /api/users/{user}/invitation": { path: "/users/1/invitation", body: {}, status: 409 },
  "POST /api/users/{user}/archive": { path: "/users/1/archive", body: { note: "left" } },
  "POST /api/users/{user}/restore": { path: "/users/1/restore", body: {} },
  "POST /api/users/{user}/exempt": { path: "/users/1/exempt", body: { note: "for emergencies" } },
  "POST /api/users/{user}/no-longer-exempt": { path: "/users/1/no-longer-exempt", body: {} },
  "POST /api/claims/groups": { path: "/claims/groups", body: { claim: "groups" } },
  "GET /api/claims/labels": { path: "/claims/labels" },
  "PUT /api/claims/labels": { path: "/claims/labels", body: { labels: [] } },
  "POST /api/claims/suggestions": { path: "/claims/suggestions", body: { claim: "groups" } },
  "POST /api/claims/users": { path: "/claims/users", body: { claim: "groups" } },
  "POST /api/preview": { path: "/preview", body: { claims: { groups: [] } } },
  "GET /api/preview/test-sign-in": { path: "/preview/test-sign-in" },
  "POST /api/preview/facts": { path: "/preview/facts", body: { userIds: [1] } },
  "POST /api/impact": { path: "/impact", body: { settings } },
  "GET /api/scenarios": { path: "/scenarios" },
  "PUT /api/scenarios/instance": { path: "/scenarios/instance", body: { version: 0, scenarios: [], guarantees: [] } },
  "PUT /api/scenarios/workspaces/{workspace}": {
    path: "/scenarios/workspaces/main",
    body: { version: 0, scenarios: [], guarantees: [] },
  },
  "POST /api/scenarios/run": { path: "/scenarios/run", body: {} },
  "GET /api/reconcile-runs": { path: "/reconcile-runs" },
  "POST /api/reconcile-runs": { path: "/reconcile-runs", body: {}, status: 422 },
  "GET /api/reconcile-runs/{run}": { path: "/reconcile-runs/1", status: 404 },
  "POST /api/reconcile-runs/{run}/apply": {
    path: "/reconcile-runs/1/apply",
    body: { people: 1, note: "Because" },
    status: 404,
  },
  "POST /api/reconcile-runs/{run}/dismiss": { path: "/reconcile-runs/1/dismiss", body: {}, status: 404 },
  "GET /api/providers": { path: "/providers" },
  "POST /api/providers": {
    path: "/providers",
    body: { ...provider, issuer: "https://id.example.com" },
    status: 201,
  },
  "PUT /api/providers/{provider}": { path: "/providers/partners", body: { ...provider, version: 1 } },
  "GET /api/providers/{provider}/tokens": { path: "/providers/partners/tokens" },
  "POST /api/providers/{provider}/tokens": { path: "/providers/partners/tokens", body: { name: "Okta" }, status: 201 },
  "DELETE /api/providers/{provider}/tokens/{token}": { path: "/providers/partners/tokens/1" },
  "DELETE /api/providers/{provider}": { path: "/providers/partners?version=2&users=0" },
  "GET /api/audit": { path: "/audit" },
  "GET /api/audit/{entry}": { path: "/audit/1" },
};

let api: Api;
before(async () => {
  api = await newApi();
  await api.instance.addGroup("main", "sales");
  await api.instance.command({ type: "set-mapping", mapping: `${secret} -> sales` });
  await api.instance.signIn("ada", ["sales"]);
  // Whoever is left when another super admin is archived has to have a way in.
  await api.headers("super admin");
  await api.instance.database
    .updateTable("users")
    .set({ password_hash: "of a password" })
    .where("email", "=", "root@example.com")
    .execute();
  const { name, clientId, scope } = provider;
  const configuration = JSON.stringify({ clientId, scope, claimsFrom: [], directory: null, scimGroups: "displayName" });
  const issuer = "https://partners.example.com/";
  await api.instance.database
    .insertInto("providers")
    .values({ id: "partners", name, issuer, from_environment: false, configuration })
    .execute();
});
after(() => api.close());

test("the table has every route but the two that are for more people", () => {
  const documented = Object.entries<object>(api.document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  assert.deepEqual(documented.toSorted(), [...Object.keys(routes), "GET /api/me", "GET /api/openapi.json"].toSorted());
});

for (const [route, { path, body, status = 200 }] of Object.entries(routes)) {
  const method = route.split(" ", 1)[0] as "GET";
  const changes = (method as string) !== "GET";
  describe(route, () => {
    test("nobody", async () => {
      const answer = await api.ask(method, path, body, { as: "anonymous" });
      assert.deepEqual([answer.status, answer.body.error.code], [401, "not-signed-in"]);
      assert.ok(!answer.text.includes(secret));
    });
    test("an ordinary user", async () => {
      const answer = await api.ask(method, path, body, { as: "ordinary" });
      assert.deepEqual(answer.body, { error: { code: "not-super-admin", message: "only a super admin may do this" } });
      assert.equal(answer.status, 403);
    });
    if (changes) {
      test("what they send is not read before it is known who they are", async () => {
        for (const as of ["anonymous", "ordinary"] as const) {
          const { status } = await api.ask(method, path, { nonsense: true }, { as });
          assert.equal(status, as === "anonymous" ? 401 : 403);
        }
      });
      test("a super admin without the CSRF token, or with a wrong one", async () => {
        for (const csrfToken of [null, "wrong"]) {
          const answer = await api.ask(method, path, body, { csrfToken });
          assert.deepEqual([answer.status, answer.body.error.code], [403, "csrf-token"]);
        }
      });
    }
    test("a super admin", async () => {
      const answer = await api.ask(method, path, body);
      assert.equal(answer.status, status, answer.text);
    });
  });
}

test("whoever is signed in may know who they are; whoever is not, may not", async () => {
  const { status, body } = await api.ask("GET", "/me", undefined, { as: "ordinary" });
  assert.deepEqual([status, body.superAdmin, body.user.email], [200, false, "olga@example.com"]);
  assert.equal((await api.get("/me")).superAdmin, true);
  assert.equal((await api.ask("GET", "/me", undefined, { as: "anonymous" })).status, 401);
});

test("the answers are not to be kept", async () => {
  const headers = await api.headers("super admin");
  const { headers: sent } = await api.server.inject({ url: "/api/settings", headers });
  assert.equal(sent["cache-control"], "no-store");
});

test("an archived super admin is nobody, and has to sign in anew once restored", async () => {
  const { database } = api.instance;
  const archive = (status: "archived" | "active") =>
    database.updateTable("users").set({ status }).where("email", "=", "root@example.com").execute();
  await archive("archived");
  assert.equal((await api.ask("GET", "/settings")).status, 401);
  await archive("active");
  assert.equal((await api.ask("GET", "/settings")).status, 401); // and signs in anew once restored
});
