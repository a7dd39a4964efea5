// `impact` in several threads prints what it prints in one, wherever the file is cut among them.

import assert from "node:assert/strict";
import { createWriteStream, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { before, describe, test } from "node:test";
import { cli, cliProject, shell } from "./support/command-line.mjs";
import { generatedUsers } from "./support/users.mjs";

const sides = ["--before", "mapping.txt", "--after", "new-mapping.txt", "--catalog", "catalog.json"];
const kib = 1024;

/** A file of up to 512 KiB is cut into blocks of so many bytes. */
const block = 64 * kib;

let folder;

before(async () => {
  folder = await cliProject();
});

/** What is printed of a file in one thread, after it was seen that more threads print the same. */
async function printed(content, format = "human") {
  writeFileSync(join(folder, "cut.jsonl"), content);
  const run = (threads) =>
    cli(["impact", ...sides, "--users", "cut.jsonl", "--format", format, "--threads", String(threads)]);
  const one = await run(1);
  assert.deepEqual(await run(2), one);
  assert.deepEqual(await run(3), one);
  return one;
}

const user = (id, ...groups) => JSON.stringify({ id, groups });
const padded = (id, length, ...groups) => JSON.stringify({ id, claims: { pad: "x".repeat(length), groups } });

/** Lines that each begin at a given byte: between them stand users whom nothing changes for. */
class Layout {
  #parts = [];
  #length = 0;

  add(text) {
    this.#parts.push(text);
    this.#length += Buffer.byteLength(text);
  }

  /** The next line begins with this byte. */
  skipTo(offset) {
    while (offset - this.#length > 1000) this.add(this.#filler(500));
    this.add(this.#filler(offset - this.#length));
  }

  #filler(length) {
    const frame = user("nobody", "").length + 1;
    return `${user("nobody", "x".repeat(length - frame))}\n`;
  }

  get text() {
    return this.#parts.join("");
  }
}

describe("the same is printed in one thread and in several", () => {
  for (const format of ["human", "json"]) {
    test(`whatever stands where the file is cut, as ${format}`, async () => {
      const layout = new Layout();
      layout.add("\ufeff");
      layout.add(`${user("at the start", "Sales Team")}\n`);
      layout.skipTo(block);
      layout.add(`\ufeff${user("mark", "Sales Team")}\n`);
      layout.skipTo(2 * block - 1);
      layout.add("\n");
      layout.add(`${user("after a blank line", "Sales Team")}\n`);
      const [rocket, cr] = ["🚀 split", "line break of Windows"].map((id) => user(id, "Sales Team"));
      layout.skipTo(3 * block - rocket.indexOf("🚀") - 2);
      layout.add(`${rocket}\n`);
      layout.skipTo(4 * block - cr.length - 1);
      layout.add(`${cr}\r\n`);
      layout.skipTo(5 * block - 5);
      layout.add("a line that is no user\n");
      layout.skipTo(6 * block - 20);
      layout.add(`${padded("long", 70 * kib, "Sales Team")}\n`);
      layout.add(user("last", "Marketing Team"));
      assert.ok(layout.text.length < 8 * block);

      const { code, stdout, stderr } = await printed(layout.text, format);
      assert.equal(code, 1);
      const lines = layout.text.split("\n");
      const numberOf = (text) => lines.findIndex((line) => line.includes(text)) + 1;
      assert.equal(
        stderr,
        `error: cut.jsonl:${numberOf('"mark"')}: there is a byte order mark, which only the first line may have
error: cut.jsonl:${numberOf("no user")}: no JSON from column 1 on: expected a value, or text in double quotes
`,
      );
      for (const id of ["at the start", "after a blank line", "🚀 split", "line break of Windows", "long", "last"]) {
        assert.equal(stdout.split(id).length, 2, id);
      }
      assert.ok(!stdout.includes("nobody"));
    });
  }

  test("with a line break at the end, on the border, or none", async () => {
    for (const end of ["", "\n", "\r\n", "\n\n", "\nno user"]) {
      const layout = new Layout();
      layout.skipTo(block - user("last", "Marketing Team").length - end.length);
      layout.add(user("last", "Marketing Team") + end);
      assert.equal(layout.text.length, block);
      const { code, stdout } = await printed(layout.text);
      assert.equal(code, end.endsWith("user") ? 1 : 0);
      assert.match(stdout, /^last changes/);
    }
  });

  test("of a file that has nothing for most threads", async () => {
    for (const content of ["", "\n", user("only", "Marketing Team"), `${padded("only", 300 * kib)}\n`]) {
      const { code, stdout } = await printed(content);
      assert.equal(code, 0);
      assert.match(stdout, content.includes("only") ? /^1 user: /m : /^0 users: /m);
    }
  });

  test("a line that is too long for any", async () => {
    const long = padded("long", 5000 * kib);
    const { code, stdout, stderr } = await printed(`${user("one", "Marketing Team")}\n${long}\n${user("two", "IT")}\n`);
    assert.deepEqual([code, stderr], [1, "error: cut.jsonl:2: the line is longer than 4194304 bytes\n"]);
    assert.match(stdout, /^2 users: /m);
  });

  test("more unreadable lines than are listed", async () => {
    const lines = Array.from({ length: 4000 }, (_, number) =>
      number % 7 === 0 ? `{ "id": "u${number}" }` : user("nobody", "x".repeat(number % 150)),
    );
    const { code, stderr } = await printed(lines.join("\n"));
    const errors = stderr.trimEnd().split("\n");
    assert.deepEqual([code, errors.length], [1, 101]);
    for (const [index, error] of errors.slice(0, 100).entries()) {
      assert.equal(error, `error: cut.jsonl:${index * 7 + 1}: user u${index * 7}: needs \`claims\` or \`groups\``);
    }
    assert.equal(errors[100], "error: cut.jsonl: 472 more lines could not be read");
  });

  test("of each thousand changes, those who lose the highest role first", async () => {
    const lines = Array.from({ length: 2500 }, (_, number) => user(`u${number}`, number % 3 ? "Marketing Team" : "IT"));
    const { stdout } = await printed(lines.join("\n"));
    const ids = [...stdout.matchAll(/^u(\d+) /gm)].map(([, number]) => Number(number));
    const batch = (start, end) => {
      const numbers = Array.from({ length: end - start }, (_, index) => start + index);
      return [...numbers.filter((number) => number % 3 === 0), ...numbers.filter((number) => number % 3 !== 0)];
    };
    assert.deepEqual(ids, [...batch(0, 1000), ...batch(1000, 2000), ...batch(2000, 2500)]);
  });
});

test("what is in UTF-16 is refused before any thread reads it", async () => {
  writeFileSync(join(folder, "utf-16.jsonl"), Buffer.from(`\ufeff${user("a", "IT")}`, "utf16le"));
  const { code, stdout, stderr } = await cli(["impact", ...sides, "--users", "utf-16.jsonl", "--threads", "2"]);
  assert.deepEqual([code, stdout], [2, ""]);
  assert.equal(stderr, "error: utf-16.jsonl: the users are written in UTF-16; write them in UTF-8\n");
});

test("a number of threads that is none is refused", async () => {
  for (const number of ["0", "-1", "1.5", "100", "two", ""]) {
    const { code, stderr } = await cli(["impact", ...sides, "--users", "users.jsonl", "--threads", number]);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^error: option '--threads <number>' argument '.*' is invalid\. It has to be a number from 1 to 99\.$/m,
    );
  }
});

describe("400,000 users in two threads", () => {
  const file = (count) => join(folder, `threads-${count}.jsonl`);

  before(async () => {
    for (const count of [100_000, 400_000])
      await pipeline(Readable.from(generatedUsers(count)), createWriteStream(file(count)));
  });

  test("take no more memory than 100,000", async (t) => {
    const memory = async (count) => {
      const env = { NODE_OPTIONS: `--import=${join(folder, "print-memory.mjs")}` };
      const { code, stdout, stderr } = await cli(["impact", ...sides, "--users", file(count), "--threads", "2"], {
        env,
      });
      assert.equal(code, 0);
      assert.equal(stdout.match(/^u\d+ loses: role end-user; groups sales, -crm$/gm).length, count / 10);
      assert.ok(stdout.includes(`\n${count.toLocaleString("en-GB")} users: `));
      return Math.max(...[...stderr.matchAll(/^maxRSS (\d+)$/gm)].map(([, size]) => Number(size))) / kib;
    };
    const [few, many] = [await memory(100_000), await memory(400_000)];
    t.diagnostic(`${Math.round(few)} MiB for 100,000 users, ${Math.round(many)} MiB for 400,000`);
    // The second file has 40 MiB more.
    assert.ok(many - few < 40, `${few} MiB and ${many} MiB`);
  });

  test("end when nobody reads on", async () => {
    const command = `idp-group-sync impact ${sides.join(" ")} --users threads-400000.jsonl --threads 2 | head -n 2`;
    const { code, stdout, stderr } = await shell(command, folder);
    assert.deepEqual([code, stdout.split("\n").length, stderr], [0, 3, ""]);
  });
});
