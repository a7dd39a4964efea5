import type { Command } from "commander";
import { diffMappings, type MappingChange } from "idp-group-sync";
import { accessChange, effectWords } from "../access.js";
import { configurationOf, readArgument, readParts } from "../configuration.js";
import { exitCodes, fine, problems } from "../exit.js";
import { addConfigurationOptions, addFormatOption, type CommonOptions } from "../options.js";
import { originsOfConfiguration, withOrigins } from "../origins.js";
import type { Output, Terminal } from "../terminal.js";
import { visible } from "../visible.js";

interface Options extends CommonOptions {
  exitCode?: true;
}

export function addDiff(program: Command, terminal: Terminal): void {
  const command = program
    .command("diff")
    .summary("show which IdP groups two mappings treat differently")
    .description(
      "Shows exactly which IdP groups and patterns come to something else under another mapping. The order of entries, " +
        "quotes and comments are no difference.",
    )
    .argument("<old>", "text of a mapping, or a configuration (a .json file); - is standard input")
    .argument("<new>", "the same, as it would be")
    .option("--exit-code", "exit with 1 if there are differences");
  addFormatOption(command, "the comparison");
  addConfigurationOptions(command, { mapping: false, claim: false })
    .addHelpText(
      "after",
      `
Examples:
  $ idp-group-sync diff mapping.txt new-mapping.txt --catalog catalog.json
  $ idp-group-sync diff old/group-sync.json new/group-sync.json
  $ git show main:mapping.txt | idp-group-sync diff - mapping.txt -c group-sync.json

${exitCodes("the mappings were compared", "a mapping has errors, or with --exit-code there are differences")}`,
    )
    .action((older: string, newer: string, options: Options) => diff(older, newer, options, terminal));
}

async function diff(older: string, newer: string, options: Options, { out }: Terminal): Promise<void> {
  const shared = await readParts(options);
  const before = configurationOf(await readArgument(older, "the old mapping", shared));
  const after = configurationOf(await readArgument(newer, "the new mapping", shared));
  const origins = [originsOfConfiguration(before, ["before"]), originsOfConfiguration(after, ["after"])];
  const difference = withOrigins(origins, () => diffMappings(before.config, after.config));
  if (options.format === "json") await out.print([JSON.stringify(difference, null, 2)]);
  else await out.print([...difference.changes.flatMap((change) => changeLines(change, out)), difference.summary]);
  process.exitCode = options.exitCode && difference.changes.length > 0 ? problems : fine;
}

function changeLines({ idpGroup, kind, before, after, effect }: MappingChange, out: Output): string[] {
  const { role, groups } = accessChange(before, after, out);
  const what = kind === "pattern" ? " (pattern)" : "";
  return [
    `${out.paint("strong", visible(idpGroup))}${what} ${effectWords(effect, out)}`,
    `    role    ${role}`,
    `    groups  ${groups}`,
    "",
  ];
}
