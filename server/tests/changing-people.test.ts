// What super admins do to users: archive, restore, invite, exempt.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { hashOf } from "../src/secrets.ts";
import { type Api, newApi } from "./support/api.ts";
import { issuer } from "./support/instance.ts";

let api: Api;
before(async () => {
  api = await newApi();
  await api.instance.addGroup("main", "sales");
  await api.instance.addGroup("lab", "labs");
  await api.instance.command({ type: "set-mapping", mapping: "Sales Team -> sales" }, { type: "enable" });
  await api.get("/me");
  await spareSuperAdmin("archived");
});
after(() => api.close());
beforeEach(() => seats(null));

const note = "because";
const database = () => api.instance.database;
const row = async (id: number) =>
  await database().selectFrom("users").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
const seats = (seats_total: number | null) => database().updateTable("licence").set({ seats_total }).execute();
const change = (id: number, what: string, body: object = { note }) => api.ask("POST", `/users/${id}/${what}`, body);
const invite = (email: unknown, more: object = {}) => api.ask("POST", "/users", { email, ...more });

/** The one with whom tests sign in to run commands; as a rule they are not there, so that the asking one is the last. */
const spareSuperAdmin = (status: "active" | "archived") =>
  database()
    .updateTable("users")
    .set({ status, password_hash: "$argon2id$" })
    .where("email", "=", "super@example.com")
    .execute();

async function come(subject: string, groups: string[] = []): Promise<number> {
  await api.instance.signIn(subject, groups);
  return api.idOf(subject);
}

/** Somebody comes with single sign-on and this address. */
const comeWith = (subject: string, email: string, more: { verified?: boolean; link?: string } = {}) =>
  api.instance.login({
    method: "oidc",
    issuer,
    claims: { sub: subject, email, email_verified: more.verified ?? true, groups: [] },
    invitationHash: more.link === undefined ? null : hashOf(new URL(more.link).searchParams.get("invitation") ?? ""),
  });

async function audited(id: number) {
  const { entries } = await api.get(`/audit?user=${id}`);
  return entries.map((entry: { userChange: string; method: string; note: string; actor: { email: string } | null }) => [
    ...[entry.userChange, entry.method, entry.note, entry.actor?.email],
  ]);
}

async function startSession(id: number): Promise<void> {
  const session = {
    token_hash: `hash-${id}`,
    user_id: id,
    method: "oidc",
    created_at: new Date(),
    expires_at: new Date(2e12),
  };
  await database().insertInto("sessions").values(session).execute();
}

