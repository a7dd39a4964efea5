// A directory of 2,000 users, and all that can happen to them at once: SCIM, sign-ins, refreshed sessions and admins, while servers are killed.
// At the end everybody has what a model says that follows each of them, and the audit played back gives the same.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type { Database } from "../../src/database/schema.ts";
import { issueScimToken } from "../../src/providers/scim-tokens.ts";
import { membershipsReplayed, statesReplayed } from "./support/audit-replay.ts";
import { admin, configure, type DeploymentWithIdp, deployment } from "./support/deployment.ts";
import type { HttpBrowser } from "./support/http-browser.ts";
import { type Random, randomOf } from "./support/random.ts";
import { ScimClient } from "./support/scim-client.ts";
import { onPostgres } from "./support/store.ts";
import { mapping, type Person, TrafficModel } from "./support/traffic-model.ts";

const users = Number(process.env.TRAFFIC_USERS ?? 2000);
const operations = Number(process.env.TRAFFIC_OPERATIONS ?? 600);
const kills = 6;
/**
 * How many of the users only sign in and are refreshed. Their tokens say the same all the time, as a refresh may say what held before the newest
 * word, and nobody knows when it does.
 */
const refreshers = 40;
const groupNames = ["Sales", "Marketing", "Chess", "Unheard of", "Interns", "Everybody else"];
/** One in so many is in each group. */
const groupSize = onPostgres ? 20 : 60;
const lanes = onPostgres ? 8 : 4;

let deployed: DeploymentWithIdp;
let scim: ScimClient;
let secret = "";

before(async () => {
  const environment = { ENCRYPTION_KEYS: Buffer.alloc(32, 7).toString("base64"), REFRESH_MINUTES: "1" };
  deployed = await deployment({ environments: onPostgres ? [environment, environment] : [environment] });
  await deployed.withDatabase(async (database) => {
    const lines = Object.entries(mapping).map(([idpGroup, group]) => `${idpGroup} -> ${group}`);
    await configure(database, { type: "set-mapping", mapping: lines.join("\n") });
    secret = (await issueScimToken(database, { provider: "environment", name: "test", by: null }, new Date())).secret;
  });
  scim = new ScimClient(() => deployed.servers.map(({ origin }) => origin), secret);
  deployed.idp.refreshTokens = "given";
  deployed.idp.isRefreshed = isRefresher;
  deployed.idp.refreshedClaims = claimsOf;
});
after(() => deployed.close());

const emailOf = (name: string) => `${name}@example.com`;
const numberOf = (name: string) => Number(name.split("-")[1]);
const isRefresher = (name: string) => numberOf(name) < refreshers;
const refreshedGroups = (name: string) => groupNames.filter((_, index) => index === numberOf(name) % groupNames.length);

/** Nothing happens to somebody while something else does, so that the order is known in which it happens. */
class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  async with(names: string[], work: () => Promise<void>): Promise<void> {
    const before = names.map((name) => this.#last.get(name));
    const done = Promise.all(before).then(work);
    const settled = done.catch(() => undefined);
    for (const name of names) this.#last.set(name, settled);
    await done;
  }
}

