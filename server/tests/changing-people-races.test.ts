// What super admins do to users while these sign in, and while other super admins do something else.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { archiveUser } from "../src/people/archive.ts";
import { CannotChange } from "../src/people/cannot-change.ts";
import { inviteUser } from "../src/people/invite.ts";
import { restoreUser } from "../src/people/restore.ts";
import { Archived, Sessions } from "../src/sign-in/sessions.ts";
import { type Instance, issuer, newInstance } from "./support/instance.ts";

let instance: Instance;
let root: number;
before(async () => {
  instance = await newInstance();
  await instance.command({ type: "enable" });
  root = await newSuperAdmin("root");
});
after(() => instance.close());

const by = (id: number) => ({
  database: instance.database,
  now: new Date(),
  requestId: "request",
  actor: { id, note: "because" },
});

async function newSuperAdmin(subject: string): Promise<number> {
  const values = { issuer, subject, super_admin: true };
  const row = instance.database.insertInto("users").values(values).returning("id");
  return (await row.executeTakeFirstOrThrow()).id;
}

/** The code of what stood in the way, or `"done"`. */
async function came<Result>(change: Promise<Result>): Promise<string> {
  try {
    await change;
    return "done";
  } catch (error) {
    if (error instanceof CannotChange) return error.code;
    throw error;
  }
}

async function statusOf(id: number): Promise<string> {
  const row = instance.database.selectFrom("users").select("status").where("id", "=", id);
  return (await row.executeTakeFirstOrThrow()).status;
}

const rounds = Array.from({ length: 10 }, (_, round) => round);
const signInWith = (subject: string, email: string) =>
  instance.login({ method: "oidc", issuer, claims: { sub: subject, email, email_verified: true, groups: [] } });

test("somebody who is invited while they sign up for the first time is one user", async () => {
  for (const round of rounds) {
    const email = `new-${round}@example.com`;
    const invitation = { email, name: null, superAdmin: false, provider: null, workspaces: [] };
    const changes = [() => came(inviteUser(by(root), invitation)), () => signInWith(`new-${round}`, email)];
    if (round % 2) changes.reverse();
    await Promise.all(changes.map((change) => change()));
    const users = instance.database.selectFrom("users").select(["subject", "status"]).where("email", "=", email);
    assert.deepEqual(await users.execute(), [{ subject: `new-${round}`, status: "active" }], `round ${round}`);
  }
});

test("one address is invited once, however many invite it", async () => {
  const invitation = { email: "kim@example.com", name: null, superAdmin: false, provider: null, workspaces: [] };
  const answers = await Promise.all(rounds.map(() => came(inviteUser(by(root), invitation))));
  assert.deepEqual(answers.toSorted(), ["done", ...rounds.slice(1).map(() => "user-exists")]);
});

test("whoever is archived while they sign in is out", async () => {
  const sessions = new Sessions({ database: instance.database, clock: () => new Date(), hours: 1 });
  const { userId } = await signInWith("ada", "ada@example.com");
  assert.ok(userId);
  const enter = async () => {
    const { outcome } = await signInWith("ada", "ada@example.com");
    if (!outcome.allowed) return;
    await sessions.start({ userId, method: "oidc", provider: null }).catch((error: unknown) => {
      if (!(error instanceof Archived)) throw error;
    });
  };
  for (const round of rounds) {
    await Promise.all([enter(), archiveUser(by(root), userId, []), enter()]);
    assert.equal(await statusOf(userId), "archived");
    const left = await instance.database.selectFrom("sessions").selectAll().where("user_id", "=", userId).execute();
    assert.deepEqual(left, [], `round ${round}`);
    await restoreUser(by(root), userId);
  }
});

test("whoever is restored by several at once is restored once, and the last seat is taken once", async () => {
  const ids = await Promise.all(
    ["bea", "cleo", "dora"].map(async (name) => (await signInWith(name, `${name}@example.com`)).userId ?? 0),
  );
  const [bea = 0] = ids;
  await archiveUser(by(root), bea, []);
  const restored = await Promise.all(rounds.map(() => restoreUser(by(root), bea)));
  assert.equal(restored.filter(({ change }) => change === "restored").length, 1);

  for (const id of ids) await archiveUser(by(root), id, []);
  const { used } = await instance.database
    .selectFrom("users")
    .select((user) => user.fn.countAll<string>().as("used"))
    .where("status", "<>", "archived")
    .executeTakeFirstOrThrow();
  const limit = (seats_total: number | null) => instance.database.updateTable("licence").set({ seats_total }).execute();
  await limit(Number(used) + 1);
  const answers = await Promise.all(ids.map((id) => came(restoreUser(by(root), id))));
  assert.deepEqual(answers.toSorted(), ["done", "no-seat", "no-seat"]);
  await limit(null);
});

test("of super admins who archive each other, one stays; and whoever is archived archives nobody", async () => {
  const others = instance.database.updateTable("users").set({ status: "archived" }).where("super_admin", "=", true);
  for (const round of rounds) {
    await others.where("status", "=", "active").execute();
    const circle = await Promise.all([0, 1, 2].map((place) => newSuperAdmin(`circle-${round}-${place}`)));
    const answers = await Promise.all(
      circle.map((id, place) => came(archiveUser(by(id), circle[(place + 1) % 3] ?? 0, []))),
    );
    const rows = instance.database.selectFrom("users").select("id").where("id", "in", circle);
    const active = await rows.where("status", "=", "active").execute();
    assert.ok(active.length >= 1, `round ${round}`);
    assert.equal(answers.filter((answer) => answer === "done").length, 3 - active.length);
    assert.ok(answers.every((answer) => ["done", "not-super-admin", "last-super-admin"].includes(answer)));
  }
});
