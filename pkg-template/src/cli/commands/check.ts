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
import { DataDocument } from "../data-document.js";
import { counted, humanDiagnostics, plural } from "../diagnostics.js";
import { exitCodes, fine, InputError, problems } from "../exit.js";
import { filesOf, mappings } from "../files.js";
import { type AppliedFix, fixed } from "../fixes.js";
import { addIdpGroupsOption, type IdpGroupsOption, type KnownGroups, readIdpGroups } from "../idp-groups.js";
import { addConfigurationOptions, addFormatOption, type CommonOptions } from "../options.js";
import { type Origins, originOfFile, withOrigins } from "../origins.js";
import { diagnosticsSuite, isReport, printReport, reportFormats } from "../output/report.js";
import { replaceText } from "../replace.js";
import { isSettingsFile, scopesOf } from "../settings-file.js";
import type { Output, Terminal } from "../terminal.js";
import { visible } from "../visible.js";

interface Options extends CommonOptions, IdpGroupsOption {
  denyWarnings?: true;
  fix?: true;
}

export function addCheck(program: Command, terminal: Terminal): void {
  const command = program
    .command("check")
    .summary("find what is wrong or doubtful in a mapping")
    .description(
      "Finds everything that is wrong or doubtful in a mapping, given the roles and groups of the application, and shows " +
        "how to mend it. Without a catalog, it checks the syntax alone.",
    )
    .argument("[mappings...]", "texts of mappings, configurations (.json, .yaml), folders; - is standard input")
    .option("--deny-warnings", "exit with 1 for warnings too")
    .option("--fix", "apply the fixes that leave no choice to the files");
  addIdpGroupsOption(command, "a source that is none of them is told");
  addFormatOption(command, "the list of diagnostics", reportFormats);
  addConfigurationOptions(command, { claim: false })
    .addHelpText(
      "after",
      `
Of a folder, these are checked at any depth:
  ${mappings.names.replaceAll("`", "")}

Examples:
  $ idp-group-sync check mapping.txt --catalog catalog.json
  $ idp-group-sync check mapping.txt
  $ idp-group-sync check group-sync.json --deny-warnings
  $ idp-group-sync check --settings settings.json --workspace lab
  $ idp-group-sync check --fix mapping.txt --catalog catalog.json
  $ git show main:mapping.txt | idp-group-sync check - --catalog catalog.json

${exitCodes("the mapping has no errors", "it has errors, or with --deny-warnings errors or warnings")}`,
    )
    .action((paths: string[], options: Options) => check(paths, options, terminal));
}

async function check(paths: string[], options: Options, { out, err }: Terminal): Promise<void> {
  if (paths.length > 0 && options.mapping !== undefined) {
    throw new InputError("the mapping is given twice, as an argument and as `--mapping`; give one of them");
  }
  const known = await readIdpGroups(options);
  const texts = await textsOf(paths, options);
  const checked: Checked[] = [];
  for (const text of texts) {
    const mended = options.fix ? await fixText(text, known, err) : text;
    checked.push({ ...mended, mapping: mappingOf(mended.parts), ...(await diagnosticsOf(mended.parts, known)) });
  }
  const unnamed = checked.filter(({ isWhole }) => !isWhole);
  if (unnamed.length > 0) {
    const which =
      unnamed.length < checked.length ? ` of ${unnamed.map(({ mapping }) => visible(mapping.name)).join(", ")}` : "";
    await err.print([
      `note: without a catalog, only the syntax${which} was checked; \`--catalog FILE\` checks the names too`,
    ]);
  }

  const summaries = checked.map(({ mapping, diagnostics, entries }) => {
    const count = plural(entries, "entry", "entries");
    return `${visible(mapping.name)}: ${count}; ${counted(diagnostics, out)}`;
  });
  if (options.format === "json") {
    const [only, ...others] = checked;
    const all = checked.map(({ workspace, mapping, diagnostics }) => ({
      file: mapping.file ?? null,
      workspace,
      diagnostics,
    }));
    await out.print([JSON.stringify(others.length === 0 ? only?.diagnostics : all, null, 2)]);
  } else if (isReport(options.format)) {
    const suites = checked.map(({ mapping, diagnostics }) =>
      diagnosticsSuite(diagnostics, mapping, (diagnostic) => fails(diagnostic, options)),
    );
    await printReport(options.format, suites, out, summaries);
  } else {
    for (const [index, { mapping, diagnostics }] of checked.entries()) {
      await out.print([...humanDiagnostics(diagnostics, mapping, out), summaries[index] ?? ""]);
    }
  }
  const hasProblems = checked.some(({ diagnostics }) => diagnostics.some((each) => fails(each, options)));
  process.exitCode = hasProblems ? problems : fine;
}

