import type { Command } from "commander";
import type { ChoiceChange, MappingChange, MappingDiff } from "idp-group-sync";
import { accessChange, effectWords } from "../access.js";
import { configurationOf, readArgument, readParts } from "../configuration.js";
import { exitCodes, fine, problems } from "../exit.js";
import { addConfigurationOptions, addFormatOption, type CommonOptions } from "../options.js";
import { originsOfConfiguration, withOrigins } from "../origins.js";
import { annotation } from "../output/github.js";
import type { Painter, Terminal } from "../terminal.js";
import { visible } from "../visible.js";

interface Options extends CommonOptions {
  exitCode?: true;
}

export function addDiff(program: Command, terminal: Terminal): void {
  const command = program
    .command("diff")
    .summary("show which IdP groups two mappings treat differently")
    .description(
      "Shows exactly which IdP groups and patterns come to something else under another mapping, what becomes of everybody " +
        "else, and which choices differ. The order of entries, quotes and comments are no difference.",
    )
    .argument("<old>", "text of a mapping, or a configuration (a .json file); - is standard input")
    .argument("<new>", "the same, as it would be")
    .option("--exit-code", "exit with 1 if there are differences");
  addFormatOption(command, "the comparison", ["github"]);
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
  const before = configurationOf(await readArgument(older, "the old mapping", shared, options));
  const after = configurationOf(await readArgument(newer, "the new mapping", shared, options));
  const origins = [originsOfConfiguration(before, ["before"]), originsOfConfiguration(after, ["after"])];
  const difference = await withOrigins(origins, ({ diffMappings }) => diffMappings(before.config, after.config));
  if (options.format === "json") await out.print([JSON.stringify(difference, null, 2)]);
  else if (options.format === "github") {
    const file = after.mapping.file;
    await out.print([...annotations(difference, file), difference.summary]);
  } else {
    const choices = difference.choices.map((choice) => choiceLine(choice, out));
    const changes = difference.changes.flatMap((change) => [...changeLines(change, out), ""]);
    await out.print([...changes, ...choices, ...(choices.length > 0 ? [""] : []), difference.summary]);
  }
  process.exitCode = options.exitCode && !isNone(difference) ? problems : fine;
}

/** Whether it is sure that nothing differs. */
function isNone({ changes, choices, incomplete }: MappingDiff): boolean {
  return changes.length === 0 && choices.length === 0 && !incomplete;
}

function changeLines(change: MappingChange, out: Painter): string[] {
  const { role, groups } = accessChange(change.before, change.after, out);
  return [`${title(change, out)} ${effectWords(change.effect, out)}`, `    role    ${role}`, `    groups  ${groups}`];
}

/** Whom a change is about. */
function title({ kind, idpGroup, idpGroups, without = [] }: MappingChange, { paint }: Painter): string {
  const [example] = idpGroups;
  const suchAs = example === undefined || example === idpGroup ? "" : `such as ${visible(example)}`;
  switch (kind) {
    case "name":
      return [paint("strong", visible(idpGroup)), ...without.map((name) => `without ${visible(name)}`)].join(" ");
    case "condition": {
      const together = idpGroups.map((name) => paint("strong", visible(name))).join(" and ");
      const absent = without.map((name) => `without ${visible(name)}`);
      return `${together} (${[`condition ${visible(idpGroup)}`, ...absent].join(", ")})`;
    }
    case "pattern":
      return `${paint("strong", visible(idpGroup))} (${["pattern", suchAs].filter(Boolean).join(", ")})`;
    case "any-other":
      return `${paint("strong", "any other IdP group")} (${suchAs})`;
    case "no-groups":
      return paint("strong", "a user without IdP groups");
  }
}

function choiceLine({ field, before, after }: ChoiceChange, { paint }: Painter): string {
  return `${paint("strong", field)}  ${choiceText(before)} -> ${choiceText(after)}`;
}

function choiceText(value: ChoiceChange["before"]): string {
  return visible(typeof value === "string" ? value : JSON.stringify(value));
}

/** Annotations have no colours. */
const unpainted: Painter = { paint: (_, text) => text };

/** One annotation a difference, a warning where something may be lost. */
function annotations({ changes, choices }: MappingDiff, file: string | undefined): string[] {
  const severity = ({ effect }: MappingChange) => (effect === "gains" || effect === "admitted" ? "info" : "warning");
  return [
    ...changes.map((change) => {
      const [heading = "", ...lines] = changeLines(change, unpainted);
      return annotation(severity(change), { file }, heading, lines.map((line) => line.trim()).join("\n"));
    }),
    ...choices.map((choice) => annotation("warning", { file }, choice.field, choiceLine(choice, unpainted))),
  ];
}
