// Arguments that are wrong, huge, deep or misleading: the documented error or result, at once, and no harm done.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  addEntries,
  checkMapping,
  completeMapping,
  diffMappings,
  formatMapping,
  GroupSync,
  mergeMappings,
  parseMapping,
  readGroups,
} from "idp-group-sync";
import { atOnce, config, nothingHappened, refuses, sync } from "./support/hostile.mjs";

const { catalog } = config;

describe("arguments of the wrong kind", () => {
  const wrong = [undefined, null, true, 7, Number.NaN, 1n, Symbol("a -> b"), () => "a -> b", ["a -> b"], {}];

  test("where text is expected", () => {
    for (const text of wrong) {
      refuses(() => parseMapping(text), "invalid-input", "text", /expected a string/);
      refuses(() => formatMapping(text), "invalid-input", "text", /expected a string/);
      refuses(() => checkMapping(text, catalog), "invalid-input", "text", /expected a string/);
      refuses(() => completeMapping(text, 0, catalog), "invalid-input", "text", /expected a string/);
      refuses(() => addEntries(text, []), "invalid-input", "text", /expected a string/);
      refuses(() => mergeMappings("", text, ""), "invalid-input", "mine", /expected a string/);
    }
  });

  test("where claims are expected", () => {
    for (const claims of [...wrong.filter((value) => typeof value !== "object" || value === null), "a.b.c", []]) {
      refuses(() => sync.resolve(claims), "invalid-input", "claims");
      refuses(() => readGroups(claims, "groups"), "invalid-input", "claims");
    }
  });

  test("where groups are expected", () => {
    for (const groups of [...wrong.filter((value) => !Array.isArray(value)), "Sales Team"]) {
      refuses(() => sync.resolveGroups(groups), "invalid-input", "groups");
    }
    refuses(() => sync.resolveGroups(["a", 7]), "invalid-input", "groups[1]", /expected a string, found a number/);
  });

  test("where a catalog, a policy, options or a style are expected", () => {
    refuses(() => checkMapping("a -> b"), "invalid-input", "catalog");
    refuses(() => checkMapping("a -> b", { groups: {} }), "invalid-input", "catalog.groups", /an array/);
    refuses(() => checkMapping("a -> b", { groups: ["b"] }), "invalid-input", "catalog.groups[0]");
    refuses(() => checkMapping("a -> b", catalog, "deny"), "invalid-input", "policy");
    refuses(() => checkMapping("a -> b", catalog, { noMatch: "drop" }), "invalid-input", "policy.noMatch", /`drop`/);
    refuses(() => checkMapping("a -> b", catalog, { noMatsh: "deny" }), "invalid-input", "policy.noMatsh", /no such/);
    refuses(() => sync.resolve({}, { explain: "no" }), "invalid-input", "options.explain", /true or false/);
    refuses(() => formatMapping("a -> b", "lines"), "invalid-input", "style", /`line`, `file` or `inline`/);
    refuses(() => completeMapping("a", 0, catalog, ["a", 7]), "invalid-input", "idpGroups[1]");
    refuses(() => readGroups({}, {}), "invalid-input", "claim.name");
  });

  test("a configuration that is missing, or wrong further down", () => {
    refuses(() => new GroupSync(), "invalid-input", undefined);
    refuses(() => new GroupSync({ mapping: "", claim: "groups" }), "invalid-input", "catalog");
    const roles = ["end-user", "builder"];
    const requires = { groups: [{ name: "a" }, { name: "b" }, { name: "c" }, { name: "d", requires: "owner" }], roles };
    refuses(() => new GroupSync({ ...config, catalog: requires }), "invalid-input", "catalog.groups[3].requires");
    refuses(() => diffMappings(config), "invalid-input", "after");
    refuses(
      () => diffMappings({ ...config, catalog: requires }, config),
      "invalid-input",
      "before.catalog.groups[3].requires",
    );
  });

  test("an offset", () => {
    for (const offset of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "1", null, undefined, 1n]) {
      refuses(() => completeMapping("a -> ", offset, catalog), "invalid-input", "offset", /whole number/);
    }
    const labels = (text, offset) => completeMapping(text, offset, catalog).map(({ label }) => label);
    assert.deepEqual(labels("a -> ", 2 ** 40), labels("a -> ", 5));
    assert.deepEqual(labels("a -> ", Number.MAX_SAFE_INTEGER), labels("a -> ", 5));
    // Between the two halves of a character.
    assert.ok(Array.isArray(labels("😀 -> 😀", 1)));
    assert.ok(Array.isArray(labels("😀 -> 😀", 7)));
    nothingHappened();
  });
});

