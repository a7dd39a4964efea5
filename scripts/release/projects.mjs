// Empty projects into which somebody installs what would be published: of npm, in several versions of Node, and of cargo.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root, toolsFolder } from "../setup/place.mjs";
import { NotRun, run } from "./outcomes.mjs";
import { npmPackages, tarballs } from "./pack.mjs";
import { checkFolder } from "./place.mjs";

/** Besides the Node that runs this: the oldest that is supported, and the newest of each later line. */
export const nodeVersions = ["20.19.0", "22.23.5", "24.22.3", "26.12.1"];

const project = join(checkFolder, "npm-project");

const decide = `const sync = new GroupSync({ mapping: "Sales Team -> sales", claim: "groups", catalog: { groups: [{ name: "sales" }] } });
console.log(sync.resolve({ groups: ["Sales Team"] }).groups.join());`;

/** Programs of the project, with what each prints. */
const programs = {
  "esm.mjs": [`import { GroupSync } from "idp-group-sync";\n${decide}`, "sales"],
  "common.cjs": [`const { GroupSync } = require("idp-group-sync");\n${decide}`, "sales"],
  "elements.mjs": [
    `import { GroupMappingEditor } from "idp-group-sync-elements";\nconsole.log(typeof GroupMappingEditor);`,
    "function",
  ],
};

/** npm fetches what the packages ask for, and nothing else. */
export function installNpm() {
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, "package.json"), `${JSON.stringify({ private: true })}\n`);
  for (const [file, [text]] of Object.entries(programs)) writeFileSync(join(project, file), text);
  writeFileSync(join(project, "mapping.txt"), "Sales Team -> sales\n");
  writeFileSync(join(project, "wrong.txt"), "Sales Team ->\n");
  const packed = Object.keys(npmPackages).map((folder) => tarballs[folder]);
  run("npm", ["install", "--ignore-scripts", "--no-audit", ...packed], { cwd: project });
}

/** Runs everything that is installed by one Node, whose folder comes first on the path. */
export function useWith(nodeFolder) {
  const env = { PATH: [nodeFolder, process.env.PATH].join(delimiter) };
  const inProject = (program, args) => run(program, args, { cwd: project, env }).trim();
  for (const [file, [, expected]] of Object.entries(programs)) {
    const printed = inProject(join(nodeFolder, "node"), [file]);
    if (printed !== expected) throw new Error(`${file} printed \`${printed}\` and not \`${expected}\``);
  }
  inProject("npx", ["--no-install", "idp-group-sync", "check", "mapping.txt"]);
  demandFault(() => inProject("npx", ["--no-install", "idp-group-sync", "check", "wrong.txt"]));
  return `import, require, the command line and the elements in Node ${inProject(join(nodeFolder, "node"), ["--version"])}`;
}

function demandFault(body) {
  try {
    body();
  } catch {
    return;
  }
  throw new Error("`idp-group-sync check` passes a mapping that is wrong");
}

/** The folder of a version of Node: npm has each system's in a package of its own. */
export function nodeFolder(version) {
  const system = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${system}-${process.arch}`;
  const folder = join(toolsFolder, "node", version);
  const binaries = join(folder, "node_modules", name, "bin");
  if (existsSync(binaries)) return binaries;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), `${JSON.stringify({ private: true })}\n`);
  try {
    run("npm", ["install", "--ignore-scripts", "--no-audit", `${name}@${version}`], { cwd: folder });
  } catch (error) {
    const reason = error.message.match(/^npm error (\d+ .*|network .*)$/m)?.[1] ?? error.message.split("\n")[0];
    throw new NotRun(`Node ${version} could not be installed from npm: ${reason}`);
  }
  return binaries;
}

/** A program that depends on the packed crate, and is the first example of its README. */
export function useCrate(unpacked) {
  const readme = readFileSync(join(unpacked, "README.md"), "utf8");
  const example = readme.match(/^```rust\n([\s\S]*?)^```$/m)?.[1];
  if (example === undefined) throw new Error("the crate's README has no example");
  const folder = join(checkFolder, "cargo-project");
  mkdirSync(join(folder, "src"), { recursive: true });
  const manifest = `[package]
name = "uses-idp-group-sync"
version = "0.0.0"
edition = "2024"

[workspace]

[dependencies]
idp-group-sync = { path = ${JSON.stringify(unpacked)} }
serde_json = "1"
`;
  writeFileSync(join(folder, "Cargo.toml"), manifest);
  writeFileSync(join(folder, "src", "main.rs"), programOf(example));
  run("cargo", ["run", "--quiet"], { cwd: folder, env: { CARGO_TARGET_DIR: join(root, "target", "release-project") } });
  return "the README's first example runs on the packed crate";
}

/** rustdoc hides lines that begin with `# `, and puts the whole into a function. */
export function programOf(example) {
  const lines = example
    .trimEnd()
    .split("\n")
    .map((line) => line.replace(/^# /, ""));
  const body = lines.map((line) => `    ${line}`.trimEnd()).join("\n");
  const error = body.match(/Ok::<\(\), (.+)>\(\(\)\)$/)?.[1];
  const type = error ? `Result<(), ${error}>` : "()";
  return `fn main() -> ${type} {\n${body}\n}\n`;
}
