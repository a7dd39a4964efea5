// Every class of the package: freed, finished, disposed of, forgotten, and lost with an engine that stopped.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { collect, groupSync, instances, memorySize, stop } from "./support/trap.mjs";

const { GroupSync, Impact, LoginImpact, LoginSync, Reconciliation } = groupSync;

const catalog = { groups: [{ name: "b" }] };
const config = { mapping: "a -> b", claim: "groups", catalog };
const settings = { ...groupSync.defaultSettings("main"), enabled: true, mapping: "a -> b" };
const nobody = { role: null, groups: [] };
const request = {
  method: "oidc",
  claims: { groups: ["a"] },
  user: { exists: true },
  licence: { status: "active", features: { sso: true, groupSync: true } },
  workspaces: [{ id: "main", member: "active", membership: { role: "end-user", groups: [] } }],
};
const user = '{ "id": "ada", "groups": ["a"] }\n';

/** How each class is constructed, with a mapping of any size, and every method that uses its memory. */
const classes = {
  GroupSync: {
    make: (mapping = "a -> b") => new GroupSync({ ...config, mapping }),
    uses: {
      resolve: (sync) => sync.resolve({ groups: ["a"] }).groups,
      resolveGroups: (sync) => sync.resolveGroups(["a"]).groups,
      plan: (sync) => sync.plan({ groups: ["a"] }, nobody).join,
      planGroups: (sync) => sync.planGroups(["a"], nobody).join,
    },
  },
  LoginSync: {
    make: (mapping = "a -> b") => new LoginSync({ ...settings, mapping }, { main: catalog }),
    uses: { decide: (sync) => sync.decide(request).workspaces[0].plan.join },
  },
  Impact: {
    make: (mapping = "a -> b") => new Impact({ ...config, mapping: "" }, { ...config, mapping }),
    uses: { push: (impact) => impact.push(user)[0].after.groups },
  },
  LoginImpact: {
    make(mapping = "a -> b") {
      const side = (mapping) => ({ settings: { ...settings, mapping }, catalogs: { main: catalog } });
      return new LoginImpact(side(""), side(mapping));
    },
    uses: {
      push: (impact) => impact.push(`${JSON.stringify({ id: "ada", ...request })}\n`)[0].workspaces[0].after.groups,
    },
  },
  Reconciliation: {
    make: (mapping = "a -> b") =>
      new Reconciliation({ settings: { ...settings, mapping }, catalogs: { main: catalog } }),
    uses: {
      push: (reconciliation) =>
        reconciliation.push(`${JSON.stringify({ id: "ada", directory: "active", ...request })}\n`)[0].workspaces[0].plan
          .join,
    },
  },
};

for (const [name, { make, uses }] of Object.entries(classes)) {
  const everyUse = (check) => Object.values(uses).forEach(check);

  describe(name, () => {
    test("every method works, and goes on doing so", () => {
      const object = make();
      everyUse((use) => assert.deepEqual(use(object), ["b"]));
      everyUse((use) => assert.deepEqual(use(object), ["b"]));
      object.free();
    });

    test("use after `free` throws, freeing again is harmless", () => {
      const object = make();
      object.free();
      object.free();
      const freed = { name: "GroupSyncError", code: "freed", message: new RegExp(`^this \`${name}\` was freed`) };
      everyUse((use) => assert.throws(() => use(object), freed));
      everyUse((use) => assert.deepEqual(use(make()), ["b"]));
    });

    test("`Symbol.dispose` frees", () => {
      const object = make();
      object[Symbol.dispose]();
      everyUse((use) => assert.throws(() => use(object), { code: "freed" }));
      assert.deepEqual(Object.keys(object), [], "nothing of it is shown");
    });

    test("it is lost with the engine that it was made in, and says so", () => {
      const object = make();
      stop();
      const lost = { name: "GroupSyncError", code: "internal", message: new RegExp(`^this \`${name}\` was lost`) };
      everyUse((use) => assert.throws(() => use(object), lost));
      everyUse((use) => assert.deepEqual(use(make()), ["b"]));
      object.free();
      everyUse((use) => assert.throws(() => use(object), { code: "freed" }));
    });

    test("forgotten or freed, it gives its memory back", async () => {
      const large = "a -> b\n".padEnd(1024 * 1024 - 1, "# a comment that takes memory\n");
      const sizes = [];
      for (let round = 0; round < 10; round += 1) {
        for (let count = 0; count < 10; count += 1) {
          const object = make(large);
          if (count % 2 === 0) object.free();
        }
        await collect();
        sizes.push(memorySize());
      }
      // When exactly an object is collected is up to the runtime; without that it would be five times as much and more.
      assert.ok(sizes.at(-1) < 2 * sizes[1], `memory after each round: ${sizes}`);
    });

    test("what it returns is plain data of its own", () => {
      const object = make();
      everyUse((use) => {
        use(object).push("changed");
        assert.deepEqual(use(object), ["b"]);
      });
      object.free();
    });
  });
}

