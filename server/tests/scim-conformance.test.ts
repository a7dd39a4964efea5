// What public lists check of a SCIM server, in our own words: the tests of the Microsoft Entra SCIM Validator (scimvalidator.microsoft.com) and of the
// "Okta SCIM 2.0 SPEC Test" and "Okta SCIM 2.0 CRUD" suites for Runscope; and the forms of PATCH that both send.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { client, type ScimServer, schemas, scimServer } from "./support/scim.ts";

let scim: ScimServer;
let number = 0;
before(async () => {
  scim = await scimServer();
});
after(() => scim.close());

const fresh = (name: string) => {
  number += 1;
  return `${name}-${number}@example.com`;
};
const find = async (kind: "Users" | "Groups", filter: string, more = "") =>
  (await scim.get(`/${kind}?filter=${encodeURIComponent(filter)}${more}`)).body;
const read = async (path: string) => (await scim.get(path)).body;

test("Okta: a page of users has numbers, and one user with a name and an address", async () => {
  const emails = [{ primary: true, value: fresh("ada"), type: "work" }];
  await scim.user(fresh("ada"), { name: { givenName: "Ada", familyName: "King" }, emails });
  const { status, body, headers } = await scim.get("/Users?count=1&startIndex=1");
  assert.deepEqual([status, headers["content-type"]], [200, "application/scim+json; charset=utf-8"]);
  assert.deepEqual([body.schemas, body.itemsPerPage, body.startIndex], [[schemas.list], 1, 1]);
  const [user] = body.Resources;
  assert.ok(user.id && user.userName && user.active && user.emails[0].value && user.name.familyName);
});

test("Okta: nobody is found by an unknown name, and an unknown id is 404", async () => {
  const none = await find("Users", `userName eq "${fresh("nobody")}"`);
  assert.deepEqual([none.totalResults, none.schemas], [0, [schemas.list]]);
  const { status, body } = await scim.get("/Users/010101001010101011001010101011");
  assert.deepEqual([status, body.schemas, body.status], [404, [schemas.error], "404"]);
  assert.ok(body.detail);
});

test("Okta, Entra: the same user again is 409, and names are found whatever their case", async () => {
  const userName = fresh("ben");
  const id = await scim.user(userName);
  const again = await scim.send("POST", "/Users", { schemas: [schemas.user], userName, active: true });
  assert.deepEqual(
    [again.status, again.body.scimType, again.headers["content-type"]],
    [409, "uniqueness", "application/scim+json; charset=utf-8"],
  );
  const found = await find("Users", `userName eq "${userName.toUpperCase()}"`);
  assert.deepEqual([found.totalResults, found.Resources[0].id], [1, id]);
});

test("Okta: a user is deactivated and reactivated by PUT, and groups are read", async () => {
  const userName = fresh("cy");
  const id = await scim.user(userName);
  for (const active of [false, true]) {
    const { status, body } = await scim.send("PUT", `/Users/${id}`, { schemas: [schemas.user], id, userName, active });
    assert.deepEqual([status, body.active], [200, active]);
  }
  assert.equal((await scim.get("/Groups?startIndex=1&count=100")).status, 200);
});

test("Entra: attributes are replaced one by one, also of items that are not there yet", async () => {
  const id = await scim.user(fresh("dee"));
  const replaced: Record<string, unknown> = {
    displayName: "Dee",
    title: "CTO",
    "name.givenName": "Dee",
    'emails[type eq "work"].value': "dee@example.com",
    'emails[type eq "work"].primary': "True",
    'addresses[type eq "work"].locality': "Berlin",
    'phoneNumbers[type eq "mobile"].value': "1",
    [`${schemas.enterprise}:department`]: "Ops",
    [`${schemas.user}:nickName`]: "D",
    active: "False",
  };
  const operations = Object.entries(replaced).map(([path, value]) => ({ op: "Replace", path, value }));
  const { status, body } = await scim.patch(`/Users/${id}`, ...operations);
  assert.equal(status, 200);
  assert.deepEqual(body.emails, [{ type: "work", value: "dee@example.com", primary: true }]);
  assert.deepEqual(
    [body.addresses, body.phoneNumbers],
    [[{ type: "work", locality: "Berlin" }], [{ type: "mobile", value: "1" }]],
  );
  assert.deepEqual([body.name, body.displayName, body.title, body.nickName], [{ givenName: "Dee" }, "Dee", "CTO", "D"]);
  assert.deepEqual([body[schemas.enterprise], body.active], [{ department: "Ops" }, false]);
  assert.deepEqual(body.schemas, [schemas.user, schemas.enterprise]);
});

