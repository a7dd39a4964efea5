import type { Command } from "commander";
import type { Scenario, ScenarioResult } from "idp-group-sync";
import { type Configuration, configurationOf, readParts } from "../configuration.js";
import { plural } from "../diagnostics.js";
import { exitCodes, fine, InputError, problems } from "../exit.js";
import { annotation } from "../github.js";
import { type JsonDocument, readJson } from "../json.js";
import { addConfigurationOptions, addFormatOption, type CommonOptions } from "../options.js";
import { originOfFile, originsOfConfiguration, placed, withOrigins } from "../origins.js";
import type { Output, Terminal } from "../terminal.js";
import { matchLines } from "../trace.js";
import { visible } from "../visible.js";

export function addTest(program: Command, terminal: Terminal): void {
  const command = program
    .command("test")
    .summary("hold a mapping against expectations")
    .description("Holds a configuration against scenarios: who should get which role and which groups.")
    .argument("<scenarios>", "JSON file with a list of scenarios; - is standard input");
  addFormatOption(command, "the list of results", { github: true });
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

Examples:
  $ idp-group-sync test scenarios.json --config group-sync.json
  $ idp-group-sync test scenarios.json --config group-sync.json --format github

${exitCodes("every scenario passed", "a scenario failed, or the mapping has errors")}`,
    )
    .action((path: string, options: CommonOptions) => test(path, options, terminal));
}

async function test(path: string, options: CommonOptions, { out }: Terminal): Promise<void> {
  const scenarios = await readJson(path, "the scenarios");
  if (Array.isArray(scenarios.value) && scenarios.value.length === 0) {
    throw new InputError(`${visible(placed(scenarios, []))}: there are no scenarios, so nothing is tested`);
  }
  const configuration = configurationOf(await readParts(options));
  const origins = [originsOfConfiguration(configuration, ["config"]), originOfFile(scenarios, ["scenarios"])];
  const results = await withOrigins(origins, ({ runScenarios }) =>
    runScenarios(configuration.config, scenarios.value as Scenario[]),
  );
  const failed = results.filter(({ passed }) => !passed).length;
  const passed = out.paint("good", `${results.length - failed} passed`);
  const summary = `${plural(results.length, "scenario")}: ${passed}, ${out.paint(failed > 0 ? "bad" : "faint", `${failed} failed`)}`;

  if (options.format === "json") await out.print([JSON.stringify(results, null, 2)]);
  else if (options.format === "github") await out.print([...annotations(results, scenarios), summary]);
  else {
    const lines = results.flatMap((result, index) => resultLines(result, index, scenarios, configuration, out));
    await out.print([...lines, "", summary]);
  }
  process.exitCode = failed > 0 ? problems : fine;
}

function resultLines(
  { name, passed, differences, resolution }: ScenarioResult,
  index: number,
  scenarios: JsonDocument,
  { mapping }: Configuration,
  out: Output,
): string[] {
  if (passed) return [`${out.paint("good", "ok")}    ${visible(name)}`];
  return [
    `${out.paint("bad", "FAIL")}  ${out.paint("strong", visible(name))} (${visible(placed(scenarios, [index]))})`,
    ...differences.map((difference) => `        ${visible(difference)}`),
    ...matchLines(resolution, mapping, out).map((line) => `      | ${line}`),
  ];
}

function annotations(results: ScenarioResult[], scenarios: JsonDocument): string[] {
  return results.flatMap(({ name, passed, differences }, index) => {
    if (passed) return [];
    const { line, column } = scenarios.placeOf([index]);
    const place = { file: scenarios.source.file, line, col: column };
    return [annotation("error", place, visible(name), differences.map(visible).join("\n"))];
  });
}
