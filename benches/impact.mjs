// Known users, line by line, against a loop written by hand. `USERS=1000000 npm run bench -- impact` for more of them.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Impact } from "idp-group-sync";

const USERS = Number(process.env.USERS ?? 200_000);
const ROUNDS = 5;
const CHUNK = 256 * 1024;

const ENTRIES = 1000;
const sourceOf = (place) => `Sales Team ${place}`;
const targetOf = (place) => `sales-${place}`;

/** The entries that the change takes away touch one user in fifty. */
const before = Array.from({ length: ENTRIES }, (_, place) => [sourceOf(place), targetOf(place)]);
const after = before.slice(0, -3);
const catalog = {
  groups: before.map(([, name], place) => (place % 50 === 0 ? { name, requires: "builder" } : { name })),
};
const config = (entries) => ({
  mapping: entries.map(([source, target]) => `${source} -> ${target}`).join("\n"),
  claim: "groups",
  catalog,
});

/** A user of about 640 bytes, as an export of a realm has them. */
function line(number) {
  const places = Array.from({ length: 20 }, (_, index) => (number * 31 + index * 7) % (2 * ENTRIES));
  const user = {
    id: `00u${String(number).padStart(17, "0")}`,
    claims: {
      iss: "https://idp.example.com/realms/main",
      sub: `f:${number.toString(16).padStart(8, "0")}:user-${number}`,
      aud: "app",
      exp: 1_790_000_000 + number,
      email: `user-${number}@example.com`,
      email_verified: true,
      groups: places.map(sourceOf),
    },
    membership: {
      role: "end-user",
      groups: [31 * number, 31 * number + 7].map((place) => ({ name: targetOf(place % 900), grantedBy: "sync" })),
    },
  };
  return `${JSON.stringify(user)}\n`;
}

function writeUsers(file, count) {
  const handle = openSync(file, "w");
  for (let number = 0; number < count; number += 1000) {
    writeSync(
      handle,
      Array.from({ length: Math.min(1000, count - number) }, (_, index) => line(number + index)).join(""),
    );
  }
  closeSync(handle);
}

/** Gives the file piece by piece. Each piece is gone with the next one. */
function eachChunk(file, take) {
  const handle = openSync(file);
  const buffer = new Uint8Array(CHUNK);
  for (let read = readSync(handle, buffer); read > 0; read = readSync(handle, buffer)) take(buffer.subarray(0, read));
  closeSync(handle);
}

/** The lines of the file as texts. */
function eachLine(file, take) {
  const decoder = new TextDecoder();
  let rest = "";
  eachChunk(file, (chunk) => {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop();
    for (const text of lines) take(text);
  });
}

const contenders = {
  "`JSON.parse` alone": (file) => {
    let users = 0;
    eachLine(file, (text) => {
      users += JSON.parse(text).id.length > 0 ? 1 : 0;
    });
    return { users };
  },
  "By hand": (file) => {
    const sides = [new Map(before), new Map(after)];
    const requires = new Map(catalog.groups.map(({ name, requires }) => [name, requires]));
    const access = (targets, { claims, membership }) => {
      const groups = new Set();
      for (const name of claims.groups) {
        const target = targets.get(name) ?? (requires.has(name) ? name : undefined);
        if (target !== undefined) groups.add(target);
      }
      let role = "end-user";
      for (const group of groups) if (requires.get(group) === "builder") role = "builder";
      const join = [...groups].filter((group) => !membership.groups.some(({ name }) => name === group));
      return { role, groups, join };
    };
    const changed = [];
    const roles = { before: {}, after: {} };
    let users = 0;
    eachLine(file, (text) => {
      const user = JSON.parse(text);
      const [had, gets] = sides.map((targets) => access(targets, user));
      roles.before[had.role] = (roles.before[had.role] ?? 0) + 1;
      roles.after[gets.role] = (roles.after[gets.role] ?? 0) + 1;
      users += 1;
      const gained =
        [...gets.groups].some((group) => !had.groups.has(group)) || (had.role !== gets.role && gets.role === "builder");
      const lost =
        [...had.groups].some((group) => !gets.groups.has(group)) || (had.role !== gets.role && had.role === "builder");
      if (gained || lost) {
        const effect = gained && lost ? "changes" : gained ? "gains" : "loses";
        changed.push({ id: user.id, effect, before: [...had.groups], after: [...gets.groups] });
      }
    });
    return { users, changed: changed.length, builders: roles.after.builder };
  },
  Package: (file) => {
    const impact = new Impact(config(before), config(after));
    let changed = 0;
    eachChunk(file, (chunk) => {
      changed += impact.push(chunk).length;
    });
    const { summary } = impact.finish();
    assert.equal(summary.faultCount, 0);
    return { users: summary.users, changed, builders: summary.roles.builder.after };
  },
};

export function tables() {
  const folder = mkdtempSync(join(tmpdir(), "impact-"));
  try {
    return [speed(folder), memory(folder)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function speed(folder) {
  const file = join(folder, "users.jsonl");
  writeUsers(file, USERS);
  const results = Object.values(contenders).map((run) => run(file));
  assert.deepEqual(results[2], results[1]);
  const times = new Map(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, run] of Object.entries(contenders)) {
      const start = process.cpuUsage();
      run(file);
      const { user, system } = process.cpuUsage(start);
      times.get(name).push((user + system) / 1000);
    }
  }
  const rate = (name) => (USERS * 1000) / times.get(name).toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)];
  const rows = Object.keys(contenders).map((name) => [
    name,
    thousands(rate(name)),
    `${(rate(name) / rate("By hand")).toFixed(2)}×`,
  ]);
  return {
    heading: "Impact",
    note: `${USERS.toLocaleString("en-GB")} users of about 640 bytes, ${ENTRIES.toLocaleString("en-GB")} entries on both sides, on one core (the command line uses all ${availableParallelism()} of this machine). By hand, each line is parsed and its groups are looked up in Maps.`,
    head: ["", "Users a second", "Ratio"],
    rows,
  };
}

/** What a process takes at most: with ten times the users, the same. */
function memory(folder) {
  const rows = [USERS / 10, USERS].map((count) => {
    const file = join(folder, "users.jsonl");
    writeUsers(file, count);
    const peak = execFileSync(process.execPath, [fileURLToPath(import.meta.url), file], { encoding: "utf8" });
    return [count.toLocaleString("en-GB"), Math.round(Number(peak) / 1024).toLocaleString("en-GB")];
  });
  return { heading: "Memory of an impact", head: ["Users", "MiB of the process, at most"], rows };
}

function thousands(number) {
  return (Math.round(number / 1000) * 1000).toLocaleString("en-GB");
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv[2] !== undefined) {
  contenders.Package(process.argv[2]);
  console.log(process.resourceUsage().maxRSS);
}
