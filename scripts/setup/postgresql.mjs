// PostgreSQL's programs, for the tests of the login server: they start a server of their own, and never touch one that runs already.

import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { findProgram, Stop, say, succeeds } from "./command.mjs";

/** Finds or installs them, and hands their folder on to the tests as POSTGRESQL_BIN; or hands on the server that is to be used instead. */
export function requirePostgresql() {
  if (process.env.TEST_DATABASE_URL) return;
  if (!findPrograms()) installOnDebian();
  const found = findPrograms();
  if (!found) {
    throw new Stop(
      "the tests of the login server need PostgreSQL: install it, or name the folder of `initdb` and `postgres` in the " +
        "environment variable POSTGRESQL_BIN, or a server on which the tests may create databases in TEST_DATABASE_URL",
    );
  }
  process.env.POSTGRESQL_BIN = found;
}

function findPrograms() {
  const named = process.env.POSTGRESQL_BIN;
  if (named && !hasBoth(named)) {
    throw new Stop(
      `the environment variable POSTGRESQL_BIN names \`${named}\`, which has no \`initdb\` and \`postgres\``,
    );
  }
  const onPath = findProgram("initdb");
  const candidates = [named, onPath && dirname(onPath), ...usualFolders()];
  return candidates.find((folder) => folder && hasBoth(folder)) ?? null;
}

/** Debian keeps each version in a folder of its own, and Homebrew does; neither puts them on the path. The newest one first. */
function usualFolders() {
  const versions = (parent, pattern) => {
    if (!existsSync(parent)) return [];
    const numbered = readdirSync(parent).map((name) => ({ name, version: Number(name.match(pattern)?.[1] ?? -1) }));
    return numbered
      .filter(({ version }) => version >= 0)
      .sort((a, b) => b.version - a.version)
      .map(({ name }) => join(parent, name, "bin"));
  };
  return [
    ...versions("/usr/lib/postgresql", /^(\d+)$/),
    ...versions("/opt/homebrew/opt", /^postgresql@(\d+)$/),
    ...versions("/usr/local/opt", /^postgresql@(\d+)$/),
  ];
}

function hasBoth(folder) {
  return existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres"));
}

function installOnDebian() {
  if (!existsSync("/etc/debian_version") || process.getuid?.() !== 0) return;
  say("PostgreSQL is not there; installing it with `apt-get`");
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  succeeds("apt-get", ["update", "--quiet"], env);
  if (!succeeds("apt-get", ["install", "--yes", "--quiet", "--no-install-recommends", "postgresql"], env)) {
    throw new Stop("`apt-get install postgresql` failed; its message above says why");
  }
}