describe("archive and restore", () => {
  test("sessions end, what they have stays, and the audit has who did it and why", async () => {
    const id = await come("ada", ["Sales Team"]);
    await startSession(id);
    assert.equal((await api.get(`/users/${id}`)).standing.sessions, 1);

    const { status, body } = await change(id, "archive", { note: "  left the company " });
    assert.deepEqual([status, body.changed, body.link, body.user.status], [200, true, null, "archived"]);
    const { standing, memberships, user } = await api.get(`/users/${id}`);
    assert.deepEqual([standing.sessions, user.archivedBySync, memberships.length], [0, false, 1]);
    assert.deepEqual(await audited(id).then(([first]) => first), [
      "archived",
      "admin",
      "left the company",
      "root@example.com",
    ]);
    const { change: last, by, note: why } = standing.lastChange;
    assert.deepEqual([last, by.email, why], ["archived", "root@example.com", "left the company"]);

    assert.equal((await api.instance.signIn("ada", ["Sales Team"])).allowed, false);
    assert.equal((await change(id, "restore", {})).body.user.status, "active");
    assert.equal(await api.instance.has("ada"), "end-user: sales");
    assert.equal((await api.instance.signIn("ada", ["Sales Team"])).allowed, true);
  });

  test("what is so already is not done or written down again", async () => {
    const id = await come("twice");
    const changes = async () => (await audited(id)).filter(([what]: string[]) => what).length;
    for (const [what, count] of [
      ["restore", 0],
      ["archive", 1],
      ["archive", 1],
      ["restore", 2],
      ["restore", 2],
    ] as const) {
      const { status, body } = await change(id, what);
      assert.equal(status, 200);
      assert.equal(await changes(), count, what);
      assert.equal(body.user.status, what === "archive" ? "archived" : "active");
    }
  });

  test("whoever a sync has archived is archived by hand from then on", async () => {
    const id = await come("bea");
    await database()
      .updateTable("users")
      .set({ status: "archived", archived_by_sync: true })
      .where("id", "=", id)
      .execute();
    assert.equal((await api.get("/users?archivedBySync=true")).users[0].id, id);
    assert.equal((await change(id, "archive")).body.user.archivedBySync, false);
    assert.equal((await row(id)).archived_by_sync, false);
    assert.ok((await api.get("/users?archivedBySync=false")).users.some((user: { id: number }) => user.id === id));

    await database().updateTable("users").set({ archived_by_sync: true }).where("id", "=", id).execute();
    await change(id, "restore");
    assert.deepEqual([(await row(id)).status, (await row(id)).archived_by_sync], ["active", false]);
  });

  test("the last active super admin stays, also if they ask themselves; with another one they may go", async () => {
    const { user: me } = await api.get("/me");
    assert.equal((await api.get(`/users/${me.id}`)).standing.lastSuperAdmin, true);
    const refused = await change(me.id, "archive");
    assert.deepEqual([refused.status, refused.body.error.code], [409, "last-super-admin"]);
    await spareSuperAdmin("active");
    assert.equal((await api.get(`/users/${me.id}`)).standing.lastSuperAdmin, false);
    await spareSuperAdmin("archived");
    await invite("boss@example.com", { superAdmin: true }); // may never come
    assert.equal((await change(me.id, "archive")).body.error.code, "last-super-admin");
  });

  test("a workspace's last admin is archived only if the workspace is named", async () => {
    const id = await come("cleo", ["admin"]);
    const lastAdminOf = [{ workspace: "main", name: "Main" }];
    assert.deepEqual((await api.get(`/users/${id}`)).standing.lastAdminOf, lastAdminOf);
    for (const confirmed of [undefined, [], ["lab"]]) {
      const { status, body } = await change(id, "archive", { note, ...(confirmed && { confirmed }) });
      assert.deepEqual([status, body.error.code, body.lastAdminOf], [409, "last-admin-unconfirmed", lastAdminOf]);
    }
    assert.equal((await row(id)).status, "active");
    assert.equal((await change(id, "archive", { note, confirmed: ["main"] })).status, 200);
    await change(id, "restore");
    await come("dora", ["admin"]);
    assert.equal((await change(id, "archive")).status, 200);
  });

  test("a restored user takes a seat, of the whole and of their roles", async () => {
    const id = await come("eve", ["builder"]);
    await change(id, "archive");
    const { users } = await api.get("/users?limit=200");
    const used = users.filter((user: { status: string }) => user.status !== "archived").length;
    await seats(used);
    assert.deepEqual((await change(id, "restore")).body.error.code, "no-seat");
    await seats(used + 1);
    await database()
      .updateTable("licence")
      .set({ seats_by_role: JSON.stringify({ builder: 0 }) })
      .execute();
    assert.deepEqual((await change(id, "restore")).body.error.code, "no-seat");
    assert.equal((await row(id)).status, "archived");
    await database().updateTable("licence").set({ seats_by_role: null }).execute();
    assert.equal((await change(id, "restore")).status, 200);
  });

  test("a reason that says something is needed", async () => {
    const id = await come("fay");
    for (const body of [
      {},
      { note: "" },
      { note: " \n" },
      { note: "\u200b\u202e" },
      { note: "a\u0000b" },
      { note: "x".repeat(1001) },
      { note: 7 },
    ]) {
      for (const what of ["archive", "exempt"]) {
        const { status, body: answer } = await change(id, what, body);
        assert.deepEqual([status, answer.error.code], [400, "invalid-input"], JSON.stringify(body));
      }
    }
    assert.equal((await row(id)).status, "active");
    assert.equal((await change(99_999, "archive")).status, 404);
    assert.equal((await change(99_999, "restore")).status, 404);
  });
});

describe("exempt", () => {
  test("no sync touches the account, until it is no longer exempt", async () => {
    const id = await come("gil", ["Sales Team"]);
    assert.equal((await change(id, "exempt", { note: "break glass" })).body.user.exempt, true);
    await api.instance.signIn("gil", []);
    assert.equal(await api.instance.has("gil"), "end-user: sales");
    assert.deepEqual(
      (await api.get("/users?exempt=true")).users.map((user: { id: number }) => user.id),
      [id],
    );
    assert.equal((await change(id, "exempt")).body.changed, false);
    assert.equal((await change(id, "no-longer-exempt", {})).body.user.exempt, false);
    await api.instance.signIn("gil", []);
    assert.equal(await api.instance.has("gil"), "end-user");
    const changes = (await audited(id)).filter(([what]: string[]) => what);
    assert.deepEqual(
      changes.map(([what, , why]: string[]) => [what, why]),
      [
        ["no-longer-exempt", null],
        ["exempted", "break glass"],
      ],
    );
  });
});

