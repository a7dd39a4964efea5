// Work beside the requests: one failure is logged and does not end it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { BackgroundWork } from "../src/background-work.ts";

test("work that fails is logged, and done again", async () => {
  const log: [object, string][] = [];
  const fault = new Error("no connection");
  let times = 0;
  class Flaky extends BackgroundWork {
    protected override async work(): Promise<void> {
      times += 1;
      if (times === 1) throw fault;
    }
  }
  const flaky = new Flaky({
    interval: 60_000,
    log: { warn: (details, message) => log.push([details, message]) },
    failure: "it could not be done",
  });
  flaky.start();
  await Promise.all([flaky.run(), flaky.run()]);
  await flaky.stop();
  assert.equal(times, 2);
  assert.deepEqual(log, [[{ err: fault }, "it could not be done"]]);
});
