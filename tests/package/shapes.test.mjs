// Configurations and claims of a wrong shape: each is refused with its exact path and a sentence that says what was expected and
// what was found.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  checkMapping,
  completeMapping,
  diffMappings,
  formatMapping,
  GroupSync,
  inspectMapping,
  parseMapping,
  readGroups,
} from "idp-group-sync";
import { refused } from "./support/refused.mjs";

const config = (given, path, message) => refused(() => new GroupSync(given), path, message);
const valid = { mapping: "", claim: "groups", catalog: { groups: [] } };

test("configurations", () => {
  config(undefined, "", "this argument is required, and missing");
  config(7, "", "expected an object, found a number");
  config([], "", "expected an object, found an array");
  config({}, "mapping", "this field is required, and missing");
  config({ mapping: "", claim: "groups", catalog: 7 }, "catalog", "expected an object, found a number");
  config({ mapping: 7, claim: "groups", catalog: { groups: [] } }, "mapping", "expected a string, found a number");
  config({ mapping: null, claim: "groups", catalog: { groups: [] } }, "mapping", "this field is required, and missing");
  config(
    { mapping: "", claim: "groups", catalog: { groups: [] }, mappings: "" },
    "mappings",
    "there is no such field; expected `mapping`, `claim`, `catalog` or `policy`",
  );
  config(
    { mapping: "a\uD800", claim: "groups", catalog: { groups: [] } },
    "mapping",
    "expected well-formed Unicode, found a string with a lone surrogate",
  );
  config(
    { mapping: "", claim: "groups", catalog: { groups: [] }, "\uD800": 1 },
    '["\ufffd"]',
    "expected well-formed Unicode, found a string with a lone surrogate",
  );
  config(
    { mapping: "", claim: "groups", catalog: { groups: [] }, "the policy": {} },
    '["the policy"]',
    "there is no such field; expected `mapping`, `claim`, `catalog` or `policy`",
  );
});

test("catalogs", () => {
  const catalog = (given, path, message) => {
    refused(() => checkMapping("", given), path, message);
    if (given !== undefined) config({ ...valid, catalog: given }, path, message);
  };
  catalog(undefined, "catalog", "this argument is required, and missing");
  catalog("sales", "catalog", "expected an object, found the string `sales`");
  catalog({}, "catalog.groups", "this field is required, and missing");
  catalog({ groups: "sales" }, "catalog.groups", "expected an array, found the string `sales`");
  catalog({ groups: {} }, "catalog.groups", "expected an array, found an object");
  catalog({ groups: new Set() }, "catalog.groups", "expected a plain array, found a Set");
  catalog({ groups: ["sales"] }, "catalog.groups[0]", "expected an object, found the string `sales`");
  catalog({ groups: [{}] }, "catalog.groups[0].name", "this field is required, and missing");
  catalog({ groups: [{ name: 7 }] }, "catalog.groups[0].name", "expected a string, found a number");
  catalog({ groups: [{ name: "" }] }, "catalog.groups[0].name", "a group's name is empty");
  catalog({ groups: [{ name: "a" }, { name: "a" }] }, "catalog.groups[1].name", "there is another group named `a`");
  catalog(
    { groups: [{ name: "\uD800" }] },
    "catalog.groups[0].name",
    "expected well-formed Unicode, found a string with a lone surrogate",
  );
  catalog(
    { groups: [{ name: "a" }, { name: "b", requires: true }] },
    "catalog.groups[1].requires",
    "expected a string, found a boolean",
  );
  catalog(
    { groups: [{ name: "a", requires: "boss" }] },
    "catalog.groups[0].requires",
    "`boss` is not a role; the roles are `end-user`, `builder`, `admin`",
  );
  catalog(
    { groups: [{ name: "a", require: "admin" }] },
    "catalog.groups[0].require",
    "there is no such field; expected `name` or `requires`",
  );
  catalog({ groups: [], roles: "admin" }, "catalog.roles", "expected an array, found the string `admin`");
  catalog({ groups: [], roles: ["a", 1] }, "catalog.roles[1]", "expected a string, found a number");
  catalog({ groups: [], roles: [] }, "catalog.roles", "an application has at least one role");
  catalog({ groups: [], roles: ["a", "a"] }, "catalog.roles[1]", "there is another role named `a`");
  catalog({ groups: [], role: [] }, "catalog.role", "there is no such field; expected `roles` or `groups`");
});