describe("invite", () => {
  test("whoever comes with the address takes it, with the workspaces to be accepted", async () => {
    const { status, body } = await invite("Hal@Example.com", {
      name: " Hal ",
      workspaces: [{ workspace: "lab", role: "builder" }],
      note: "new",
    });
    assert.deepEqual([status, body.link, body.user.status, body.user.name], [201, null, "invited", "Hal"]);
    const { memberships } = await api.get(`/users/${body.user.id}`);
    assert.deepEqual(
      memberships.map(({ workspace, role, status: how }: Record<string, string>) => [workspace, role, how]),
      [["lab", "builder", "invited"]],
    );
    assert.deepEqual(await audited(body.user.id), [["invited", "admin", "new", "root@example.com"]]);
    const came = await comeWith("hal", "hal@example.com");
    assert.deepEqual([came.userId, (await row(body.user.id)).status], [body.user.id, "active"]);
    assert.equal((await change(body.user.id, "invitation", {})).body.error.code, "not-invited");
  });

  test("a super admin needs the link, told once; a new one makes the old one worthless", async () => {
    const { body } = await invite("ida@example.com", { superAdmin: true });
    assert.match(body.link, /^http:\/\/localhost\/sign-in\/oidc\?invitation=[\w-]{43}$/);
    await assert.rejects(comeWith("ida", "ida@example.com"), /needs its link/);
    assert.ok(!(await api.ask("GET", `/users/${body.user.id}`)).text.includes(body.link.slice(-43)));
    const { link } = (await change(body.user.id, "invitation", {})).body;
    await assert.rejects(comeWith("ida", "ida@example.com", { link: body.link }), /needs its link/);
    const stranger = await comeWith("ida", "ida@example.com", { verified: false, link });
    assert.notEqual(stranger.userId, body.user.id);
    const came = await comeWith("ida-2", "ida@example.com", { link });
    assert.deepEqual([came.userId, (await row(body.user.id)).super_admin], [body.user.id, true]);
    await database().updateTable("users").set({ super_admin: false }).where("id", "=", body.user.id).execute();
  });

  test("a withdrawn invitation is taken by nobody, and stands again when it is restored, with a new link", async () => {
    const { body } = await invite("jo@example.com", { superAdmin: true });
    assert.equal((await change(body.user.id, "archive")).body.user.status, "archived");
    const again = await invite("jo@example.com");
    assert.deepEqual([again.status, again.body.error.code, again.body.existing], [409, "user-exists", body.user.id]);
    const restored = (await change(body.user.id, "restore")).body;
    assert.deepEqual(
      [restored.user.status, restored.link === null, restored.link === body.link],
      ["invited", false, false],
    );
    await change(body.user.id, "archive");
    await comeWith("jo", "jo@example.com");
    assert.equal((await change(body.user.id, "restore")).body.error.code, "user-exists");
  });

  test("an address that somebody has, whatever the case; one that only looks like it is another", async () => {
    await comeWith("kim", "kim@example.com");
    await comeWith("unverified", "lee@example.com", { verified: false });
    await invite("max@example.com");
    for (const email of ["KIM@example.com", "Max@EXAMPLE.com", "super@example.com"]) {
      const { status, body } = await invite(email);
      assert.deepEqual([status, body.error.code], [409, "user-exists"], email);
    }
    for (const email of ["\u212aim@example.com", "lee@example.com"])
      assert.equal((await invite(email)).status, 201, email);
  });

  test("what is no address is refused, with its place", async () => {
    const addresses = [
      "",
      "@",
      "a@",
      "@b",
      "a b@c.de",
      " a@b.de",
      "a@b.de\n",
      "a\u200b@b.de",
      "a\u202e@b.de",
      "a\u0000@b.de",
      "a\ud800@b.de",
      "a@b@c",
      "nobody",
      "x".repeat(321),
      `${"x".repeat(320)}@b`,
      7,
      null,
      ["a@b.de"],
    ];
    for (const email of addresses) {
      const { status, body } = await invite(email);
      assert.deepEqual(
        [status, body.error.code, body.error.path],
        [400, "invalid-input", "email"],
        JSON.stringify(email),
      );
    }
    for (const email of ["'--@example.com", "__proto__@constructor", '"><script>@example.com']) {
      const { status, body } = await invite(email);
      assert.deepEqual([status, body.user?.email], [201, email]);
    }
  });

  test("workspaces and roles that there are, each once", async () => {
    const other = await invite("nia@example.com", { provider: "nobody's" });
    assert.deepEqual([other.status, other.body.error.code], [422, "no-such-provider"]);
    const asked: [object[], number, string][] = [
      [
        [
          { workspace: "lab", role: "end-user" },
          { workspace: "nowhere", role: "end-user" },
        ],
        422,
        "workspaces[1].workspace",
      ],
      [
        [
          { workspace: "lab", role: "end-user" },
          { workspace: "lab", role: "admin" },
        ],
        400,
        "workspaces[1].workspace",
      ],
      [[{ workspace: "lab", role: "king" }], 400, "workspaces[0].role"],
      [[{ workspace: "lab" }], 400, "workspaces[0].role"],
    ];
    for (const [workspaces, status, path] of asked) {
      const answer = await invite("nia@example.com", { workspaces });
      assert.deepEqual([answer.status, answer.body.error.path], [status, path]);
    }
    assert.deepEqual((await api.get("/users?search=nia@")).users, []);
  });

  test("an invitation takes a seat", async () => {
    await seats(1);
    assert.equal((await invite("oda@example.com")).body.error.code, "no-seat");
    assert.deepEqual((await api.get("/users?search=oda@")).users, []);
  });
});

test("lists by what somebody is", async () => {
  const invited = await api.get("/users?status=invited&limit=200");
  assert.ok(invited.users.length > 2);
  assert.ok(invited.users.every((user: { status: string }) => user.status === "invited"));
  const admins = await api.get("/users?superAdmin=true&status=active");
  assert.deepEqual(
    admins.users.map((user: { email: string }) => user.email),
    ["root@example.com"],
  );
  assert.equal((await api.ask("GET", "/users?status=dead")).body.error.path, "status");
});
