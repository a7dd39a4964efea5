import type { Command } from "commander";
import type { Guarantee, GuaranteeResult, Scenario, ScenarioResult } from "idp-group-sync";
import { type Configuration, configurationOf, readConfiguration, readParts } from "../configuration.js";
import type { DataDocument, Path } from "../data-document.js";
import { plural } from "../diagnostics.js";
import { readDocument } from "../documents.js";
import { exitCodes, fine, InputError, problems } from "../exit.js";
import { expectations, filesOf } from "../files.js";
import { addConfigurationOptions, addFormatOption, type CommonOptions } from "../options.js";
import { originOfFile, originsOfConfiguration, placed, withOrigins } from "../origins.js";
import { type Case, isReport, printReport, reportFormats } from "../output/report.js";
import { isSettingsFile, readSettings, scopesOf } from "../settings-file.js";
import type { Output, Terminal } from "../terminal.js";
import { matchLines } from "../trace.js";
import { visible } from "../visible.js";

export function addTest(program: Command, terminal: Terminal): void {
  const command = program
    .command("test")
    .summary("hold a mapping against scenarios and guarantees")
    .description(
      "Holds a configuration against scenarios: who should get which role and which groups. Proves guarantees: what no token gives.",
    )
    .argument("[expectations...]", "files with scenarios and guarantees, or settings; folders; - is standard input");
  addFormatOption(command, "the results", reportFormats);
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

Of a folder, these are read at any depth:
  ${expectations.names.replaceAll("`", "")}

Examples:
  $ idp-group-sync test scenarios.json --config group-sync.json
  $ idp-group-sync test --settings settings.json --workspace lab
  $ idp-group-sync test scenarios.json --config group-sync.json --format github

${exitCodes("every scenario passed and every guarantee holds", "one did not, or the mapping has errors")}`,
    )
    .action((paths: string[], options: CommonOptions) => test(paths, options, terminal));
}

async function test(paths: string[], options: CommonOptions, { out }: Terminal): Promise<void> {
  const given = await suitesOfAll(paths, options);
  const suites = given.flatMap((file) => file.suites);
  if (suites.every(({ scenarios, guarantees }) => isNone(scenarios.value) && isNone(guarantees.value))) {
    const names = given.map(({ document }) => placed(document, [])).join(" and ");
    throw new InputError(`${visible(names)}: there are no scenarios, so nothing is tested`);
  }
  const ran: (Suite & Ran)[] = [];
  for (const suite of suites) ran.push({ ...suite, ...(await run(suite, out)) });
  const summary = [
    counted(
      "scenario",
      ran.flatMap(({ results }) => results),
      ({ passed }) => passed,
      "passed",
      out,
    ),
    counted(
      "guarantee",
      ran.flatMap(({ proofs }) => proofs),
      ({ verdict }) => verdict === "holds",
      "hold",
      out,
    ),
  ].flat();

  if (options.format === "json") {
    await out.print([JSON.stringify(asJson(given.length, ran), null, 2)]);
  } else if (isReport(options.format)) {
    const reported = ran.map(({ document, lines }) => ({
      name: visible(document.source.name),
      file: document.source.file,
      cases: lines.map((line) => caseOf(line, document)),
    }));
    await printReport(options.format, reported, out, summary);
  } else {
    const shown = ran.flatMap(({ document, lines }) =>
      lines.flatMap(({ name, problem, details, at }) =>
        problem === undefined
          ? [`${out.paint("good", "ok")}    ${visible(name)}`, ...details]
          : [
              `${out.paint("bad", "FAIL")}  ${out.paint("strong", visible(name))} (${visible(placed(document, at))})`,
              ...details,
            ],
      ),
    );
    await out.print([...shown, "", ...summary]);
  }
  const failed = ran.some(({ lines }) => lines.some(({ problem }) => problem !== undefined));
  process.exitCode = failed ? problems : fine;
}

/** Of one file, what it holds decides the shape: a list of scenarios, an object, or settings. */
function asJson(files: number, ran: (Suite & Ran)[]): unknown {
  const [only] = ran;
  const all = ran.map(({ document, workspace, results: scenarios, proofs: guarantees }) => ({
    ...(files > 1 && { file: document.source.file ?? null }),
    workspace,
    scenarios,
    guarantees,
  }));
  if (files > 1 || only === undefined || isSettingsFile(only.document)) return all;
  if (Array.isArray(only.document.value)) return only.results;
  return { scenarios: only.results, guarantees: only.proofs };
}

function caseOf({ name, kind, problem, at }: Line, document: DataDocument): Case {
  const title = visible(name);
  if (problem === undefined) return { name: title, findings: [] };
  const { line, column } = document.placeOf(at);
  const place = { file: document.source.file, line, col: column };
  return { name: title, findings: [{ severity: "error", code: kind, title, message: problem, place, fails: true }] };
}

/** What the arguments hold; without one, what the file of `--settings` expects of itself. */
async function suitesOfAll(
  paths: string[],
  options: CommonOptions,
): Promise<{ document: DataDocument; suites: Suite[] }[]> {
  const { settings } = options;
  if (paths.length === 0) {
    if (settings === undefined) throw new InputError("there is nothing to test: give a file of scenarios or settings");
    const document = await readSettings(settings);
    return [{ document, suites: await suitesOf(document, { ...options, settings: undefined }) }];
  }
  const files = await filesOf(paths, expectations, "the scenarios");
  const given: { document: DataDocument; suites: Suite[] }[] = [];
  for (const path of files) {
    const document = await readDocument(path, "the scenarios");
    if (!isSettingsFile(document)) given.push({ document, suites: [await suiteOf(document, options)] });
    else {
      // Beside other files, the configuration is theirs.
      if (files.length === 1) refuseTwice(document, options);
      const own = { ...options, config: undefined, settings: undefined };
      given.push({ document, suites: await suitesOf(document, own) });
    }
  }
  return given;
}

/** Expectations, where in the file they stand, and what they are held against. */
interface Suite {
  document: DataDocument;
  /** The workspace of a file of settings. */
  workspace: string | null;
  scenarios: { value: unknown; at: Path };
  guarantees: { value: unknown; at: Path };
  configuration: Configuration;
}

/** A list is one of scenarios. */
async function suiteOf(document: DataDocument, options: CommonOptions): Promise<Suite> {
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
    document,
    workspace: null,
    scenarios: { value: scenarios, at: isList ? [] : ["scenarios"] },
    guarantees: { value: guarantees, at: ["guarantees"] },
    configuration: await readConfiguration(options),
  };
}

function refuseTwice({ source }: DataDocument, { config, settings }: CommonOptions): void {
  const twice = config !== undefined ? "--config" : settings !== undefined ? "--settings" : undefined;
  if (twice === undefined) return;
  const message = `the file of settings is a configuration itself; leave \`${twice}\` out`;
  throw new InputError(visible(`${source.name}: ${message}`));
}

