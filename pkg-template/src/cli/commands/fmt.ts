import type { Command } from "commander";
import type { Diagnostic } from "idp-group-sync";
import { counted, humanDiagnostics, plural } from "../diagnostics.js";
import { isDocument } from "../documents.js";
import { exitCodes, fine, InputError, problems } from "../exit.js";
import { filesOf, mappingTexts } from "../files.js";
import { readText, type SourceText } from "../inputs.js";
import { MappingRefused, withOrigins } from "../origins.js";
import { replaceText } from "../replace.js";
import type { Terminal } from "../terminal.js";
import { visible } from "../visible.js";

interface Options {
  check?: true;
}

export function addFmt(program: Command, terminal: Terminal): void {
  program
    .command("fmt")
    .summary("write mappings in their canonical form")
    .description(
      "Writes texts of mappings in their canonical form: one entry a line, spaces and quotes only where they belong. " +
        "Comments, blank lines and the order stay, and what the mapping says. A text with errors stays as it is.",
    )
    .argument("<mappings...>", "texts of mappings, or folders; - is standard input, which is printed formatted")
    .option("--check", "change nothing; say what is not formatted, and exit with 1")
    .addHelpText(
      "after",
      `
Of a folder, these are formatted at any depth:
  ${mappingTexts.names.replaceAll("`", "")}

Examples:
  $ idp-group-sync fmt mapping.txt
  $ idp-group-sync fmt --check .
  $ idp-group-sync fmt - < mapping.txt

${exitCodes("every text is formatted", "a text has errors, or with --check one is not formatted")}`,
    )
    .action((paths: string[], options: Options) => format(paths, options, terminal));
}

async function format(paths: string[], { check }: Options, { out, err }: Terminal): Promise<void> {
  const counts = { formatted: 0, unchanged: 0, left: 0 };
  const files = await filesOf(paths, mappingTexts, "the mapping");
  for (const file of files) {
    const source = await readText(file, "the mapping");
    const name = visible(source.name);
    const result = await formatted(source);
    if (Array.isArray(result)) {
      counts.left += 1;
      await err.print([
        ...humanDiagnostics(result, source, err),
        `${name}: ${counted(result, err)}; a text with errors is not formatted`,
      ]);
    } else if (file === "-" && !check) {
      await out.write(result);
    } else if (result === source.text) {
      counts.unchanged += 1;
    } else {
      counts.formatted += 1;
      if (!check) await replaceText(source, result);
      await out.print([`${check ? "not formatted" : "formatted"} ${name}`]);
    }
  }
  if (files.length > 1) {
    const changed = `${counts.formatted} ${check ? "not formatted" : "formatted"}`;
    const left = counts.left > 0 ? [`${counts.left} with errors`] : [];
    const all = [changed, `${counts.unchanged} unchanged`, ...left].join(", ");
    await err.print([`${plural(files.length, "file")}: ${all}`]);
  }
  process.exitCode = counts.left > 0 || (check && counts.formatted > 0) ? problems : fine;
}

/** The canonical text, with the line breaks that the text has; or the errors that stand in its way. */
async function formatted(source: SourceText): Promise<string | Diagnostic[]> {
  if (isDocument(source.file)) {
    const why = "this is a configuration; `fmt` writes the texts of mappings";
    throw new InputError(`${visible(source.name)}: ${why}`);
  }
  try {
    const mappings = [{ path: [], text: source }];
    const text = await withOrigins([{ values: [], mappings }], ({ formatMapping }) =>
      formatMapping(source.text, "file"),
    );
    return source.text.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text;
  } catch (error) {
    if (error instanceof MappingRefused) return error.diagnostics.filter(({ severity }) => severity === "error");
    throw error;
  }
}
