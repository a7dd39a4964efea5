import type { Command } from "commander";
import type { Diagnostic, Policy } from "idp-group-sync";
import {
  catalogOf,
  type MappingText,
  mappingOf,
  originsOf,
  type Parts,
  partsOfMapping,
  readMapping,
  readParts,
} from "../configuration.js";
import { counted, humanDiagnostics, plural } from "../diagnostics.js";
import { exitCodes, fine, InputError, problems } from "../exit.js";
import { diagnosticAnnotation } from "../github.js";
import { addIdpGroupsOption, type IdpGroupsOption, type KnownGroups, readIdpGroups } from "../idp-groups.js";
import { JsonDocument } from "../json.js";
import { addConfigurationOptions, addFormatOption, type CommonOptions } from "../options.js";
import { type Origins, originOfFile, withOrigins } from "../origins.js";
import { isSettingsFile, scopesOf } from "../settings-file.js";
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
  const known = await readIdpGroups(options);
  const checked: Checked[] = [];
  for (const { workspace, parts } of await textsOf(path, given, options)) {
    const diagnostics = await diagnosticsOf(parts, known);
    checked.push({ workspace, mapping: mappingOf(parts), ...diagnostics });
  }
  if (given.catalog === undefined && checked.every(({ isWhole }) => !isWhole)) {
    await err.print(["note: without a catalog, only the syntax was checked; `--catalog FILE` checks the names too"]);
  }

  if (options.format === "json") {
    const [only] = checked;
    const all = checked.map(({ workspace, diagnostics }) => ({ workspace, diagnostics }));
    await out.print([JSON.stringify(only?.workspace === undefined ? only?.diagnostics : all, null, 2)]);
  } else {
    for (const { mapping, diagnostics, entries } of checked) {
      const lines =
        options.format === "human"
          ? humanDiagnostics(diagnostics, mapping, out)
          : diagnostics.map((diagnostic) => diagnosticAnnotation(diagnostic, mapping));
      const count = plural(entries, "entry", "entries");
      await out.print([...lines, `${visible(mapping.name)}: ${count}; ${counted(diagnostics, out)}`]);
    }
  }
  const all = checked.flatMap(({ diagnostics }) => diagnostics);
  process.exitCode = fails(all, options) ? problems : fine;
}

/** What is to be checked; a `workspace` only where it is one of several. */
interface Text {
  workspace?: string | null;
  parts: Parts;
}

interface Checked {
  workspace: string | null | undefined;
  mapping: MappingText;
  diagnostics: Diagnostic[];
  entries: number;
  /** Whether the names were checked too. */
  isWhole: boolean;
}

/** Of a file of settings each mapping that it has, unless one workspace is asked for. */
async function textsOf(path: string | undefined, given: Parts, options: Options): Promise<Text[]> {
  if (path === undefined) return [{ parts: given }];
  const read = await readMapping(path, "the mapping");
  if (options.workspace !== undefined || !(read instanceof JsonDocument) || !isSettingsFile(read)) {
    return [{ parts: await partsOfMapping(read, given, options.workspace) }];
  }
  const scopes = (await scopesOf(read, undefined)).filter(
    ({ workspace, hasMapping }) => workspace === null || hasMapping,
  );
  return scopes.map(({ workspace, parts }) => ({
    workspace,
    parts: { ...parts, ...given, mapping: mappingOf(parts) },
  }));
}

async function diagnosticsOf(parts: Parts, known: KnownGroups | undefined) {
  const { text } = mappingOf(parts);
  const origins: Origins[] = [{ values: originsOf(parts), mappings: [] }];
  if (known !== undefined) origins.push(originOfFile(known.document, ["idpGroups"]));
  const { entries, diagnostics } = await withOrigins([], ({ parseMapping }) => parseMapping(text));
  const isWhole = parts.catalog !== undefined;
  if (!isWhole) return { entries: entries.length, diagnostics, isWhole };
  const all = await withOrigins(origins, ({ checkMapping }) =>
    checkMapping(text, catalogOf(parts), parts.policy?.value as Policy | undefined, known?.groups),
  );
  return { entries: entries.length, diagnostics: all, isWhole };
}

function fails(diagnostics: Diagnostic[], { denyWarnings }: Options): boolean {
  return diagnostics.some(({ severity }) => severity === "error" || (denyWarnings === true && severity === "warning"));
}