test("Entra: the same without a path, with dotted names and URNs", async () => {
  const id = await scim.user(fresh("eli"));
  const value = { "name.familyName": "Eli", displayName: "E", [`${schemas.enterprise}:costCenter`]: "7", id: "x" };
  const { body } = await scim.patch(`/Users/${id}`, { op: "Add", value });
  assert.deepEqual(
    [body.name, body.displayName, body[schemas.enterprise], body.id],
    [{ familyName: "Eli" }, "E", { costCenter: "7" }, id],
  );
});

test("Entra: a userName is changed, and a value may be a list of one", async () => {
  const id = await scim.user(fresh("fay"));
  const userName = fresh("fay");
  await scim.patch(`/Users/${id}`, { op: "Replace", path: "userName", value: [{ $ref: null, value: userName }] });
  assert.equal((await find("Users", `userName eq "${userName}"`)).totalResults, 1);
});

test("Entra: a manager is added, replaced and removed", async () => {
  const id = await scim.user(fresh("gus"));
  const path = `${schemas.enterprise}:manager`;
  const added = await scim.patch(`/Users/${id}`, { op: "Add", path, value: "one" });
  assert.deepEqual(added.body[schemas.enterprise].manager, { value: "one" });
  const replaced = await scim.patch(`/Users/${id}`, { op: "Replace", path, value: { value: "two" } });
  assert.deepEqual(replaced.body[schemas.enterprise].manager, { value: "two" });
  const removed = await scim.patch(`/Users/${id}`, { op: "Remove", path });
  assert.equal(removed.body[schemas.enterprise], undefined);
});

test("Entra: a disabled user is still found, with `active`", async () => {
  const userName = fresh("hal");
  const id = await scim.user(userName);
  await scim.patch(`/Users/${id}`, { op: "replace", path: "active", value: "False" });
  assert.equal((await find("Users", `userName eq "${userName}"`)).Resources[0].active, false);
});

test("Entra: what is deleted twice, or never was, is 404", async () => {
  for (const [kind, id] of [
    ["Users", await scim.user(fresh("ida"))],
    ["Groups", await scim.group(fresh("group"))],
  ]) {
    assert.equal((await scim.send("DELETE", `/${kind}/${id}`)).status, 204);
    assert.equal((await scim.send("DELETE", `/${kind}/${id}`)).status, 404);
    assert.equal((await scim.get(`/${kind}/${id}`)).status, 404);
    assert.equal((await scim.patch(`/${kind}/${id}`, { op: "remove", path: "externalId" })).status, 404);
  }
});

test("Entra: a group is found by its name in any case, without its members where they are not wanted", async () => {
  const member = await scim.user(fresh("joe"));
  const displayName = fresh("Group");
  const id = await scim.group(displayName, [member], { externalId: displayName });
  const found = await find("Groups", `displayName eq "${displayName.toUpperCase()}"`, "&excludedAttributes=members");
  assert.deepEqual([found.totalResults, found.Resources[0].id, found.Resources[0].members], [1, id, undefined]);
  assert.equal((await read(`/Groups/${id}?excludedAttributes=members`)).members, undefined);
  assert.equal((await read(`/Groups/${id}`)).members[0].value, member);
  const both = await find("Groups", `id eq "${id}" and members[value eq "${member}"]`, "&attributes=id");
  assert.deepEqual(both.Resources, [{ schemas: [schemas.group], id }]);
  const again = { schemas: [schemas.group], displayName, externalId: displayName };
  assert.equal((await scim.send("POST", "/Groups", again)).status, 409);
});

