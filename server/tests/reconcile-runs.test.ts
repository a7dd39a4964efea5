// Runs over a whole directory: what it says of everybody is looked at, held where it takes something from many, and carried out.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { type Directory, DirectoryError, type DirectoryUser } from "idp-group-sync/directory";
import { type Api, newApi } from "./support/api.ts";
import { issuer } from "./support/instance.ts";

/** What the directory has at present; an error is thrown after it. */
let list: DirectoryUser[] = [];
let failure: Error | null = null;
/** Until then nobody gets the list. */
let gate: Promise<void> = Promise.resolve();

const directory: Directory = {
  groupsOf: async () => [],
  async *users() {
    await gate;
    yield* list;
    if (failure) throw failure;
  },
};

const oidc = { issuer: new URL(issuer), clientId: "c", clientSecret: null, scope: "openid", claimsFrom: [] };
const names = Array.from({ length: 30 }, (_, index) => `user-${index + 1}`);
const active = (id: string, groups = ["Sales Team"]): DirectoryUser => ({ id, directory: "active", groups });
const all = () => names.map((id) => active(id));

let api: Api;
before(async () => {
  api = await newApi({ oidc, groupSource: { directory, userClaim: "sub", alsoIfMissing: false } });
  await api.instance.addGroup("main", "sales");
  await api.instance.command({ type: "set-mapping", mapping: "Sales Team -> sales" }, { type: "enable" });
  for (const name of names) await api.instance.signIn(name, ["Sales Team"]);
});
beforeEach(() => {
  list = all();
  failure = null;
});
after(() => api.close());

async function ended(id: number) {
  for (let tries = 0; tries < 1200; tries += 1) {
    const answer = await api.get(`/reconcile-runs/${id}`);
    if (!["looking", "applying"].includes(answer.run.status)) return answer;
    await delay(50);
  }
  throw new Error("the run does not end");
}

const begin = async () => (await api.post("/reconcile-runs", {})).run.id;
const run = async () => ended(await begin());
const statusOf = async (subject: string) =>
  (
    await api.instance.database
      .selectFrom("users")
      .select("status")
      .where("subject", "=", subject)
      .executeTakeFirstOrThrow()
  ).status;
const auditOf = (id: number) =>
  api.instance.database
    .selectFrom("audit")
    .select(["subject", "user_change", "method", "note"])
    .where("request_id", "=", `reconcile-${id}`)
    .orderBy("subject")
    .execute();

test("where the directory says what everybody has, there is nothing to do", async () => {
  const { run: done, changes } = await run();
  assert.deepEqual([done.status, done.entries, done.summary.users, done.summary.unchanged], ["done", 30, 30, 30]);
  assert.deepEqual(changes, []);
  assert.equal(done.startedBy.email, "root@example.com");
});

test("a few who are gone, disabled or in other groups are followed, and the audit says so", async () => {
  list = [...all().slice(3), active("user-2", []), { id: "user-3", directory: "inactive", groups: [] }, active("new")];
  const { run: done, changes } = await run();
  assert.deepEqual([done.status, done.results.applied, done.summary.losers], ["done", 3, 3]);
  assert.deepEqual(
    changes.map(({ kind, directory, reason, result }: Record<string, unknown>) => [kind, directory, reason, result]),
    [
      ["archived", "absent", "absent", "applied"],
      ["changed", "active", null, "applied"],
      ["archived", "inactive", "inactive", "applied"],
    ],
  );
  assert.deepEqual(changes[1].workspaces[0].leave, ["sales"]);
  assert.equal(await api.instance.has("user-2"), "end-user");
  assert.deepEqual([await statusOf("user-1"), await statusOf("user-3")], ["archived", "archived"]);
  assert.deepEqual(
    (await auditOf(done.id)).map(({ subject, user_change, method }) => [subject, user_change, method]),
    [
      ["user-1", "archived", "directory"],
      ["user-2", null, "directory"],
      ["user-3", "archived", "directory"],
    ],
  );
  const unknown = await api.instance.database.selectFrom("users").select("id").where("subject", "=", "new").execute();
  assert.deepEqual(unknown, [], "a directory that is read creates nobody");
});

test("who is there again is restored", async () => {
  const { run: done } = await run();
  assert.deepEqual([done.summary.restored, done.results.applied], [2, 3]);
  assert.deepEqual([await statusOf("user-1"), await api.instance.has("user-2")], ["active", "end-user: sales"]);
});