describe("lone surrogates", () => {
  const lone = "\ud83d";

  test("in claims they make the claim malformed, and never the same as another group", () => {
    for (const groups of [[lone], ["a", `x${lone}y`], lone]) {
      assert.equal(readGroups({ groups }, "groups").status, "malformed");
    }
    const replacement = new GroupSync({ ...config, mapping: "\ufffd -> sales" });
    assert.deepEqual(replacement.resolve({ groups: ["\ufffd"] }).groups, ["sales"]);
    assert.deepEqual(replacement.resolve({ groups: [lone] }).groups, []);
    assert.deepEqual(replacement.resolveGroups([lone]).groups, []);
    nothingHappened();
  });

  test("elsewhere in a token they do no harm", () => {
    assert.deepEqual(readGroups({ [lone]: lone, name: lone, groups: ["a"] }, "groups").groups, ["a"]);
  });

  test("in text that is only looked at they read as U+FFFD, and offsets stay right", () => {
    const text = `${lone} -> sales, b => sales`;
    const { entries, diagnostics } = parseMapping(text);
    assert.deepEqual(entries[0].source, {
      text: "\ufffd",
      kind: "name",
      span: { start: 0, end: 1, line: 1, column: 1 },
    });
    assert.equal(text.slice(diagnostics[0].span.start, diagnostics[0].span.end).includes("=>"), true);
    assert.ok(checkMapping(text, catalog).some(({ code }) => code === "missing-arrow"));
    assert.ok(completeMapping(`${lone} -> `, 5, catalog).length > 0);
  });

  test("in what is to be used or kept they are refused", () => {
    refuses(() => formatMapping(`${lone} -> sales`), "invalid-input", "text", /surrogate/);
    refuses(() => mergeMappings("", "", `${lone} -> sales`), "invalid-input", "theirs", /surrogate/);
    refuses(() => addEntries("", [{ source: lone, target: "a" }]), "invalid-input", "entries[0].source", /surrogate/);
    const mapping = { ...config, mapping: `${lone} -> sales` };
    refuses(() => new GroupSync(mapping), "invalid-input", "mapping", /surrogate/);
    refuses(() => diffMappings(mapping, config), "invalid-input", "before.mapping", /surrogate/);
    const named = { ...config, catalog: { groups: [{ name: lone }] } };
    refuses(() => new GroupSync(named), "invalid-input", "catalog.groups[0].name", /surrogate/);
    refuses(() => new GroupSync({ ...config, claim: lone }), "invalid-input", "claim", /surrogate/);
  });
});

