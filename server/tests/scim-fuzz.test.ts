// Whatever a SCIM client sends is answered: carried out, or refused as RFC 7644 says, section 3.12, and then nothing of it is there. What is sent
// begins as a message that is right, and is changed in places; `SEED` brings the same run back.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Random, randomOf } from "./e2e/support/random.ts";
import { everythingOf, type ScimServer, schemas, scimServer } from "./support/scim.ts";

const requests = Number(process.env.FUZZ_REQUESTS ?? 1000);

let scim: ScimServer;
before(async () => {
  scim = await scimServer({ limits: { scim: 1_000_000 }, logger: false });
  await scim.instance.addGroup("main", "sales");
  await scim.instance.command({ type: "set-mapping", mapping: "Sales Team -> sales" }, { type: "enable" });
});
after(() => scim.close());

/** What stands in the place of something that is right. */
const strange: unknown[] = [
  ...[
    null,
    true,
    false,
    0,
    -1,
    1.5,
    2 ** 53,
    1e308,
    "",
    " ",
    "True",
    "false",
    "\u0000",
    "\ud800",
    "a\u202eb",
    "é".repeat(300),
  ],
  ...[
    [],
    [[]],
    [null],
    {},
    { value: null },
    { value: { value: "x" } },
    [{ value: "x", primary: "True" }],
    "x".repeat(5000),
  ],
  ...[
    ["members"],
    { "__proto__.polluted": 1 },
    JSON.parse('{"__proto__":{"polluted":1}}'),
    { constructor: { prototype: 1 } },
  ],
];
const names = [
  "id",
  "value",
  "userName",
  "members",
  "active",
  "emails",
  "name",
  "op",
  "path",
  "schemas",
  "__proto__",
  "toString",
];
const paths = [
  ...[
    "active",
    "userName",
    "externalId",
    "displayName",
    "name.givenName",
    "name",
    "emails",
    "members",
    "id",
    "meta",
    "schemas",
  ],
  ...[
    'emails[type eq "work"].value',
    'emails[type eq "work"]',
    'members[value eq "x"]',
    "members[",
    'members[value eq "]"]',
    "emails[]",
  ],
  ...[
    "",
    ".",
    "..",
    "a.b.c",
    "name.",
    ".name",
    "x:y:z",
    `${schemas.enterprise}:department`,
    `${schemas.user}:userName`,
    "password",
  ],
  ...[
    "__proto__",
    "constructor.prototype",
    "active.active",
    'active[value eq "x"]',
    "\u0000",
    "members.value",
    'emails[type co "\ud800"]',
  ],
];
const filters = [
  ...[
    'userName eq "a@example.com"',
    "active eq true",
    'emails[type eq "work" and value co "@"]',
    "not (userName pr)",
    "userName pr and",
  ],
  ...[
    "externalId eq null",
    '((userName eq "a"',
    'userName eq "\\u0000"',
    "a".repeat(3000),
    'userName xx "a"',
    'meta.created gt "2020"',
  ],
  ...['displayName sw "S" or members pr', '__proto__ eq "x"', "active gt 1", "userName eq 5", '""', "(".repeat(500)],
];