/** What is to be checked, and the workspace whose own mapping it is. */
interface Text {
  workspace: string | null;
  parts: Parts;
}

interface Checked extends Text {
  mapping: MappingText;
  diagnostics: Diagnostic[];
  entries: number;
  /** Whether the names were checked too. */
  isWhole: boolean;
}

/** What the arguments bring; without one, what the options do, which is every mapping of a file of settings. */
async function textsOf(paths: string[], options: Options): Promise<Text[]> {
  const { settings, mapping } = options;
  if (paths.length === 0 && settings !== undefined && mapping === undefined) {
    return textsIn(settings, await readParts({ ...options, settings: undefined, workspace: undefined }), {
      ...options,
      settings: undefined,
    });
  }
  const given = await readParts(options);
  if (paths.length === 0) return [{ workspace: options.workspace ?? null, parts: given }];
  const files = await filesOf(paths, mappings, "the mapping");
  const texts: Text[] = [];
  for (const file of files) texts.push(...(await textsIn(file, given, options)));
  // A text that a configuration names is checked with what that says.
  const isNamed = ({ parts }: Text) =>
    texts.some(
      (other) => other.parts !== parts && other.parts.mapping?.file === parts.mapping?.file && other.parts.catalog,
    );
  return files.length === 1 ? texts : texts.filter((text) => text.parts.catalog !== undefined || !isNamed(text));
}

/** Of a file of settings each mapping that it has, unless one workspace is asked for. */
async function textsIn(path: string, given: Parts, options: Options): Promise<Text[]> {
  const { workspace = null } = options;
  const read = await readMapping(path, "the mapping");
  if (workspace !== null || !(read instanceof DataDocument) || !isSettingsFile(read)) {
    return [{ workspace, parts: await partsOfMapping(read, given, options) }];
  }
  const scopes = (await scopesOf(read, undefined)).filter((scope) => scope.workspace === null || scope.hasMapping);
  return scopes.map(({ workspace, parts }) => ({
    workspace,
    parts: { ...parts, ...given, mapping: mappingOf(parts) },
  }));
}

/** The text with its fixes, which its file has then too. */
async function fixText(text: Text, known: KnownGroups | undefined, err: Output): Promise<Text> {
  const mapping = mappingOf(text.parts);
  if (mapping.file === undefined) throw new InputError("`--fix` changes files, and standard input is none");
  const withText = (changed: string) => ({ ...text.parts, mapping: { ...mapping, text: changed } });
  const { text: changed, applied } = await fixed(
    mapping.text,
    async (now) => (await diagnosticsOf(withText(now), known)).diagnostics,
  );
  if (applied.length === 0) return text;
  const name = visible(mapping.name);
  if (mapping.lineInFile !== undefined) {
    const count = plural(applied.length, "fix", "fixes");
    await err.print([`note: ${name}: ${count} left out, as only a mapping in a file of its own is changed`]);
    return text;
  }
  await replaceText(mapping, changed);
  const line = (fix: AppliedFix) => `fixed ${name}:${fix.line}:${fix.column}: ${visible(fix.title)}`;
  await err.print(applied.map(line));
  return { ...text, parts: withText(changed) };
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

function fails({ severity }: Diagnostic, { denyWarnings }: Options): boolean {
  return severity === "error" || (denyWarnings === true && severity === "warning");
}