test("Entra, Okta: members are added and removed in each form, and a group is renamed", async () => {
  const ids = [await scim.user(fresh("kim")), await scim.user(fresh("lea")), await scim.user(fresh("max"))];
  const [one = "", two = "", three = ""] = ids;
  const id = await scim.group(fresh("group"));
  const members = async () => (await read(`/Groups/${id}`)).members.map(({ value }: { value: string }) => value).sort();
  const items = (...values: string[]) => values.map((value) => ({ $ref: null, value }));
  const steps: [unknown, string[]][] = [
    [{ op: "Add", path: "members", value: items(one, two) }, [one, two]],
    [{ op: "Add", path: "members", value: items(one) }, [one, two]],
    [{ op: "Remove", path: "members", value: items(one) }, [two]],
    [{ op: "add", value: { members: items(three) } }, [two, three]],
    [{ op: "remove", path: `members[value eq "${two}"]` }, [three]],
    [{ op: "remove", path: `members[value eq "${two}"]` }, [three]],
    [{ op: "replace", path: "members", value: items(one, two) }, [one, two]],
    [{ op: "Remove", path: "members" }, []],
  ];
  for (const [operation, expected] of steps) {
    assert.equal((await scim.patch(`/Groups/${id}`, operation)).status, 204);
    assert.deepEqual(await members(), expected.toSorted(), JSON.stringify(operation));
  }
  const displayName = fresh("renamed");
  assert.equal((await scim.patch(`/Groups/${id}`, { op: "replace", value: { id, displayName } })).status, 204);
  assert.equal((await read(`/Groups/${id}`)).displayName, displayName);
  const put = await scim.send("PUT", `/Groups/${id}`, {
    schemas: [schemas.group],
    id,
    displayName,
    members: items(two),
  });
  assert.deepEqual([put.status, await members()], [200, [two]]);
});

