import type { Command } from "commander";
import type { Guarantee, GuaranteeResult, Scenario, ScenarioResult } from "idp-group-sync";
import { type Configuration, configurationOf, readConfiguration, readParts } from "../configuration.js";
import { plural } from "../diagnostics.js";
import { exitCodes, fine, InputError, problems } from "../exit.js";
import { annotation } from "../github.js";
import { type JsonDocument, type Path, readJson } from "../json.js";
import { addConfigurationOptions, addFormatOption, type CommonOptions } from "../options.js";
import { originOfFile, originsOfConfiguration, placed, withOrigins } from "../origins.js";
import { isSettingsFile, scopesOf } from "../settings-file.js";
import type { Output, Terminal } from "../terminal.js";
import { matchLines } from "../trace.js";
import { visible } from "../visible.js";

export function addTest(program: Command, terminal: Terminal): void {
  const command = program
    .command("test")
    .summary("hold a mapping against expectations and guarantees")
    .description(
      "Holds a configuration against scenarios: who should get which role and which groups. Proves guarantees: what no token gives.",
    )
    .argument("<scenarios>", "JSON file with scenarios and guarantees; - is standard input");
  addFormatOption(command, "the results", { github: true });
  addConfigurationOptions(command)
    .addHelpText(
      "after",
      `
Scenarios:
  [{
    "name": "sales people",
    "groups": ["Sales Team"],
    "expect": { "role": "end-user", "groups": ["sales"], "outcome": "resolved" }
  }]
  In place of groups, a scenario may have the claims of a token. With a membership,
  role and groups are those after the login. Only what expect has is compared.

With guarantees:
  {
    "scenarios": [],
    "guarantees": [
      { "name": "IT makes admins", "only": { "role": "admin", "groups": ["IT-Admins"] } },
      { "name": "no guests", "never": { "group": "sales", "groups": ["Guests"] } }
    ]
  }
  only: nobody reaches the role or group without one of these IdP groups. never: nobody
  reaches it who has one of them. A higher role reaches a lower one.

A file of settings, as the admin page exports it, is held against itself: those of the
instance and of each workspace by what holds there, or with --workspace those of one.

Examples:
  $ idp-group-sync test scenarios.json --config group-sync.json
  $ idp-group-sync test settings.json
  $ idp-group-sync test scenarios.json --config group-sync.json --format github

${exitCodes("every scenario passed and every guarantee holds", "one did not, or the mapping has errors")}`,
    )
    .action((path: string, options: CommonOptions) => test(path, options, terminal));
}

async function test(path: string, options: CommonOptions, { out }: Terminal): Promise<void> {
  const document = await readJson(path, "the scenarios");
  const isSettings = isSettingsFile(document);
  const suites = isSettings ? await suitesOf(document, options) : [await suiteOf(document, options)];
  if (suites.every(({ scenarios, guarantees }) => isNone(scenarios.value) && isNone(guarantees.value))) {
    throw new InputError(`${visible(placed(document, []))}: there are no scenarios, so nothing is tested`);
  }
  const ran = [];
  for (const suite of suites) ran.push(await run(suite, document, out));
  const lines = ran.flatMap((each) => each.lines);
  const results = ran.flatMap((each) => each.results);
  const proofs = ran.flatMap((each) => each.proofs);
  const summary = [
    counted("scenario", results, ({ passed }) => passed, "passed", out),
    counted("guarantee", proofs, ({ verdict }) => verdict === "holds", "hold", out),
  ].flat();

  if (options.format === "json") {
    const all = ran.map(({ results: scenarios, proofs: guarantees }, index) =>
      isSettings ? { workspace: suites[index]?.workspace, scenarios, guarantees } : { scenarios, guarantees },
    );
    const isList = Array.isArray(document.value);
    await out.print([JSON.stringify(isSettings ? all : isList ? results : all[0], null, 2)]);
  } else if (options.format === "github") {
    const annotations = lines.flatMap(({ name, problem, at }) => {
      if (problem === undefined) return [];
      const { line, column } = document.placeOf(at);
      return [annotation("error", { file: document.source.file, line, col: column }, visible(name), problem)];
    });
    await out.print([...annotations, ...summary]);
  } else {
    const shown = lines.flatMap(({ name, problem, details, at }) =>
      problem === undefined
        ? [`${out.paint("good", "ok")}    ${visible(name)}`, ...details]
        : [
            `${out.paint("bad", "FAIL")}  ${out.paint("strong", visible(name))} (${visible(placed(document, at))})`,
            ...details,
          ],
    );
    await out.print([...shown, "", ...summary]);
  }
  process.exitCode = lines.some(({ problem }) => problem !== undefined) ? problems : fine;
}

