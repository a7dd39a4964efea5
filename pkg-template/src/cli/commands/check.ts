import type { Command } from "commander";
import type { Diagnostic, Policy } from "idp-group-sync";
import { catalogOf, mappingOf, originsOf, readArgument, readParts } from "../configuration.js";
import { counted, humanDiagnostics, plural } from "../diagnostics.js";
import { exitCodes, fine, InputError, problems } from "../exit.js";
import { diagnosticAnnotation } from "../github.js";
import { addIdpGroupsOption, type IdpGroupsOption, readIdpGroups } from "../idp-groups.js";
import { addConfigurationOptions, addFormatOption, type CommonOptions } from "../options.js";
import { type Origins, originOfFile, withOrigins } from "../origins.js";
import type { Terminal } from "../terminal.js";
import { visible } from "../visible.js";

interface Options extends CommonOptions, IdpGroupsOption {
  denyWarnings?: true;
}

export function addCheck(program: Command, terminal: Terminal): void {
  const command = program
    .command("check")
    .summary("find what is wrong or doubtful in a mapping")
    .description(
      "Finds everything that is wrong or doubtful in a mapping, given the roles and groups of the application, and shows " +
        "how to mend it. Without a catalog, it checks the syntax alone.",
    )
    .argument("[mapping]", "text of the mapping, or a configuration (a .json file); - is standard input")
    .option("--deny-warnings", "exit with 1 for warnings too");
  addIdpGroupsOption(command, "a source that is none of them is told");
  addFormatOption(command, "the list of diagnostics", { github: true });
  addConfigurationOptions(command, { claim: false })
    .addHelpText(
      "after",
      `
Examples:
  $ idp-group-sync check mapping.txt --catalog catalog.json
  $ idp-group-sync check mapping.txt
  $ idp-group-sync check group-sync.json --deny-warnings
  $ git show main:mapping.txt | idp-group-sync check - --catalog catalog.json

${exitCodes("the mapping has no errors", "it has errors, or with --deny-warnings errors or warnings")}`,
    )
    .action((path: string | undefined, options: Options) => check(path, options, terminal));
}

async function check(path: string | undefined, options: Options, { out, err }: Terminal): Promise<void> {
  if (path !== undefined && options.mapping !== undefined) {
    throw new InputError("the mapping is given twice, as an argument and as `--mapping`; give one of them");
  }
  const given = await readParts(options);
  const parts = path === undefined ? given : await readArgument(path, "the mapping", given);
  const mapping = mappingOf(parts);
  const known = await readIdpGroups(options);
  const origins: Origins[] = [{ values: originsOf(parts), mappings: [] }];
  if (known !== undefined) origins.push(originOfFile(known.document, ["idpGroups"]));
  const parsed = await withOrigins([], ({ parseMapping }) => parseMapping(mapping.text));
  const diagnostics =
    parts.catalog === undefined
      ? parsed.diagnostics
      : await withOrigins(origins, ({ checkMapping }) =>
          checkMapping(mapping.text, catalogOf(parts), parts.policy?.value as Policy | undefined, known?.groups),
        );
  const count = plural(parsed.entries.length, "entry", "entries");
  const summary = `${visible(mapping.name)}: ${count}; ${counted(diagnostics, out)}`;
  if (parts.catalog === undefined) {
    await err.print(["note: without a catalog, only the syntax was checked; `--catalog FILE` checks the names too"]);
  }

  if (options.format === "json") await out.print([JSON.stringify(diagnostics, null, 2)]);
  else {
    const lines =
      options.format === "human"
        ? humanDiagnostics(diagnostics, mapping, out)
        : diagnostics.map((diagnostic) => diagnosticAnnotation(diagnostic, mapping));
    await out.print([...lines, summary]);
  }
  process.exitCode = fails(diagnostics, options) ? problems : fine;
}

function fails(diagnostics: Diagnostic[], { denyWarnings }: Options): boolean {
  return diagnostics.some(({ severity }) => severity === "error" || (denyWarnings === true && severity === "warning"));
}
