// Chromium and its driver, for the tests that run in a browser.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram, output, Stop, say, succeeds } from "./command.mjs";
import { root } from "./place.mjs";

/** Finds or installs both, and hands their places on to the tests as CHROMIUM and CHROMEDRIVER. */
export function requireChromium() {
  if (!findBoth()) installOnDebian();
  const found = findBoth();
  if (!found) {
    throw new Stop(
      "the browser tests need Chromium and ChromeDriver: install both, " +
        "or name them in the environment variables CHROMIUM and CHROMEDRIVER",
    );
  }
  requireSameVersion(found);
  process.env.CHROMIUM = found.browser;
  process.env.CHROMEDRIVER = found.driver;
  process.env.WASM_BINDGEN_TEST_WEBDRIVER_JSON = writeCapabilities(found.browser);
}

function findBoth() {
  const browser = named("CHROMIUM") ?? findProgram("chromium", "chromium-browser", "google-chrome", "chrome");
  const driver = named("CHROMEDRIVER") ?? findProgram("chromedriver");
  return browser && driver ? { browser, driver } : null;
}

function named(variable) {
  const path = process.env[variable];
  if (!path) return null;
  if (!existsSync(path)) throw new Stop(`the environment variable ${variable} names \`${path}\`, which is not there`);
  return path;
}

function installOnDebian() {
  if (!existsSync("/etc/debian_version") || process.getuid?.() !== 0) return;
  say("Chromium or its driver is not there; installing both with `apt-get`");
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  succeeds("apt-get", ["update", "--quiet"], env);
  if (!succeeds("apt-get", ["install", "--yes", "--quiet", "chromium", "chromium-driver"], env)) {
    throw new Stop("`apt-get install chromium chromium-driver` failed; its message above says why");
  }
}

function requireSameVersion({ browser, driver }) {
  const [ours, theirs] = [browser, driver].map(
    (program) => output(program, ["--version"])?.match(/(\d+)\.\d+\.\d+/)?.[1],
  );
  if (!ours || !theirs)
    throw new Stop(`\`${ours ? driver : browser}\` does not start: it cannot even print its version`);
  if (ours !== theirs) {
    throw new Stop(`Chromium ${ours} and ChromeDriver ${theirs} do not fit together: install the same version of both`);
  }
}

/** webdriver.json, with the browser that was found: the driver on its own might pick another one. */
function writeCapabilities(browser) {
  const capabilities = JSON.parse(readFileSync(join(root, "webdriver.json"), "utf8"));
  capabilities["goog:chromeOptions"].binary = browser;
  const folder = join(root, "target");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "webdriver.json");
  writeFileSync(file, JSON.stringify(capabilities));
  return file;
}
