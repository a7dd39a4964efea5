// The program: its commands, and how it ends.
import { Command, CommanderError } from "commander";
import { addCheck } from "./commands/check.js";
import { addCompletions } from "./commands/completions.js";
import { addDiff } from "./commands/diff.js";
import { addExplain } from "./commands/explain.js";
import { addFmt } from "./commands/fmt.js";
import { addImpact } from "./commands/impact.js";
import { addImport } from "./commands/import.js";
import { addMerge } from "./commands/merge.js";
import { addPlan } from "./commands/plan.js";
import { addReconcile } from "./commands/reconcile.js";
import { addTest } from "./commands/test.js";
import { humanDiagnostics, plural } from "./diagnostics.js";
import { badInput, fault, fine, InputError, problems } from "./exit.js";
import type { Format } from "./options.js";
import { MappingRefused } from "./origins.js";
import { inputAnnotation } from "./output/github.js";
import { diagnosticsSuite, isReport, printReport } from "./output/report.js";
import type { Terminal } from "./terminal.js";
import { visible } from "./visible.js";

/** The package's version; the build puts it here. */
declare const packageVersion: string;

/** Runs the program with its arguments, those of Node among them. */
export async function run(args: string[], terminal: Terminal): Promise<void> {
  let format: Format = "human";
  const program = new Command("idp-group-sync")
    .description(
      "Checks, explains and tests a mapping, which says what the groups of an identity provider (IdP) give in an application.",
    )
    .version(packageVersion, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .configureHelp({ showGlobalOptions: false })
    .showHelpAfterError("(--help says what there is)")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out.write(text),
      writeErr: (text) => terminal.err.write(text),
    })
    .hook("preAction", (_program, command) => {
      format = command.opts<{ format: Format }>().format;
      refuseSharedStdin(command);
    })
    .addHelpText(
      "after",
      `
Configuration, alike for every command: each part by an option of its own, or all in
one JSON file (--config):
  {
    "mappingFile": "mapping.txt",
    "catalogFile": "catalog.json",
    "claim": "groups",
    "policy": { "matchByName": "groups-only" }
  }
  Paths are relative to that file. mapping and catalog may also stand in it themselves,
  and the policy in a policyFile.

Catalog:
  {
    "roles": ["end-user", "builder", "admin"],
    "groups": [{ "name": "sales" }, { "name": "marketing", "requires": "builder" }]
  }
  Roles go from the lowest to the highest; these three need not be listed.

Examples:
  $ idp-group-sync check mapping.txt --catalog catalog.json
  $ idp-group-sync explain token.json --config group-sync.json
  $ idp-group-sync help explain`,
    );
  for (const add of commands) add(program, terminal);
  try {
    await program.parseAsync(args);
  } catch (error) {
    process.exitCode = await report(error, format, terminal);
  }
}

const commands = [
  addCheck,
  addFmt,
  addExplain,
  addPlan,
  addDiff,
  addTest,
  addImpact,
  addReconcile,
  addMerge,
  addImport,
  addCompletions,
];

/** Standard input can be read only once. */
function refuseSharedStdin(command: Command): void {
  const given: [string, unknown][] = [
    ...command.args.map((value, index): [string, unknown] => [
      (command.registeredArguments[index] ?? command.registeredArguments.at(-1))?.name() ?? "",
      value,
    ]),
    ...command.options.map((option): [string, unknown] => [
      option.long ?? option.flags,
      command.getOptionValue(option.attributeName()),
    ]),
  ];
  const names = given.filter(([, value]) => value === "-").map(([name]) => `\`${name}\``);
  if (names.length > 1) {
    throw new InputError(`standard input (\`-\`) can be only one file, not ${names.join(" and ")}`);
  }
}

/** Says why the program could not do its work; returns the exit code for that. */
async function report(error: unknown, format: Format, { out, err }: Terminal): Promise<number> {
  // Commander has said what it has to say.
  if (error instanceof CommanderError) return error.exitCode === 0 ? fine : badInput;
  const label = err.paint("error", "error");
  if (error instanceof InputError) {
    if (format === "github") await out.print([inputAnnotation(error.message)]);
    await err.print([`${label}: ${error.message}`]);
    return badInput;
  }
  if (error instanceof MappingRefused) {
    const { mapping } = error;
    const errors = error.diagnostics.filter(({ severity }) => severity === "error");
    if (isReport(format)) await printReport(format, [diagnosticsSuite(errors, mapping, () => true)], out);
    else await err.print(humanDiagnostics(errors, mapping, err));
    await err.print([
      `${label}: ${visible(mapping.name)}: ${plural(errors.length, "error")}; a mapping with errors may not run`,
    ]);
    return problems;
  }
  await err.print([
    `${label}: this is a fault of idp-group-sync; please report it`,
    String((error as Error).stack ?? error),
  ]);
  return fault;
}