/** Those of a file of settings are held against what holds for each. */
async function suitesOf(document: DataDocument, options: CommonOptions): Promise<Suite[]> {
  const given = await readParts(options);
  const scopes = (await scopesOf(document, options.workspace)).filter(
    ({ expectations: { scenarios, guarantees } }) => scenarios.length + guarantees.length > 0,
  );
  return scopes.map(({ workspace, parts, expectations: expected, at }) => ({
    document,
    workspace,
    scenarios: { value: expected.scenarios, at: [...at, "scenarios"] },
    guarantees: { value: expected.guarantees, at: [...at, "guarantees"] },
    configuration: configurationOf({ ...parts, ...given }),
  }));
}

const isNone = (list: unknown) => Array.isArray(list) && list.length === 0;

/** How a suite came out. */
interface Ran {
  results: ScenarioResult[];
  proofs: GuaranteeResult[];
  lines: Line[];
}

async function run({ document, workspace, scenarios, guarantees, configuration }: Suite, out: Output): Promise<Ran> {
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
  kind: "scenario" | "guarantee";
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
    ? { name, kind: "scenario", problem: undefined, details: [], at }
    : { name, kind: "scenario", problem: differences.map(visible).join("\n"), details, at };
}

function guaranteeLine({ name, verdict, counterexample, unnamed }: GuaranteeResult, at: Path, out: Output): Line {
  const notes = unnamed.map((group) => `        ${out.paint("faint", `nothing names \`${visible(group)}\``)}`);
  if (verdict === "holds") return { name, kind: "guarantee", problem: undefined, details: notes, at };
  const problem = visible(counterexample?.text ?? "it is unknown whether it holds, as telling would take too long");
  return { name, kind: "guarantee", problem, details: [`        ${problem}`, ...notes], at };
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