/** Expectations, where in the file they stand, and what they are held against. */
interface Suite {
  /** The workspace of a file of settings. */
  workspace: string | null;
  scenarios: { value: unknown; at: Path };
  guarantees: { value: unknown; at: Path };
  configuration: Configuration;
}

/** A list is one of scenarios. */
async function suiteOf(document: JsonDocument, options: CommonOptions): Promise<Suite> {
  const { value } = document;
  const isList = typeof value !== "object" || value === null || Array.isArray(value);
  const fields: Record<string, unknown> = isList ? { scenarios: value } : (value as Record<string, unknown>);
  const unknown = Object.keys(fields).find((name) => name !== "scenarios" && name !== "guarantees");
  if (unknown !== undefined) {
    const place = visible(placed(document, [unknown]));
    throw new InputError(`${place}: there is no such field; expected \`scenarios\` or \`guarantees\``);
  }
  const { scenarios = [], guarantees = [] } = fields;
  return {
    workspace: null,
    scenarios: { value: scenarios, at: isList ? [] : ["scenarios"] },
    guarantees: { value: guarantees, at: ["guarantees"] },
    configuration: await readConfiguration(options),
  };
}

/** Those of a file of settings are held against what holds for each. */
async function suitesOf(document: JsonDocument, options: CommonOptions): Promise<Suite[]> {
  if (options.config !== undefined) {
    const message = "the file of settings is a configuration itself; leave `--config` out";
    throw new InputError(visible(`${document.source.name}: ${message}`));
  }
  const given = await readParts(options);
  const scopes = (await scopesOf(document, options.workspace)).filter(
    ({ expectations: { scenarios, guarantees } }) => scenarios.length + guarantees.length > 0,
  );
  return scopes.map(({ workspace, parts, expectations, at }) => ({
    workspace,
    scenarios: { value: expectations.scenarios, at: [...at, "scenarios"] },
    guarantees: { value: expectations.guarantees, at: [...at, "guarantees"] },
    configuration: configurationOf({ ...parts, ...given }),
  }));
}

const isNone = (list: unknown) => Array.isArray(list) && list.length === 0;

async function run({ workspace, scenarios, guarantees, configuration }: Suite, document: JsonDocument, out: Output) {
  const origins = [
    originsOfConfiguration(configuration, ["config"]),
    originOfFile(document, ["scenarios"], scenarios.at),
    originOfFile(document, ["guarantees"], guarantees.at),
  ];
  const { results, proofs } = await withOrigins(origins, ({ proveGuarantees, runScenarios }) => ({
    results: runScenarios(configuration.config, scenarios.value as Scenario[]),
    proofs: proveGuarantees(configuration.config, guarantees.value as Guarantee[]),
  }));
  const lines: Line[] = [
    ...results.map((result, index) => scenarioLine(result, [...scenarios.at, index], configuration, out)),
    ...proofs.map((result, index) => guaranteeLine(result, [...guarantees.at, index], out)),
  ];
  if (workspace !== null) for (const line of lines) line.name = `${workspace}: ${line.name}`;
  return { results, proofs, lines };
}

/** How one scenario or guarantee came out. */
interface Line {
  name: string;
  /** Without anything that cannot be seen; nothing where all is well. */
  problem: string | undefined;
  details: string[];
  at: Path;
}

function scenarioLine(
  { name, passed, differences, resolution }: ScenarioResult,
  at: Path,
  { mapping }: Configuration,
  out: Output,
): Line {
  const details = [
    ...differences.map((difference) => `        ${visible(difference)}`),
    ...matchLines(resolution, mapping, out).map((line) => `      | ${line}`),
  ];
  return passed
    ? { name, problem: undefined, details: [], at }
    : { name, problem: differences.map(visible).join("\n"), details, at };
}

function guaranteeLine({ name, verdict, counterexample, unnamed }: GuaranteeResult, at: Path, out: Output): Line {
  const notes = unnamed.map((group) => `        ${out.paint("faint", `nothing names \`${visible(group)}\``)}`);
  if (verdict === "holds") return { name, problem: undefined, details: notes, at };
  const problem = visible(counterexample?.text ?? "it is unknown whether it holds, as telling would take too long");
  return { name, problem, details: [`        ${problem}`, ...notes], at };
}

function counted<Result>(
  noun: string,
  results: Result[],
  isFine: (result: Result) => boolean,
  verb: string,
  out: Output,
): string[] {
  if (results.length === 0) return [];
  const failed = results.filter((result) => !isFine(result)).length;
  const good = out.paint("good", `${results.length - failed} ${verb}`);
  return [`${plural(results.length, noun)}: ${good}, ${out.paint(failed > 0 ? "bad" : "faint", `${failed} failed`)}`];
}