class Messages {
  readonly #random: Random;
  users: string[] = [];
  groups: string[] = [];
  #made = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  #one<Item>(items: readonly Item[]): Item {
    return this.#random.pick(items);
  }

  #user(): string {
    return this.users.length > 0 ? this.#one(this.users) : "nobody";
  }

  #operation(): object {
    const op = this.#one(["add", "replace", "remove", "Add", "Replace", "Remove", "move", ""]);
    const value = this.#one([
      { active: "False" },
      "x",
      true,
      [{ value: this.#user() }],
      { value: this.#user() },
      { displayName: "Sales Team" },
    ]);
    return this.#one([
      { op, path: this.#one(paths), value },
      { op, value },
      { op, path: this.#one(paths) },
    ]);
  }

  /** Method, path and body of a request that could be right. */
  next(): { method: string; path: string; body?: unknown } {
    const random = this.#random;
    const kind = this.#one(["Users", "Groups"]);
    const id = this.#one([
      ...(kind === "Users" ? this.users : this.groups).slice(-20),
      "nobody",
      "%00",
      "..%2f",
      "\u00e9",
    ]);
    this.#made += 1;
    const user = {
      schemas: [schemas.user],
      userName: `user-${random.below(60)}@example.com`,
      externalId: `id-${random.below(60)}`,
      active: random.below(2) === 0,
      name: { givenName: "Ada", familyName: "L" },
      emails: [{ type: "work", primary: true, value: `user-${random.below(60)}@example.com` }],
    };
    const group = {
      schemas: [schemas.group],
      displayName: this.#one(["Sales Team", "Other"]) + this.#made,
      members: [{ value: this.#user() }],
    };
    const resource = kind === "Users" ? user : group;
    const operations = Array.from({ length: 1 + random.below(3) }, () => this.#operation());
    const patch = { schemas: [schemas.patch], Operations: operations };
    const query = new URLSearchParams({
      ...(random.below(2) === 0 && { filter: this.#one(filters) }),
      ...(random.below(3) === 0 && { startIndex: this.#one(["0", "-5", "2", "x", "99999999999999999999"]) }),
      ...(random.below(3) === 0 && { count: this.#one(["0", "-1", "3", "x", "1e9"]) }),
      ...(random.below(3) === 0 && { attributes: this.#one(paths) }),
      ...(random.below(4) === 0 && { excludedAttributes: this.#one(paths) }),
      ...(random.below(4) === 0 && { sortBy: this.#one(paths), sortOrder: this.#one(["ascending", "up"]) }),
    });
    return this.#one([
      { method: "POST", path: `/${kind}`, body: this.#changed(resource) },
      { method: "PUT", path: `/${kind}/${id}`, body: this.#changed(resource) },
      { method: "PATCH", path: `/${kind}/${id}`, body: random.below(2) === 0 ? patch : this.#changed(patch) },
      { method: "PATCH", path: `/${kind}/${id}`, body: this.#changed(patch) },
      { method: "GET", path: `/${kind}?${query}` },
      { method: "GET", path: `/${kind}/${id}?${query}` },
      {
        method: "POST",
        path: `/${kind}/.search`,
        body: this.#changed({ filter: this.#one(filters), startIndex: 1, count: 2 }),
      },
      { method: random.below(10) === 0 ? "DELETE" : "GET", path: `/${kind}/${id}` },
    ]);
  }

  /** The same with something else in some of its places. */
  #changed(message: unknown): unknown {
    const random = this.#random;
    if (random.below(4) === 0) return message;
    const copy = structuredClone(message);
    for (let changes = 1 + random.below(2); changes > 0; changes -= 1) {
      let place = copy as Record<string, unknown>;
      for (let depth = random.below(4); depth > 0; depth -= 1) {
        const inner = Object.values(place).filter((value) => typeof value === "object" && value !== null);
        if (inner.length === 0) break;
        place = this.#one(inner) as Record<string, unknown>;
      }
      const keys = Object.keys(place);
      const name = keys.length > 0 && random.below(3) > 0 ? this.#one(keys) : this.#one(names);
      if (random.below(6) === 0) delete place[name];
      else
        Object.defineProperty(place, name, {
          value: structuredClone(this.#one(strange)),
          enumerable: true,
          writable: true,
          configurable: true,
        });
    }
    return copy;
  }
}

test(`${requests} requests, most of them wrong somewhere: each is carried out, or refused whole`, async (context) => {
  const messages = new Messages(randomOf(context));
  const answers = new Map<number, number>();
  let before = await everythingOf(scim);
  for (let sent = 0; sent < requests; sent += 1) {
    const { method, path, body } = messages.next();
    const request = `${method} ${path} ${JSON.stringify(body)}`;
    const { status, body: answer } = await scim.send(method, path, body);
    answers.set(status, (answers.get(status) ?? 0) + 1);
    assert.ok(status < 500, `${status} for ${request}: ${JSON.stringify(answer)}`);
    if (status >= 400) {
      assert.deepEqual([answer.schemas, answer.status], [[schemas.error], String(status)], request);
      assert.ok(typeof answer.detail === "string" && answer.detail.length > 0, request);
    } else if (status === 201) {
      (path === "/Users" ? messages.users : messages.groups).push(answer.id);
    }
    const isRefused = status >= 400 && method !== "GET";
    const now = isRefused || sent % 10 === 0 ? await everythingOf(scim) : null;
    if (isRefused) assert.equal(now, before, `something of it is there: ${status} for ${request}`);
    if (method !== "GET" && status < 400) before = await everythingOf(scim);
  }
  assert.equal(Object.hasOwn(Object.prototype, "polluted"), false);
  context.diagnostic(
    [...answers]
      .sort()
      .map(([status, count]) => `${status}: ${count}`)
      .join(", "),
  );
  assert.ok((answers.get(201) ?? 0) > 20 && (answers.get(200) ?? 0) > 100 && (answers.get(400) ?? 0) > 100);
});

const nested = (levels: number) => `${'{"value":['.repeat(levels)}1${"]}".repeat(levels)}`;

/** What the messages above do not reach: texts that are no value of JavaScript, headers, and addresses. */
function* rare(
  user: string,
): Generator<[method: string, path: string, body?: string | undefined, headers?: Record<string, string>]> {
  const own = `/Users/${user}`;
  const filter = `emails[type eq "work" and not (value co "@")] or userName eq "\\u00e9\\"" and active eq true`;
  for (let end = 0; end <= filter.length; end += 1) {
    yield ["GET", `/Users?filter=${encodeURIComponent(filter.slice(0, end))}`];
  }
  for (const text of [nested(1000), "1e999", "-0", "9".repeat(5000), '"\\ud800"', '{"a":1,"a":2}']) {
    yield ["PUT", own, `{"userName":"rare@example.com","emails":${text}}`];
    yield ["PUT", own, `{"userName":${text}}`];
    yield ["PATCH", own, `{"schemas":["${schemas.patch}"],"Operations":[{"op":"add","path":"name","value":${text}}]}`];
    yield ["POST", "/Groups", `{"displayName":"Rare","members":${text}}`];
    yield ["POST", "/Users/.search", `{"filter":${text},"count":${text}}`];
  }
  for (const etag of ["", "*", "W/", '"1', 'W/"99"', ",".repeat(5000), "\u00e9"]) {
    yield ["PUT", own, '{"userName":"rare@example.com","active":7}', { "if-match": etag }];
    yield ["GET", own, undefined, { "if-none-match": etag }];
  }
  for (const type of ["", "text/plain", "application/json; charset=\u00e9", "application/scim+json;;", "x"]) {
    yield ["POST", "/Users", "{", { "content-type": type }];
  }
  for (const authorization of ["", "Bearer", "Bearer  ", "Basic eDp5", `Bearer ${"x".repeat(5000)}`, "Bearer \u00e9"]) {
    yield ["DELETE", own, undefined, { authorization }];
  }
  for (const place of ["%00", "%", "%zz", "%ff", "x".repeat(90), "x".repeat(3000), "..", "a/b/c"]) {
    for (const collection of ["Users", "Groups", "Schemas", "ResourceTypes", "ServiceProviderConfig"]) {
      yield ["GET", `/${collection}/${place}`];
      yield ["DELETE", `/${collection}/${place}`];
    }
  }
}

test("filters that are cut, deep and huge values, headers and addresses: answered, or refused whole", async () => {
  const user = await scim.user("rare@example.com");
  for (const [method, path, body, headers] of rare(user)) {
    const request = `${method} ${path.slice(0, 200)} ${body?.slice(0, 200)} ${JSON.stringify(headers)?.slice(0, 200)}`;
    const before = method === "GET" ? "" : await everythingOf(scim);
    const { status, body: answer } = await scim.send(method, path, body, headers);
    assert.ok(status < 500, `${status} for ${request}: ${JSON.stringify(answer)}`);
    if (status < 400) continue;
    assert.deepEqual([answer.schemas, answer.status], [[schemas.error], String(status)], request);
    if (method !== "GET") assert.equal(await everythingOf(scim), before, `something of it is there: ${request}`);
  }
});