test("a wiped directory is held, and says who would lose what", async () => {
  list = [];
  const { run: held, changes, next } = await run();
  assert.deepEqual([held.status, held.heldBy, held.summary.losers, held.results.left], ["held", "empty", 30, 30]);
  assert.deepEqual([changes.length, next], [30, null]);
  assert.deepEqual(await auditOf(held.id), []);
  assert.deepEqual((await api.get("/reconcile-runs")).held, [held.id]);
  const page = await api.get(`/reconcile-runs/${held.id}?kind=archived&limit=20`);
  assert.equal(page.changes.length, 20);
  assert.equal((await api.get(`/reconcile-runs/${held.id}?after=${page.next}`)).changes.length, 10);
});

test("a later run overtakes one that is held", async () => {
  const [held] = (await api.get("/reconcile-runs")).held;
  await run();
  assert.equal((await api.get(`/reconcile-runs/${held}`)).run.status, "superseded");
});

test("over the limits it is held, and dismissed nothing becomes of it", async () => {
  list = all().slice(11);
  const { run: held } = await run();
  assert.deepEqual([held.status, held.heldBy, held.summary.losers], ["held", "limits", 11]);
  const { run: dismissed } = await api.post(`/reconcile-runs/${held.id}/dismiss`, { note: "the export was broken" });
  assert.deepEqual([dismissed.status, dismissed.decision.note], ["dismissed", "the export was broken"]);
  assert.equal(await statusOf("user-1"), "active");
  const again = await api.ask("POST", `/reconcile-runs/${held.id}/dismiss`, {});
  assert.deepEqual([again.status, again.body.error.code], [409, "run-ended"]);
});

test("a list that throws applies nothing", async () => {
  list = all().slice(0, 29);
  failure = new DirectoryError("unavailable", "page 2", "it could not be had", "try again");
  const { run: failed } = await run();
  assert.equal(failed.status, "failed");
  assert.match(failed.failure, /page 2/);
  const { entries } = await api.get("/audit?reason=directory-unreadable&allowed=false");
  assert.deepEqual(
    entries.map((entry: Record<string, unknown>) => [entry.requestId, entry.method, entry.user, entry.subject]),
    [[`reconcile-${failed.id}`, "directory", null, new URL(issuer).host]],
  );
  assert.deepEqual([entries[0].note, entries[0].workspaces], [failed.failure, []]);
  assert.equal((await api.get(`/audit/${entries[0].id}`)).reason, "directory-unreadable");
  const rows = await api.instance.database.selectFrom("reconcile_entries").select("id").execute();
  assert.deepEqual(rows, []);
});

test("runs are listed newest first, page by page", async () => {
  const idsOf = ({ runs }: { runs: { id: number }[] }) => runs.map(({ id }) => id);
  const every = idsOf(await api.get("/reconcile-runs?limit=100"));
  const pages: number[][] = [];
  for (let next: number | null = 2 ** 31 - 1; next !== null; ) {
    const page = await api.get(`/reconcile-runs?limit=3&before=${next}`);
    pages.push(idsOf(page));
    next = page.next;
  }
  assert.ok(pages.length > 1);
  assert.deepEqual(pages.flat(), every);
  assert.deepEqual(
    every,
    every.toSorted((a, b) => b - a),
  );
});

function closedGate(): () => void {
  let open = () => {};
  gate = new Promise((resolve) => {
    open = resolve;
  });
  return open;
}

test("one run of a provider at a time", async () => {
  const open = closedGate();
  const id = await begin();
  const second = await api.ask("POST", "/reconcile-runs", {});
  assert.deepEqual([second.status, second.body.error.code], [409, "run-under-way"]);
  open();
  await ended(id);
});

