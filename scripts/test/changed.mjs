// `npm test -- --changed`: which parts can notice what git says was changed. In doubt, one more.

import { output, Stop } from "../setup/command.mjs";

/** Quick, and true of every file. */
const always = ["repository", "format"];

const pages = ["types", "elements", "page", "admin", "site"];

/** Paths, and the parts that can notice a change there; the first line that fits counts, and where none does, all parts run. */
export const concerns = [
  [/^(CHANGELOG|CONTRIBUTING|SECURITY)\.md$/, []],
  [/^README\.md$/, ["docs", "site"]],
  [/^docs\/(images\/|performance\.md$)/, ["site"]],
  [/^docs\/(ci|releasing)\.md$/, ["package", "docs", "site"]],
  [/^(ci\/|action\.yml$)/, ["lint", "package"]],
  [/^(\.changeset\/|\.github\/|renovate\.json$|release-plz\.toml$|deny\.toml$|\.pre-commit-hooks\.yaml$)/, []],
  [/^docs\/integrations\//, ["docs", "site", "integrations"]],
  [/^docs\/backend\.md$/, ["native", "package", "docs", "site", "elements", "integrations", "rust-axum"]],
  [/^docs\//, ["native", "package", "docs", "site", "elements"]],
  [/^benches\//, ["lint"]],
  [/^examples\/(admin-repository\/|node-login\.mjs$)/, ["lint", "package", "docs", "site"]],
  [/^(\.dockerignore$|server\/Containerfile$|tests\/container\/)/, ["lint", "container"]],
  [/^server\/(README|API)\.md$/, ["lint", "server", "docs", "site"]],
  [/^server\//, ["lint", "server", "admin", "elements", "docs"]],
  [/^examples\/rust-axum\//, ["lint", "rust-axum", "site"]],
  [/^pkg-template\/(src\/cli\/|README\.md$)/, ["lint", "package", "docs"]],
  [/^pkg(-template)?\//, ["lint", "package", "stores", "model", "docs", "integrations", "server", ...pages]],
  [/^scripts\/(dev|start-preview|start-site|format)\.mjs$/, ["lint"]],
  [/^scripts\/checks\//, ["lint", "docs"]],
  [/^scripts\/release\//, ["lint", "package", "elements"]],
  [/^tests\/(admin|elements|model|page|site|stores|types)\//, (folder) => ["lint", folder]],
  [/^tests\/integrations\//, ["lint", "docs", "integrations", "rust-axum"]],
  [/^tests\/(docs|package)\//, ["lint", "package", "docs", "elements", "integrations"]],
  [/^tests\/(native\/|[^/]+\.rs$)/, ["lint", "native"]],
  [/^tests\/cases\//, ["native", "wasm-node", "wasm-chrome", "package", "docs"]],
  [/^www\/(preview\/bench\/|(preview|admin)\/screenshots\.mjs$)/, ["lint"]],
  // The settings that others embed are the admin page's own.
  [/^www\/admin\//, ["lint", "admin", "elements"]],
  [/^www\/site\//, ["lint", "site"]],
  [/^www\/preview\//, ["lint", "types", "page"]],
  [/^www\//, ["lint", ...pages]],
];

/**
 * The parts that a change of these files concerns.
 *
 * @param {string[]} files paths from the root of the repository
 * @param {string[]} all the names of all parts
 */
export function concerned(files, all) {
  return [...new Set([...always, ...files.flatMap((file) => partsOf(file) ?? all)])];
}

function partsOf(file) {
  const [pattern, parts] = concerns.find(([pattern]) => pattern.test(file)) ?? [];
  return typeof parts === "function" ? parts(file.match(pattern)[1]) : parts;
}

/** The files that differ from where this branch left `main`, those that are not committed among them. */
export function changedFiles(since = "main") {
  const base = output("git", ["merge-base", "HEAD", since])?.trim();
  if (!base)
    throw new Stop(`git knows nothing called \`${since}\`: name what to compare with as in \`--changed=HEAD~1\``);
  const lists = [
    ["diff", "--name-only", "--no-renames", base],
    ["ls-files", "--others", "--exclude-standard"],
  ].map((args) => output("git", args) ?? "");
  return [...new Set(lists.join("").split("\n").filter(Boolean))];
}