describe("depth and size", () => {
  const nested = (depth, wrap, inner) => {
    let value = inner;
    for (let level = 0; level < depth; level += 1) value = wrap(value);
    return value;
  };
  const inObject = (value) => ({ a: value });
  const inArray = (value) => [value];

  test("nested 128 deep is read, one deeper is too large", () => {
    assert.equal(readGroups(nested(128, inObject, "b"), "groups").status, "missing");
    assert.throws(() => readGroups(nested(129, inObject, "b"), "groups"), {
      code: "too-large",
      path: /^claims(\.a)+$/,
    });
    nothingHappened();
  });

  for (const [name, wrap] of Object.entries({ objects: inObject, arrays: inArray })) {
    test(`100,000 nested ${name}`, () => {
      const start = process.cpuUsage();
      const value = nested(100_000, wrap, "b");
      const tooLarge = { name: "GroupSyncError", code: "too-large" };
      assert.throws(() => readGroups({ groups: value }, "groups"), tooLarge);
      assert.throws(() => sync.resolve({ groups: value }), tooLarge);
      assert.throws(() => sync.resolveGroups(inArray(value)), tooLarge);
      assert.throws(() => new GroupSync({ ...config, catalog: value }), tooLarge);
      atOnce(start);
      nothingHappened();
    });
  }

  test("an array of four thousand million holes", () => {
    const holes = [];
    holes.length = 2 ** 32 - 1;
    refuses(() => readGroups({ groups: holes }, "groups"), "too-large", "claims.groups");
    refuses(() => sync.resolveGroups(holes), "too-large", "groups");
  });

  test("a small object that is huge once it is written out", () => {
    const start = process.cpuUsage();
    const value = nested(60, (inner) => [inner, inner], "b");
    assert.throws(() => readGroups({ groups: value }, "groups"), { name: "GroupSyncError", code: "too-large" });
    atOnce(start);
    nothingHappened();
  });

  test("10,001 groups", () => {
    const groups = Array.from({ length: 10_001 }, (_, index) => `group-${index}`);
    const start = process.cpuUsage();
    const { status, diagnostics } = readGroups({ groups }, "groups");
    assert.equal(status, "malformed");
    assert.ok(diagnostics.some(({ code }) => code === "claim-too-many-groups"));
    atOnce(start);
    nothingHappened();
  });

  test("4 MiB of commas, 50,001 entries, and a pattern of 9 stars", () => {
    const start = process.cpuUsage();
    assert.ok(parseMapping(",".repeat(4 * 1024 * 1024)).diagnostics.length > 0);
    const { diagnostics } = parseMapping("a -> b\n".repeat(50_001));
    assert.ok(diagnostics.some(({ code }) => code === "too-many-entries"));
    const stars = new GroupSync({ ...config, mapping: `${"*a".repeat(8)}* -> sales` });
    assert.deepEqual(stars.resolve({ groups: ["a".repeat(1024)] }).groups, ["sales"]);
    assert.deepEqual(stars.resolve({ groups: [`${"ab".repeat(7)}${"b".repeat(1000)}`] }).groups, []);
    atOnce(start);
    nothingHappened();
  });
});

describe("names with a meaning in JavaScript", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "prototype", "length", "__proto__.polluted"];

  test("as a claim name they find nothing that is inherited", () => {
    for (const claim of [...names, "/__proto__", "/constructor/name", "constructor.name", "groups.length"]) {
      assert.equal(readGroups({ groups: ["a"] }, claim).status, "missing", claim);
    }
    assert.deepEqual(readGroups(JSON.parse('{ "__proto__": ["a"] }'), "__proto__").groups, ["a"]);
    nothingHappened();
  });

  test("as a group and as a target they are names like any other", () => {
    for (const name of names) {
      const other = new GroupSync({ ...config, mapping: `a -> ${name}`, catalog: { groups: [{ name }] } });
      assert.deepEqual(other.resolve({ groups: ["a"] }).groups, [name]);
      assert.deepEqual(other.resolve({ groups: [name] }).groups, [name]);
      other.free();
      assert.deepEqual(sync.resolve({ groups: [name] }).groups, []);
    }
    assert.equal({}.polluted, undefined);
    nothingHappened();
  });

  test("as a field they are unknown like any other", () => {
    const wrong = { ...config, policy: JSON.parse('{ "__proto__": {} }') };
    refuses(() => new GroupSync(wrong), "invalid-input", "policy.__proto__", /no such field/);
    const row = { ...config, catalog: JSON.parse('{ "groups": [], "__proto__": {} }') };
    assert.deepEqual(new GroupSync(row).resolve({ groups: ["a"] }).groups, []);
  });
});
