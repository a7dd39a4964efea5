import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Api, newApi } from "./support/api.ts";

let api: Api;
before(async () => {
  api = await newApi();
  const { instance } = api;
  await instance.addGroup("main", "sales");
  await instance.addGroup("lab", "labs", "builder");
  await instance.command({ type: "enable" });
  await instance.signIn("ada", ["sales", "builder"]);
  await instance.signIn("bob_50%", []);
});
after(() => api.close());

describe("workspaces", () => {
  test("all of them, with their catalogs as the engine takes them", async () => {
    const { workspaces } = await api.get("/workspaces");
    const roles = ["end-user", "builder", "admin"];
    const byId = new Map(workspaces.map((workspace: { id: string }) => [workspace.id, workspace]));
    assert.equal(byId.size, 2);
    assert.deepEqual(byId.get("lab"), {
      ...{ id: "lab", name: "lab", members: 0, catalogVersion: 2 },
      catalog: { roles, groups: [{ name: "labs", requires: "builder" }] },
    });
    assert.deepEqual(byId.get("main"), {
      ...{ id: "main", name: "Main", members: 2, catalogVersion: 2 },
      catalog: { roles, groups: [{ name: "sales" }] },
    });
  });

  test("a group that is added, renamed, or needs another role raises the catalog's version, and logins go by it", async () => {
    const { body, status } = await api.ask("POST", "/workspaces/main/groups", { name: "chess" });
    assert.equal(status, 201);
    assert.deepEqual(body, {
      catalogVersion: 3,
      group: { id: body.group.id, name: "chess", requires: null, members: 0 },
    });
    await api.instance.signIn("carl", ["chess"]);
    assert.equal(await api.instance.has("carl"), "end-user: chess");

    const path = `/workspaces/main/groups/${body.group.id}`;
    const changed = await api.ask("PATCH", path, { name: "go", requires: "builder" });
    assert.deepEqual(changed.body, {
      catalogVersion: 4,
      group: { ...body.group, name: "go", requires: "builder", members: 1 },
    });
    await api.instance.signIn("carl", ["go"]);
    assert.equal(await api.instance.has("carl"), "builder: go");
    assert.deepEqual((await api.ask("PATCH", path, { requires: null })).body.group.requires, null);

    const { catalogVersion, groups } = await api.get("/workspaces/main/groups");
    assert.equal(catalogVersion, 5);
    assert.deepEqual(
      groups.map(({ name, members }: { name: string; members: number }) => `${name} ${members}`),
      ["sales 1", "go 1"],
    );
  });

  test("what cannot be is refused, and raises nothing", async () => {
    const { catalogVersion, groups } = await api.get("/workspaces/main/groups");
    const [sales, go] = groups;
    const refused: [() => ReturnType<Api["ask"]>, number, string, string | undefined][] = [
      [() => api.ask("POST", "/workspaces/main/groups", { name: "sales" }), 409, "group-exists", "name"],
      [() => api.ask("PATCH", `/workspaces/main/groups/${go.id}`, { name: "sales" }), 409, "group-exists", "name"],
      [() => api.ask("POST", "/workspaces/main/groups", { name: "" }), 400, "invalid-input", "name"],
      [() => api.ask("POST", "/workspaces/main/groups", { name: "a\0b" }), 400, "invalid-input", "name"],
      [() => api.ask("POST", "/workspaces/main/groups", { name: "\ud800" }), 400, "invalid-input", "name"],
      [
        () => api.ask("POST", "/workspaces/main/groups", { name: "x", requires: "king" }),
        400,
        "invalid-input",
        "requires",
      ],
      [() => api.ask("PATCH", `/workspaces/main/groups/${go.id}`, {}), 400, "invalid-input", undefined],
      [() => api.ask("POST", "/workspaces/nowhere/groups", { name: "x" }), 404, "not-found", undefined],
      [() => api.ask("PATCH", "/workspaces/main/groups/999", { name: "x" }), 404, "not-found", undefined],
      [() => api.ask("PATCH", `/workspaces/lab/groups/${go.id}`, { name: "x" }), 404, "not-found", undefined],
      [() => api.ask("GET", "/workspaces/nowhere/groups"), 404, "not-found", undefined],
    ];
    for (const [ask, status, code, path] of refused) {
      const answer = await ask();
      assert.deepEqual([answer.status, answer.body.error.code, answer.body.error.path], [status, code, path]);
    }
    assert.equal((await api.ask("PATCH", `/workspaces/main/groups/${sales.id}`, { name: "sales" })).status, 200);
    assert.equal((await api.get("/workspaces/main/groups")).catalogVersion, catalogVersion + 1);
    assert.equal((await api.get("/workspaces/lab/groups")).catalogVersion, 2);
  });
});