test("applied anyway: with the right number alone, what was looked at, and whom nobody may archive stays", async () => {
  const { database } = api.instance;
  await database.updateTable("users").set({ exempt: true }).where("subject", "=", "user-2").execute();
  await database.updateTable("users").set({ super_admin: true }).where("subject", "=", "user-3").execute();
  const others = database.updateTable("users").where("email", "in", ["super@example.com", "root@example.com"]);
  await others.set({ password_hash: "$argon2id$" }).execute();
  list = [];
  const { run: held } = await run();
  assert.equal(held.summary.losers, 29);
  const wrong = await api.ask("POST", `/reconcile-runs/${held.id}/apply`, { people: 30, note: "really" });
  assert.deepEqual([wrong.status, wrong.body.error.code], [409, "people-differ"]);
  // Before the list is read again, somebody is there again, and nobody else is a super admin any more.
  const open = closedGate();
  await api.post(`/reconcile-runs/${held.id}/apply`, { people: 29, note: "we move" });
  list = [active("user-1")];
  await others.set({ super_admin: false }).execute();
  open();
  const left = database.selectFrom("reconcile_runs").select("id").where("status", "=", "applying");
  while ((await left.execute()).length > 0) await delay(20);
  await others.set({ super_admin: true }).execute();
  const { run: done } = await ended(held.id);
  assert.deepEqual([done.status, done.results], ["done", { applied: 28, nothing: 0, differs: 1, failed: 0, left: 0 }]);
  const statuses = await Promise.all(["user-1", "user-2", "user-3", "user-4"].map(statusOf));
  assert.deepEqual(statuses, ["active", "active", "active", "archived"]);
  const audit = await auditOf(held.id);
  assert.deepEqual([audit.length, new Set(audit.map(({ note }) => note))], [28, new Set(["we move"])]);
});

/** As if the server that reads the directory had been killed. */
async function killReader(id: number): Promise<void> {
  const { database } = api.instance;
  const row = database.updateTable("reconcile_runs").where("id", "=", id).where("reading_until", "is not", null);
  for (let tries = 0; tries < 300; tries += 1, await delay(50)) {
    if ((await row.set({ reading_until: new Date(0) }).executeTakeFirst()).numUpdatedRows > 0n) return;
  }
  throw new Error("nobody reads the directory");
}

test("a run whose reader is gone is broken off, and what the reader still does is nothing", async () => {
  const open = closedGate();
  const id = await begin();
  await killReader(id);
  const { run: broken, changes } = await ended(id);
  assert.deepEqual([broken.status, changes, broken.endedAt !== null], ["failed", [], true]);
  assert.match(broken.failure, /^the server that read the directory ended/);
  const told = await api.get(`/audit?requestId=reconcile-${id}`);
  assert.deepEqual(
    told.entries.map(({ reason, note }: Record<string, unknown>) => [reason, note]),
    [["server-ended", broken.failure]],
  );
  open();
  const { run: done } = await run();
  assert.equal(done.status, "done");
  assert.equal((await ended(id)).run.status, "failed");
});

test("a run that was to be applied is held again where its reader is gone", async () => {
  list = [];
  const { run: held } = await run();
  const open = closedGate();
  const people = held.summary.losers;
  await api.post(`/reconcile-runs/${held.id}/apply`, { people, note: "we move" });
  await killReader(held.id);
  const { run: again } = await ended(held.id);
  assert.deepEqual([again.status, again.decision, again.results.left], ["held", null, held.results.left]);
  assert.match(again.failure, /^the server that read the directory ended/);
  open();
  await api.post(`/reconcile-runs/${held.id}/dismiss`, {});
});

test("whose id in the directory is not known is left alone", async () => {
  const source = { directory, userClaim: "oid", alsoIfMissing: false };
  const other = await newApi({ oidc, groupSource: source });
  try {
    await other.instance.addGroup("main", "sales");
    await other.instance.command({ type: "set-mapping", mapping: "Sales Team -> sales" }, { type: "enable" });
    const claims = { sub: "ada", groups: ["Sales Team"] };
    await other.instance.login({ method: "oidc", issuer, claims, directoryId: "o-1" });
    await other.instance.signIn("ben", ["Sales Team"]);
    list = [active("o-1", [])];
    const { run: begun } = await other.post("/reconcile-runs", {});
    let done = begun;
    for (; ["looking", "applying"].includes(done.status); await delay(50)) {
      done = (await other.get(`/reconcile-runs/${begun.id}`)).run;
    }
    assert.deepEqual([done.status, done.unknown, done.summary.users], ["done", 1, 1]);
    assert.deepEqual(
      [await other.instance.has("ada"), await other.instance.has("ben")],
      ["end-user", "end-user: sales"],
    );
  } finally {
    await other.close();
  }
});