test("policies", () => {
  const policy = (given, path, message) => {
    refused(() => checkMapping("", { groups: [] }, given), path, message);
    config({ ...valid, policy: given }, path, message);
  };
  policy("keep", "policy", "expected an object, found the string `keep`");
  policy({ noMatch: "ignore" }, "policy.noMatch", "expected `default-role`, `keep` or `deny`, found `ignore`");
  policy({ noMatch: true }, "policy.noMatch", "expected `default-role`, `keep` or `deny`, found a boolean");
  policy({ noMatch: {} }, "policy.noMatch", "expected `default-role`, `keep` or `deny`, found an object");
  policy({ missingClaim: "no" }, "policy.missingClaim", "expected `no-groups`, `keep` or `deny`, found `no`");
  policy({ unreadableClaim: "no-groups" }, "policy.unreadableClaim", "expected `keep` or `deny`, found `no-groups`");
  policy(
    { roleWithoutRoleGroup: [] },
    "policy.roleWithoutRoleGroup",
    "expected `infer`, `keep-manual` or `keep`, found an array",
  );
  policy({ removal: "some" }, "policy.removal", "expected `all`, `synced`, `mapped` or `none`, found `some`");
  policy({ nonMembers: 1 }, "policy.nonMembers", "expected `matched`, `all` or `none`, found a number");
  policy({ protectLastAdmin: "yes" }, "policy.protectLastAdmin", "expected true or false, found the string `yes`");
  policy(
    { nomatch: "keep" },
    "policy.nomatch",
    "there is no such field; expected `matchByName`, `compare`, `require`, `noMatch`, `missingClaim`, `unreadableClaim`, `roleWithoutRoleGroup`, `demotion`, `removal`, `nonMembers`, `syncOn`, `whenGone` or `protectLastAdmin`",
  );
  const byName = "expected true, false or `groups-only`, found";
  policy({ matchByName: "roles-only" }, "policy.matchByName", `${byName} \`roles-only\``);
  policy({ matchByName: 1 }, "policy.matchByName", `${byName} a number`);
  policy({ matchByName: [] }, "policy.matchByName", `${byName} an array`);
});

test("claim options", () => {
  const claim = (given, path, message) => {
    refused(() => readGroups({}, given), path, message);
    if (given !== undefined) config({ ...valid, claim: given }, path, message);
  };
  claim(undefined, "claim", "this argument is required, and missing");
  claim(7, "claim", "expected a claim name or an object with a `name`, found a number");
  claim([], "claim", "give at least one claim");
  claim(["groups", ["roles"]], "claim[1]", "expected a claim name or an object with a `name`, found an array");
  claim(["groups", ""], "claim[1].name", "the claim name is empty");
  claim(["groups", { name: ["", "a"] }], "claim[1].name[0]", "the claim name is empty");
  claim(["groups", { name: ["a", 7] }], "claim[1].name[1]", "expected a string, found a number");
  claim({ name: [] }, "claim.name", "give at least one claim name");
  claim(Array(17).fill("a"), "claim", "a list here has at most 16 claims");
  claim({ name: Array(17).fill("a") }, "claim.name", "a list here has at most 16 strings");
  claim(
    { name: "a", delimiter: [",", ""] },
    "claim.delimiter[1]",
    "the delimiter is empty; leave it out to read the claim as one group",
  );
  claim({ name: "a", required: "yes" }, "claim.required", "expected true or false, found the string `yes`");
  claim({ name: "a", decode: "yaml" }, "claim.decode", "expected `json` or `bracketed`, found `yaml`");
  claim({ name: "a", prefix: "\n" }, "claim.prefix", "the prefix holds a control character");
  claim("", "claim.name", "the claim name is empty");
  claim({}, "claim.name", "this field is required, and missing");
  claim({ name: 7 }, "claim.name", "expected a string, found a number");
  claim({ name: "/a~2" }, "claim.name", "in a JSON Pointer `~` stands only in `~0` and `~1`");
  claim({ name: "a", delimiter: 1 }, "claim.delimiter", "expected a string, found a number");
  claim(
    { name: "a", delimiter: "" },
    "claim.delimiter",
    "the delimiter is empty; leave it out to read the claim as one group",
  );
  claim(
    { name: "a", items: "text" },
    "claim.items",
    "there is no such field; expected `name`, `required`, `decode`, `delimiter`, `item` or `prefix`",
  );
  claim({ name: "a", item: {} }, "claim.item.field", "this field is required, and missing");
  claim({ name: "a", item: { field: 7 } }, "claim.item.field", "expected a string, found a number");
  claim({ name: "a", item: { field: "" } }, "claim.item.field", "the field's name is empty");
  claim(
    { name: "a", item: { field: "b", fields: 1 } },
    "claim.item.fields",
    "there is no such field; expected `field`",
  );
  claim(
    { name: "a", item: { field: "\uD800" } },
    "claim.item.field",
    "expected well-formed Unicode, found a string with a lone surrogate",
  );
  const item =
    "expected `text`, `key`, `flag`, `last-path-segment`, `ldap-cn`, `ldap-ou` or an object with a `field`, found";
  claim({ name: "a", item: "first" }, "claim.item", `${item} \`first\``);
  claim({ name: "a", item: 7 }, "claim.item", `${item} a number`);
  claim({ name: "a", item: ["text"] }, "claim.item", `${item} an array`);
});

