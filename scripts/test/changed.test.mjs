import assert from "node:assert/strict";
import { test } from "node:test";
import { trackedFiles } from "../checks/tracked-files.mjs";
import { concerned, concerns } from "./changed.mjs";
import { parts } from "./parts.mjs";

const all = parts.map((part) => part.name);

test("every line of the table fits a file, and names parts that there are", () => {
  for (const [pattern] of concerns)
    assert.ok(
      trackedFiles.some((file) => pattern.test(file)),
      String(pattern),
    );
  assert.deepEqual(
    concerned(trackedFiles, all).filter((name) => !all.includes(name)),
    [],
  );
});

test("what nothing is said of concerns every part", () => {
  for (const file of ["src/span.rs", "wasm/src/lib.rs", "Cargo.lock", "package.json", "a new folder/file"]) {
    assert.deepEqual(concerned([file], all).sort(), all.toSorted(), file);
  }
});

test("other files concern those parts that look at them", () => {
  assert.deepEqual(concerned([], all), ["repository", "format"]);
  assert.deepEqual(concerned(["CHANGELOG.md"], all), ["repository", "format"]);
  assert.deepEqual(concerned(["tests/page/tests.mjs", "tests/native/main.rs"], all), [
    "repository",
    "format",
    "lint",
    "page",
    "native",
  ]);
});

test("a part has its own tests among what concerns it", () => {
  for (const name of [
    "admin",
    "container",
    "docs",
    "elements",
    "integrations",
    "model",
    "package",
    "page",
    "site",
    "types",
  ]) {
    assert.ok(concerned([`tests/${name}/a.mjs`], all).includes(name), name);
  }
});