describe("an Impact that is finished", () => {
  const finished = {
    name: "GroupSyncError",
    code: "freed",
    message: /^this `Impact` is finished; construct a new one$/,
  };

  test("it takes nothing more, and can be freed all the same", () => {
    const impact = classes.Impact.make();
    assert.equal(impact.push(user).length, 1);
    assert.equal(impact.finish().summary.users, 1);
    const count = instances.length;
    assert.throws(() => impact.push(user), finished);
    assert.throws(() => impact.finish(), finished);
    impact.free();
    impact[Symbol.dispose]();
    assert.throws(() => impact.finish(), finished);
    assert.equal(classes.Impact.make().finish().summary.users, 0);
    assert.equal(instances.length, count, "the engine did not stop");
  });

  test("it gives its memory back at once", () => {
    const large = "a -> b\n".padEnd(1024 * 1024 - 1, "# a comment that takes memory\n");
    const finish = (times) => {
      for (let count = 0; count < times; count += 1) classes.Impact.make(large).finish();
      return memorySize();
    };
    assert.equal(finish(3), finish(30));
  });

  test("forgotten, it is not freed twice", async () => {
    const count = instances.length;
    for (let round = 0; round < 100; round += 1) classes.Impact.make().finish();
    await collect();
    assert.equal(classes.Impact.make().push(user).length, 1);
    assert.equal(instances.length, count, "the engine did not stop");
  });

  test("one that was lost with its engine cannot be finished", () => {
    const impact = classes.Impact.make();
    stop();
    assert.throws(() => impact.finish(), { code: "internal", message: /was lost/ });
    impact.free();
  });
});

test("a getter of the input may free or replace the object that reads it", async () => {
  const login = classes.LoginSync.make();
  const count = instances.length;
  const hostile = {
    ...request,
    get claims() {
      login.free();
      classes.LoginSync.make().decide(request);
      return request.claims;
    },
  };
  // The claims are read before the engine is asked, and it is not asked of an object that is gone.
  assert.throws(() => login.decide(hostile), { code: "freed" });
  assert.throws(() => login.decide(request), { code: "freed" });
  await collect();
  assert.deepEqual(classes.LoginSync.make().decide(request).workspaces[0].plan.join, ["b"]);
  assert.equal(instances.length, count, "the engine did not stop");
});

test("nothing is put where the engine's memory was before it grew", () => {
  const impact = classes.Impact.make();
  const before = memorySize();
  const held = [];
  while (memorySize() === before) held.push(classes.GroupSync.make("a -> b\n".repeat(5_000)));
  assert.equal(impact.finish().summary.users, 0);
  for (const sync of held) sync.free();
});

test("functions work in the engine that follows one that stopped", () => {
  stop();
  const command = { type: "set-mapping", mapping: "c -> b" };
  const { settings: changed } = groupSync.applyCommand(settings, command, { superAdmin: true });
  stop();
  assert.equal(groupSync.effectiveSettings(changed, "main").mapping, "c -> b");
  stop();
  const [{ passed }] = groupSync.runScenarios(config, [{ name: "a", groups: ["a"], expect: { groups: ["b"] } }]);
  assert.ok(passed);
});