describe("users", () => {
  const found = async (query: string) => {
    const { users, next } = await api.get(`/users?${query}`);
    return [
      users.map(({ subject, email }: { subject: string | null; email: string | null }) => subject ?? email),
      next,
    ];
  };

  test("are found by a part of name, e-mail address or subject, whatever its case; nothing in it is special", async () => {
    assert.deepEqual(await found("search=ADA"), [["ada"], null]);
    assert.deepEqual(await found("search=root%40"), [["root@example.com"], null]);
    assert.deepEqual(await found("search=_50%25"), [["bob_50%"], null]);
    assert.deepEqual(await found("search=a_a"), [[], null]);
    assert.deepEqual(await found("workspace=main&search=b"), [["bob_50%"], null]);
    assert.deepEqual(await found("workspace=lab"), [[], null]);
  });

  test("come by pages", async () => {
    const all = (await found("limit=200"))[0];
    const [first, next] = await found("limit=2");
    assert.deepEqual([first, next === null], [all.slice(0, 2), false]);
    assert.deepEqual(await found(`limit=200&after=${next}`), [all.slice(2), null]);
    assert.equal((await api.ask("GET", "/users?limit=0")).body.error.path, "limit");
  });

  test("each with what they have, who gave it, and the claims of their last token", async () => {
    const id = await api.idOf("ada");
    const { user, memberships, claims } = await api.get(`/users/${id}`);
    assert.equal(user.lastSingleSignOn, claims.at);
    assert.deepEqual(claims.claims, { groups: ["sales", "builder"] });
    const [{ groups, ...membership }] = memberships;
    assert.deepEqual(membership, {
      ...{ workspace: "main", name: "Main", status: "active", role: "builder", roleGrantedBy: "sync" },
    });
    const [{ grantedAt, ...group }] = groups;
    assert.deepEqual(group, { name: "sales", grantedBy: "sync" });
    assert.ok(Date.parse(grantedAt) > 0);

    const { user: root } = await api.get("/me");
    const me = await api.get(`/users/${root.id}`);
    assert.deepEqual([me.user.superAdmin, me.user.lastSingleSignOn, me.memberships, me.claims], [true, null, [], null]);
    assert.equal((await api.ask("GET", "/users/999")).status, 404);
    assert.equal((await api.ask("GET", "/users/9999999999")).body.error.path, "user");
  });

  test("without a password, or anything else that is nobody's business", async () => {
    const { text } = await api.ask("GET", "/users");
    assert.doesNotMatch(text, /password|hash|issuer/);
  });
});

test("a group's name is what the database can hold and find", async () => {
  const han = (count: number) => String.fromCodePoint(...Array.from({ length: count }, (_, index) => 0x20000 + index));
  for (const name of [han(513), "x".repeat(3000), "a\u0000b", "a\ud800b", ""]) {
    const { status, body } = await api.ask("POST", "/workspaces/lab/groups", { name });
    assert.deepEqual([status, body.error.code, body.error.path], [400, "invalid-input", "name"]);
  }
  const { body, status } = await api.ask("POST", "/workspaces/lab/groups", { name: han(512) });
  assert.equal(status, 201);
  await api.instance.database.deleteFrom("groups").where("id", "=", body.group.id).execute();
});