test("optional input may be null", () => {
  const catalog = { roles: null, groups: [{ name: "a", requires: null }] };
  const claim = { name: "groups", delimiter: null, item: null };
  const sync = new GroupSync({ mapping: "", claim, policy: null, catalog });
  for (const options of [undefined, null, {}, { explain: undefined }, { explain: null }, { explain: true }]) {
    const { groups, matches } = sync.resolve({ groups: ["a"] }, options);
    assert.deepEqual([groups, matches.length], [["a"], 1]);
  }
  const { groups, matches } = sync.resolveGroups(["a"], { explain: false });
  assert.deepEqual([groups, matches], [["a"], []]);
  const defaults = { matchByName: null, noMatch: null, missingClaim: null, protectLastAdmin: null };
  for (const policy of [defaults, null]) assert.deepEqual(checkMapping("", { groups: [] }, policy), []);
  assert.ok(Array.isArray(completeMapping("", 0, { groups: [] }, null)));
  assert.equal(formatMapping("a->b", null), "a -> b");
});

test("texts, styles and offsets", () => {
  const catalog = { groups: [] };
  refused(() => parseMapping(undefined), "text", "expected a string, found nothing");
  refused(() => parseMapping(null), "text", "expected a string, found null");
  refused(() => parseMapping(7), "text", "expected a string, found a number");
  refused(() => parseMapping(Object("a")), "text", "expected a string, found an object");
  refused(() => checkMapping(["a"], catalog), "text", "expected a string, found an object");
  refused(() => inspectMapping(7, catalog), "text", "expected a string, found a number");
  refused(() => inspectMapping("", { groups: [1] }), "catalog.groups[0]", "expected an object, found a number");
  refused(() => completeMapping(1n, 0, catalog), "text", "expected a string, found a BigInt");
  refused(() => formatMapping(true), "text", "expected a string, found a boolean");
  const surrogate = "expected well-formed Unicode, found a string with a lone surrogate";
  refused(() => formatMapping("a\ud800 -> b"), "text", surrogate);
  refused(() => formatMapping("", "lines"), "style", "expected `line`, `file` or `inline`, found `lines`");
  refused(() => formatMapping("", {}), "style", "expected `line`, `file` or `inline`, found an object");
  for (const [offset, found] of [
    [-1, "another number"],
    [1.5, "another number"],
    [Number.NaN, "another number"],
    ["1", "a string"],
    [undefined, "nothing"],
  ]) {
    const message = `expected a whole number from 0, found ${found}`;
    refused(() => completeMapping("", offset, catalog), "offset", message);
  }
  const known = "expected a string or an object with a `name`, found a number";
  refused(() => completeMapping("", 0, catalog, ["a", 7]), "idpGroups[1]", known);
  refused(
    () => checkMapping("", catalog, undefined, [{ name: "a", lable: "b" }]),
    "idpGroups[0].lable",
    "there is no such field; expected `name`, `label` or `users`",
  );
  refused(() => completeMapping("", 0, catalog, ["\ud800"]), "idpGroups[0]", surrogate);
  refused(() => completeMapping("", 0, catalog, "a"), "idpGroups", "expected an array, found the string `a`");
});

test("configurations to compare", () => {
  const nameless = { ...valid, catalog: { groups: [{}] } };
  const required = "this field is required, and missing";
  refused(() => diffMappings(nameless, undefined), "before.catalog.groups[0].name", required);
  refused(() => diffMappings(valid, undefined), "after", "this argument is required, and missing");
});

test("claims, groups and options", () => {
  const claims = (given, path, message) => refused(() => readGroups(given, "groups"), path, message);
  claims(undefined, "claims", "this argument is required, and missing");
  claims(null, "claims", "the claims are null, not an object");
  claims(["a"], "claims", "the claims are an array, not an object");
  claims("a", "claims", "the claims are a string, not an object");

  const sync = new GroupSync(valid);
  const groups = (given, path, message) => refused(() => sync.resolveGroups(given), path, message);
  groups(undefined, "groups", "this argument is required, and missing");
  groups(null, "groups", "expected an array of strings, found null");
  groups("a", "groups", "expected an array of strings, found the string `a`");
  groups(new Set(["a"]), "groups", "expected a plain array, found a Set");
  groups(["a", 7], "groups[1]", "expected a string, found a number");
  groups(["a", undefined], "groups[1]", "expected a string, found null");

  const options = (given, path, message) => refused(() => sync.resolve({}, given), path, message);
  options(true, "options", "expected an object, found a boolean");
  options({ explain: "no" }, "options.explain", "expected true or false, found the string `no`");
  options({ explains: true }, "options.explains", "there is no such field; expected `explain`");
});

test("mappings that may not run", () => {
  const thrown = (action) => {
    try {
      action();
    } catch (error) {
      assert.equal(error.code, "invalid-mapping");
      return error;
    }
    assert.fail("it may not run");
  };
  const faulty = thrown(() => new GroupSync({ ...valid, mapping: "😀 => b" }));
  assert.deepEqual([faulty.path, faulty.diagnostics[0].code], ["mapping", "missing-arrow"]);
  assert.deepEqual(faulty.diagnostics[0].fixes[0].edits, [{ start: 2, end: 6, text: " -> " }]);
  const compared = thrown(() => diffMappings({ ...valid, mapping: "a -> b" }, { ...valid, mapping: "😀 -> b\nc" }));
  assert.equal(compared.path, "after.mapping");
  assert.deepEqual(compared.diagnostics[0].span, { start: 8, end: 9, line: 2, column: 1 });
  assert.equal(thrown(() => formatMapping("a")).path, "text");
});