class Traffic {
  readonly model = new TrafficModel();
  readonly #turns = new Turns();
  readonly #random: Random;
  readonly #scimIds = new Map<string, string>();
  readonly #groupIds: string[] = [];
  readonly #sessions: { browser: HttpBrowser; name: string }[] = [];
  readonly counts: Record<string, number> = {};
  #step = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  get #names(): string[] {
    return [...this.model.people.keys()];
  }

  person(name: string): Person {
    const person = this.model.people.get(name);
    if (!person) throw new Error(`there is no ${name}`);
    return person;
  }

  async begin(): Promise<void> {
    for (const [index, displayName] of groupNames.entries()) {
      this.model.names[index] = displayName;
      this.#groupIds[index] = await scim.create("Groups", { displayName, externalId: `group-${index}` });
    }
    const names = Array.from({ length: users }, (_, index) => `user-${index}`);
    for (const name of names) this.model.add(name);
    await inLanes(names, (name) => this.#provision(name));
    // Whole companies at a time, as a directory's first cycle does.
    for (const [index, id] of this.#groupIds.entries()) {
      const members = names.filter((name) => !isRefresher(name) && this.#random.below(groupSize) === 0);
      for (let start = 0; start < members.length; start += 100) {
        const page = members.slice(start, start + 100);
        const value = page.map((name) => ({ value: this.#scimIds.get(name) }));
        const asked = { at: Date.now(), unanswered: scim.unanswered };
        await scim.patch("Groups", id, { op: "Add", path: "members", value });
        for (const name of page) this.#moved(name, (groups) => groups.add(index));
        if (mayBeDue(asked)) await inLanes(page, (name) => this.#sayAgain(name));
      }
    }
    await inLanes(names.filter(isRefresher), (name) => this.#logIn(name));
  }

  /** One thing that happens. What fails says where, and by which seed it comes again. */
  async happen(): Promise<void> {
    this.#step += 1;
    const step = this.#step;
    const kinds = ["log in", "disable", "enable", "delete", "add", "remove", "rename", "archive", "restore", "exempt"];
    const kind = this.#random.pick(kinds);
    const name = this.#random.pick(this.#names);
    const group = this.#random.below(groupNames.length);
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
    const what = `${step}: ${kind}${["rename", "add", "remove"].includes(kind) ? ` group ${group}` : ""}`;
    try {
      if (kind === "rename" && !isRefresher(name)) return await this.#rename(group, what);
      await this.#turns.with([name], async () => {
        this.person(name).history.push(what);
        await (isRefresher(name) ? this.#logIn(name) : this.#happenTo(kind, name, group));
      });
    } catch (error) {
      throw new Error(`SEED=${this.#random.seed}, step ${what} of ${name}: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }

  async #happenTo(kind: string, name: string, group: number): Promise<void> {
    const person = this.person(name);
    switch (kind) {
      case "log in":
        return this.#logIn(name);
      case "disable":
      case "enable": {
        if (person.directory === "absent") return this.#provision(name);
        const active = kind === "enable";
        // As Entra ID writes it, and as RFC 7644 does.
        const value = this.#random.below(2) === 0 ? active : active ? "True" : "False";
        await scim.patch("Users", this.#id(name), { op: "Replace", path: "active", value });
        person.directory = active ? "active" : "inactive";
        return this.model.told(person);
      }
      case "delete":
        if (person.directory === "absent") return;
        await scim.remove("Users", this.#id(name));
        person.directory = "absent";
        person.idpGroups.clear();
        return this.model.told(person);
      case "add":
      case "remove": {
        if (person.directory === "absent") return;
        const operation =
          kind === "add"
            ? { op: "Add", path: "members", value: [{ value: this.#id(name) }] }
            : { op: "Remove", path: `members[value eq "${this.#id(name)}"]` };
        const asked = { at: Date.now(), unanswered: scim.unanswered };
        await scim.patch("Groups", this.#groupIds[group] ?? "", operation);
        this.#moved(name, (groups) => (kind === "add" ? groups.add(group) : groups.delete(group)));
        if (mayBeDue(asked)) await this.#sayAgain(name);
        return;
      }
      default:
        return this.#byHand(kind, name);
    }
  }

  /** Whose groups are as before is not looked at again. */
  #moved(name: string, change: (groups: Set<number>) => unknown): void {
    const person = this.person(name);
    const before = [...person.idpGroups].sort().join();
    change(person.idpGroups);
    if ([...person.idpGroups].sort().join() !== before) this.model.told(person);
  }

  /** The group has changed, and its members may be left to others, who would come after whatever happens next. */
  async #sayAgain(name: string): Promise<void> {
    const person = this.person(name);
    const value = person.directory === "active";
    await scim.patch("Users", this.#id(name), { op: "Replace", path: "active", value });
    this.model.told(person);
  }

  async #provision(name: string): Promise<void> {
    const person = this.person(name);
    const resource = { userName: emailOf(name), externalId: name, active: true, displayName: name };
    this.#scimIds.set(name, await scim.create("Users", resource));
    person.directory = "active";
    this.model.told(person);
  }

  async #rename(group: number, what: string): Promise<void> {
    // Who joins or leaves it has to wait, and who is a member is known only when everybody before has had their turn.
    await this.#turns.with(this.#names, async () => {
      const others = this.model.names.filter((_, index) => index !== group);
      const name = this.#random.pick([...groupNames, `Group ${group}`].filter((one) => !others.includes(one)));
      if (name === this.model.names[group]) return;
      const asked = { at: Date.now(), unanswered: scim.unanswered };
      await scim.patch("Groups", this.#groupIds[group] ?? "", { op: "Replace", value: { displayName: name } });
      this.model.names[group] = name;
      for (const [member, person] of this.model.people) {
        if (!person.idpGroups.has(group)) continue;
        person.history.push(`${what} to ${name}`);
        this.model.told(person);
        if (mayBeDue(asked)) await this.#sayAgain(member);
      }
      // An admin could change somebody before it is their turn.
      while (deployed.store.shared && !(await deployed.withDatabase(nobodyIsDue))) await delay(100);
    });
  }

  async #logIn(name: string): Promise<void> {
    const person = this.person(name);
    const groups = isRefresher(name) ? refreshedGroups(name) : this.model.said(person);
    const claims = { ...claimsOf(name), groups };
    const browser = await answered(async () => {
      const browser = deployed.newBrowser(this.#random.pick(deployed.servers));
      const { status, location } = await browser.signIn(deployed.idp, claims);
      if (status >= 500) throw new Error(`signing in: ${status}`);
      assert.equal(location === "/", person.archived === null, `${name}: ${status}`);
      return browser;
    });
    this.model.synced(person, groups);
    if (person.archived === null) this.#sessions.push({ browser, name });
  }

  async #byHand(kind: string, name: string): Promise<void> {
    const person = this.person(name);
    const path = kind === "exempt" ? (person.exempt ? "no-longer-exempt" : "exempt") : kind;
    const id = await answered(async () => {
      const { answer } = await (await this.#admin()).api("GET", `/users?search=${encodeURIComponent(emailOf(name))}`);
      const found = (answer as { users: { id: number; email: string }[] }).users;
      return found.find(({ email }) => email === emailOf(name))?.id;
    });
    if (id === undefined) throw new Error(`${name} is not known`);
    await answered(async () => {
      const { status, answer } = await (await this.#admin()).api("POST", `/users/${id}/${path}`, { note: "because" });
      if (status !== 200) throw new Error(`${path} ${name}: ${status} ${JSON.stringify(answer)}`);
    });
    if (kind === "archive") person.archived = "by hand";
    else if (kind === "restore") person.archived = null;
    else person.exempt = !person.exempt;
  }

  #adminBrowser: Promise<HttpBrowser> | null = null;

  async #admin(): Promise<HttpBrowser> {
    this.#adminBrowser ??= answered(async () => {
      const browser = deployed.newBrowser(this.#random.pick(deployed.servers));
      const { location } = await browser.signInWithPassword(admin.email, admin.password);
      assert.equal(location, "/");
      return browser;
    });
    return this.#adminBrowser;
  }

  #id(name: string): string {
    const id = this.#scimIds.get(name);
    if (!id) throw new Error(`${name} is not provisioned`);
    return id;
  }

  /** Whoever is archived is out with the next request, and nobody else is. */
  async sessionsHold(): Promise<void> {
    for (const { browser, name } of this.#sessions.slice(-50)) {
      if (this.person(name).archived === null) continue;
      const { status } = await answered(() => browser.get("/api/me"));
      assert.equal(status, 401, `${name} is archived, and signed in`);
    }
  }
}

/** A request does not wait for all members where that takes more than seconds, nor where its server was killed. */
function mayBeDue(asked: { at: number; unanswered: number }): boolean {
  return scim.unanswered !== asked.unanswered || Date.now() - asked.at > 1500;
}

/** What the identity provider says when a session is refreshed. */
function claimsOf(name: string): Record<string, unknown> {
  return { sub: name, email: emailOf(name), email_verified: true, groups: refreshedGroups(name) };
}

/** Does something again until a server answers. */
async function answered<Result>(work: () => Promise<Result>): Promise<Result> {
  for (const deadline = Date.now() + 120_000; ; ) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof assert.AssertionError || Date.now() > deadline) throw error;
      await delay(100);
    }
  }
}

async function inLanes<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items];
  const lane = async () => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function nobodyIsDue(database: Database): Promise<boolean> {
  const due = await database.selectFrom("scim_users").select("id").where("due_at", "is not", null).limit(1).execute();
  return due.length === 0;
}

/** Nobody waits a minute for sessions to be refreshed. */
async function allAreDue(database: Database): Promise<void> {
  await database.updateTable("sessions").set({ refresh_at: new Date() }).where("refresh_at", "is not", null).execute();
}

async function isAsTheModelSays(database: Database, model: TrafficModel, seed: number): Promise<void> {
  const rows = await database
    .selectFrom("users")
    .select(["id", "email", "status", "archived_by_sync", "exempt"])
    .where("email", "like", "user-%")
    .execute();
  const memberships = await database
    .selectFrom("group_memberships as member")
    .innerJoin("groups", "groups.id", "member.group_id")
    .select(["user_id", "name"])
    .orderBy("name")
    .execute();
  const groups = new Map<number, string[]>();
  for (const { user_id, name } of memberships) groups.set(user_id, [...(groups.get(user_id) ?? []), name]);
  const found = new Map(
    rows.map(({ id, email, status, archived_by_sync: bySync, exempt }) => {
      const archived = status !== "archived" ? null : bySync ? "by sync" : "by hand";
      return [email, JSON.stringify({ archived, exempt, groups: groups.get(id) ?? [] })];
    }),
  );
  const different = [...model.people].flatMap(([name, { archived, exempt, groups, history }]) => {
    const [is, expected] = [found.get(emailOf(name)), JSON.stringify({ archived, exempt, groups })];
    return is === expected ? [] : [`${name} is ${is}, and not ${expected}, after ${history.join("; ")}`];
  });
  assert.equal(different.length, 0, `SEED=${seed}: ${different.join("\n")}`);
  assert.equal(found.size, model.people.size);
}

test(`${operations} things that happen to ${users} users, with servers killed`, async (context) => {
  const random = randomOf(context);
  const traffic = new Traffic(random);
  await traffic.begin();

  let running = true;
  const killing = (async () => {
    for (let killed = 0; running && killed < kills; killed += 1) {
      await delay(500 + random.below(4000));
      const server = random.pick(deployed.servers);
      await server.kill();
      await server.start();
      if (deployed.store.shared) await deployed.withDatabase(allAreDue);
    }
  })();
  try {
    await inLanes([...Array(operations).keys()], () => traffic.happen());
  } finally {
    running = false;
    await killing;
  }
  await traffic.sessionsHold();

  // What a killed server has left undone is done by the next. On the embedded database it is ended to be looked at, and needs time before that.
  for (let tries = 0; ; tries += 1) {
    if (await deployed.withDatabase(nobodyIsDue)) break;
    assert.ok(tries < 60, "members of changed groups are not reconciled");
    await delay(deployed.store.shared ? 2000 : 8000);
  }
  const refreshed = () =>
    deployed.servers.flatMap(({ log }) => log).filter(({ msg }) => msg === "session refreshed").length;
  if (deployed.store.shared) {
    // Servers that were killed over and over may not have come to it.
    await deployed.withDatabase(allAreDue);
    for (let tries = 0; refreshed() === 0; tries += 1) {
      assert.ok(tries < 60, "no session was refreshed");
      await delay(1000);
    }
  }
  await deployed.withDatabase(async (database) => {
    await isAsTheModelSays(database, traffic.model, random.seed);
    await membershipsReplayed(database);
    await statesReplayed(database);
  });
  const happened = Object.entries(traffic.counts).map(([kind, count]) => `${count} × ${kind}`);
  const unanswered = `${scim.unanswered} SCIM requests had no answer`;
  context.diagnostic(`${happened.join(", ")}, ${refreshed()} sessions refreshed; ${unanswered}`);
  assert.ok(scim.unanswered > 0, "no request was interrupted");
});