test("filters: every operator, joined, negated and in brackets, and paging", async () => {
  const own = await scimServer();
  try {
    const emails = (value: string, type: string) => [
      { value, type },
      { value: "shared@example.com", type: "home" },
    ];
    for (const name of ["ann", "bob", "cat"]) {
      await own.user(`${name}@example.com`, {
        title: name === "bob" ? "Boss" : undefined,
        emails: emails(`${name}@work.example`, "work"),
      });
    }
    await own.user("off@example.com", { active: false });
    const names = async (filter: string) => {
      const { status, body } = await own.get(`/Users?filter=${encodeURIComponent(filter)}`);
      assert.equal(status, 200, filter);
      return body.Resources.map(({ userName }: { userName: string }) => userName.slice(0, 3)).join(" ");
    };
    const expected: Record<string, string> = {
      'userName sw "A"': "ann",
      'userName co "o"': "ann bob cat off",
      'userName ew "example.org"': "",
      "title pr": "bob",
      "not (title pr)": "ann cat off",
      "active eq false": "off",
      'active eq "True"': "ann bob cat",
      'userName eq "ann@example.com" or userName eq "BOB@example.com"': "ann bob",
      '((title eq "boss") and (active eq true)) or userName gt "o"': "bob off",
      'emails[type eq "work" and value sw "cat"]': "cat",
      'emails[type eq "work"].value eq "shared@example.com"': "",
      'emails[type eq "home"].value eq "shared@example.com"': "ann bob cat",
      'emails.value eq "bob@work.example"': "bob",
      'userName ne "ann@example.com"': "bob cat off",
      'externalId eq "nobody"': "",
      'unknown eq "x"': "",
      'meta.created gt "2020-01-01T00:00:00Z"': "ann bob cat off",
      [`${schemas.user}:userName eq "cat@example.com"`]: "cat",
    };
    const [ann] = (await own.get("/Users")).body.Resources;
    const elsewhere = new Date(Date.parse(ann.meta.created) + 7_200_000).toISOString().replace("Z", "+02:00");
    for (const [op, found] of Object.entries({ eq: "ann", ge: "ann", le: "ann", gt: "", lt: "", ne: "" })) {
      expected[`userName sw "ann" and meta.created ${op} "${elsewhere}"`] = found;
    }
    expected[`userName sw "ann" and meta.created sw "${ann.meta.created.slice(0, 10)}"`] = "ann";
    for (const [filter, found] of Object.entries(expected)) assert.equal(await names(filter), found, filter);
    for (const filter of ["userName", 'userName eq "', "userName eq", "(", 'a xx "b"', "eq eq eq"]) {
      const { status, body } = await own.get(`/Users?filter=${encodeURIComponent(filter)}`);
      assert.deepEqual([status, body.scimType], [400, "invalidFilter"], filter);
    }
    const page = async (query: string) => {
      const { body } = await own.get(`/Users?${query}`);
      return [body.totalResults, body.startIndex, body.itemsPerPage, body.Resources.length];
    };
    assert.deepEqual(await page("startIndex=3&count=5"), [4, 3, 2, 2]);
    assert.deepEqual(await page("count=0"), [4, 1, 0, 0]);
    assert.deepEqual(await page("startIndex=-7&count=1"), [4, 1, 1, 1]);
    assert.deepEqual(await page("startIndex=9"), [4, 9, 0, 0]);
    assert.deepEqual(await page(`startIndex=2&count=1&filter=${encodeURIComponent("active eq true")}`), [3, 2, 1, 1]);
    const searched = await own.send("POST", "/Users/.search", {
      filter: 'title eq "Boss"',
      attributes: ["userName", "emails.value"],
    });
    const { id, ...chosen } = searched.body.Resources[0];
    const values = [{ value: "bob@work.example" }, { value: "shared@example.com" }];
    assert.deepEqual(chosen, { schemas: [schemas.user], userName: "bob@example.com", emails: values });
    assert.ok(id);
  } finally {
    await own.close();
  }
});

test("what the server can do is told", async () => {
  const config = await read("/ServiceProviderConfig");
  assert.deepEqual([config.patch.supported, config.filter.supported, config.bulk.supported], [true, true, false]);
  const types = await read("/ResourceTypes");
  assert.deepEqual(
    types.Resources.map(({ id, endpoint }: Record<string, string>) => [id, endpoint]),
    [
      ["User", "/Users"],
      ["Group", "/Groups"],
    ],
  );
  const listed = await read("/Schemas");
  assert.deepEqual(
    listed.Resources.map(({ id }: { id: string }) => id),
    [schemas.user, schemas.group, schemas.enterprise],
  );
  const user = await read(`/Schemas/${schemas.user}`);
  const names = user.attributes.map(({ name }: { name: string }) => name);
  assert.ok(names.includes("userName") && !names.includes("password"));
  assert.equal((await scim.get("/Schemas/none")).status, 404);
  for (const path of ["/Me", "/Bulk"]) assert.equal((await scim.get(path)).status, 501);
});

test("too many requests of one token are 429, and say when to come again", async (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: Date.now() }); // the minute of the limit does not pass
  const limited = await scimServer({ limits: { scim: 2 } });
  try {
    const statuses = [];
    for (let request = 0; request < 3; request += 1) statuses.push(await limited.get("/Users"));
    assert.deepEqual(
      statuses.map(({ status }) => status),
      [200, 200, 429],
    );
    assert.match(String(statuses[2]?.headers["retry-after"]), /^[1-9]\d*$/);
    assert.deepEqual(statuses[2]?.body.schemas, [schemas.error]);
    assert.equal((await client(limited.server, "scim_guess").get("/Users")).status, 401);
  } finally {
    await limited.close();
  }
});
