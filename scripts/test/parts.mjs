// The parts of `npm test`: what each needs on the machine, what it comes after, and which commands it runs. They start in this
// order, two at a time, so those that take longest come as soon as they can.

import { join } from "node:path";
import { cargoTests, checkedFiles, releaseChecks } from "./counts.mjs";
import { databaseTests, nodeTests, serverTests } from "./node-tests.mjs";

const otherCrates = ["idp-group-sync-wasm", "embedding"].flatMap((name) => ["--package", name]);
const wasmTarget = ["--target", "wasm32-unknown-unknown"];

const rustAxum = ["--locked", "--profile", "quick", "--package", "rust-axum"];

const wasmTests = ["wasm", "--locked", "--lib"];

// A browser on a busy machine can take longer than the runner's defaults of 5 and 20 seconds.
const patience = { WASM_BINDGEN_TEST_DRIVER_TIMEOUT: "60", WASM_BINDGEN_TEST_TIMEOUT: "300" };

const integrations = join("tests", "integrations");
const installIntegrations = { command: process.execPath, args: [join(integrations, "support", "install.mjs")] };
const slow = /\.slow\.test\.mjs$/;

/** Those with `byName` run where they are named, and not with all the others. */
export const parts = [
  {
    name: "repository",
    about: "what holds for every tracked file, and the scripts' own tests",
    needs: ["packages"],
    steps: [nodeTests("scripts")],
  },
  {
    name: "format",
    about: "rustfmt and biome would change nothing",
    needs: ["packages", "rust", "linters"],
    steps: [
      { command: "cargo", args: ["fmt", "--all", "--check"] },
      { command: "biome", args: ["check", "--linter-enabled=false"], count: checkedFiles },
    ],
  },
  {
    name: "build",
    about: "the npm package, into pkg/",
    needs: ["packages", "rust", "wasm-target", "wasm-tools"],
    compiles: true,
    steps: [{ command: process.execPath, args: [join("scripts", "build.mjs")] }],
  },
  {
    name: "lint",
    about: "clippy for both targets and biome, where a warning is an error",
    needs: ["packages", "rust", "linters", "wasm-target"],
    steps: [
      { command: "cargo", args: ["clippy", "--locked", "--all-features", "--all-targets", "--", "-D", "warnings"] },
      {
        command: "cargo",
        args: ["clippy", "--locked", "--all-targets", ...otherCrates, ...wasmTarget, "--", "-D", "warnings"],
      },
      { command: "biome", args: ["lint", "--error-on-warnings"], count: checkedFiles },
    ],
  },
  {
    name: "rustdoc",
    about: "the crate's documentation, where a warning is an error",
    needs: ["rust"],
    steps: [
      {
        command: "cargo",
        args: ["doc", "--locked", "--all-features", "--no-deps"],
        env: { RUSTDOCFLAGS: "-D warnings" },
      },
    ],
  },
  {
    name: "native",
    about: "the engine in Rust: unit tests, cases, properties and documentation examples",
    needs: ["rust"],
    steps: [{ command: "cargo", args: ["test", "--locked", "--all-features"], count: cargoTests }],
  },
  {
    name: "wasm-node",
    about: "the engine as WebAssembly in Node",
    needs: ["rust", "wasm-target", "wasm-tools"],
    steps: [
      {
        command: "wasm-pack",
        args: ["test", "--node", "--mode", "no-install", ...wasmTests],
        env: patience,
        count: cargoTests,
      },
    ],
  },
  {
    name: "wasm-chrome",
    about: "the engine as WebAssembly in headless Chrome",
    needs: ["rust", "wasm-target", "wasm-tools", "chromium"],
    steps: [
      {
        command: "wasm-pack",
        // Which driver and which browser: set-up puts them into the environment of every step.
        args: () => [
          ...["test", "--headless", "--chrome", "--chromedriver", process.env.CHROMEDRIVER],
          ...["--mode", "no-install", ...wasmTests],
        ],
        // A test program runs in a browser if it is configured for nothing else.
        env: { ...patience, WASM_BINDGEN_USE_BROWSER: "1" },
        count: cargoTests,
      },
    ],
  },
  {
    name: "server",
    about:
      "the login server with both databases: in Chromium, many logins at once, killed, and with everything around it failing",
    needs: ["packages", "chromium", "postgresql"],
    after: ["build"],
    steps: databaseTests("server"),
  },
  {
    name: "admin",
    about: "the admin page, in Chromium, on the login server and as the static demonstration",
    needs: ["packages", "chromium"],
    after: ["build"],
    steps: [{ command: "tsc", args: ["--noEmit", "--project", join("www", "admin")] }, nodeTests("tests/admin")],
  },
  {
    name: "page",
    about: "the page, in Chromium",
    needs: ["packages", "chromium"],
    after: ["build"],
    steps: [nodeTests("tests/page")],
  },
  {
    name: "package",
    about: "the packed package, installed into every kind of project, and the crate in a foreign module",
    needs: ["packages", "rust", "wasm-target", "chromium"],
    after: ["build"],
    steps: [nodeTests("tests/package")],
  },
  {
    name: "elements",
    about:
      "the package of the custom elements: packed, in a bare page, and in applications with React, Vue, Svelte and Angular",
    needs: ["packages", "rust", "wasm-target", "wasm-tools", "chromium"],
    after: ["build"],
    steps: [
      { command: process.execPath, args: [join("scripts", "build-elements.mjs")] },
      nodeTests(join("tests", "elements")),
    ],
  },
  {
    name: "docs",
    about: "the examples of the guides, run against the packed package",
    needs: ["packages"],
    after: ["build"],
    steps: [nodeTests("tests/docs")],
  },
  {
    name: "site",
    about: "the documentation as a site: every link and anchor, and its pages in Chromium",
    needs: ["packages", "chromium"],
    after: ["build"],
    steps: [{ command: "tsc", args: ["--noEmit", "--project", join("www", "site")] }, nodeTests("tests/site")],
  },
  {
    name: "integrations",
    about: "the applications of docs/integrations with the packed package: people sign in, and their groups change",
    needs: ["packages"],
    after: ["build"],
    steps: [installIntegrations, nodeTests(integrations, { without: slow })],
  },
  {
    name: "integrations-all",
    about: "the same, and those that take longer",
    byName: true,
    needs: ["packages"],
    after: ["build"],
    steps: [installIntegrations, nodeTests(integrations)],
  },
  {
    name: "stores",
    about: "every store against what a store guarantees, with PostgreSQL, and stores that are broken on purpose",
    needs: ["packages", "postgresql"],
    after: ["build"],
    steps: [serverTests(join("tests", "stores"), { without: slow })],
  },
  {
    name: "stores-all",
    about: "the same, and the store for Prisma, whose packages are large",
    byName: true,
    needs: ["packages", "postgresql"],
    after: ["build"],
    steps: [serverTests(join("tests", "stores"))],
  },
  {
    name: "spark",
    about: "examples/spark by PySpark with two executor threads, against one process; its packages are large",
    byName: true,
    needs: ["packages"],
    after: ["build"],
    steps: [
      { command: process.execPath, args: [join("tests", "spark", "support", "install.mjs")] },
      nodeTests(join("tests", "spark")),
    ],
  },
  {
    name: "release",
    about:
      "everything of a release but the upload, the hooks with pre-commit from PyPI, and the completions with zsh and fish",
    byName: true,
    needs: ["packages", "rust", "wasm-target", "wasm-tools"],
    after: ["build"],
    steps: [
      { command: process.execPath, args: [join("scripts", "release", "dry.mjs")], count: releaseChecks },
      { command: process.execPath, args: [join("tests", "release", "support", "install.mjs")] },
      nodeTests(join("tests", "release")),
    ],
  },
  {
    name: "container",
    about: "the container of the login server, built by Podman or Docker, and run with both databases",
    byName: true,
    needs: ["packages", "postgresql"],
    after: ["build"],
    steps: [serverTests(join("tests", "container"))],
  },
  {
    name: "rust-axum",
    about: "the example in Rust, with PostgreSQL: people sign in, two owners at once, and one whom the policy refuses",
    needs: ["packages", "rust", "linters", "postgresql"],
    steps: [
      { command: "cargo", args: ["clippy", ...rustAxum, "--all-targets", "--", "-D", "warnings"] },
      { command: "cargo", args: ["build", ...rustAxum] },
      serverTests(join("examples", "rust-axum")),
    ],
  },
  {
    name: "model",
    about: "the built package against a naive model of the guides, on random cases",
    needs: ["packages"],
    after: ["build"],
    steps: [nodeTests("tests/model"), { command: "tsc", args: ["--noEmit", "--project", join("tests", "model")] }],
  },
  {
    name: "types",
    about: "the package's declarations, and the page's use of them",
    needs: ["packages"],
    after: ["build"],
    steps: [nodeTests("tests/types"), { command: "tsc", args: ["--noEmit", "--project", join("www", "preview")] }],
  },
];
