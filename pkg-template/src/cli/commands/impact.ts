import type { Command } from "commander";
import { Impact, type ImpactChange, type ImpactSummary } from "idp-group-sync";
import { accessChange } from "../access.js";
import { configurationOf, readArgument, readParts } from "../configuration.js";
import { grouped, plural } from "../diagnostics.js";
import { exitCodes, fine, problems } from "../exit.js";
import { addConfigurationOptions, addFormatOption, type CommonOptions } from "../options.js";
import { originsOfConfiguration, withOrigins } from "../origins.js";
import { Progress } from "../progress.js";
import type { Output, Terminal } from "../terminal.js";
import { openUsers, type Users } from "../users.js";
import { padded, visible, widthOf } from "../visible.js";

interface Options extends CommonOptions {
  before: string;
  after: string;
  users: string;
}

export function addImpact(program: Command, terminal: Terminal): void {
  const command = program
    .command("impact")
    .summary("show who would gain or lose what under another mapping")
    .description(
      "Shows which users would have another role or other groups after their next login, if one mapping replaced " +
        "another. Users are read and printed one by one, so there may be any number of them.",
    )
    .requiredOption("--before <file>", "text of the mapping in force, or a configuration (a .json file)")
    .requiredOption("--after <file>", "the same, as it would be")
    .requiredOption("--users <file>", "users as JSON Lines; - is standard input");
  addFormatOption(command, "JSON Lines: each change, and at last the summary");
  addConfigurationOptions(command, { mapping: false })
    .addHelpText(
      "after",
      `
Users, one on each line:
  { "id": "ada", "groups": ["Sales Team"] }
  { "id": "bob", "claims": {…}, "membership": { "role": "admin", "groups": [] } }
  A user without a membership is taken for a new member.

Examples:
  $ idp-group-sync impact --before mapping.txt --after new-mapping.txt \\
      --catalog catalog.json --users users.jsonl
  $ export-users | idp-group-sync impact --before old.json --after new.json --users - \\
      --format json

${exitCodes("every user was read, whatever changes for them", "some lines of the users could not be read, or a mapping has errors")}`,
    )
    .action((options: Options) => impact(options, terminal));
}

async function impact(options: Options, terminal: Terminal): Promise<void> {
  const { out, err } = terminal;
  const shared = await readParts(options);
  const before = configurationOf(await readArgument(options.before, "the mapping in force", shared));
  const after = configurationOf(await readArgument(options.after, "the new mapping", shared));
  const users = await openUsers(options.users);
  const origins = [originsOfConfiguration(before, ["before"]), originsOfConfiguration(after, ["after"])];
  const work = withOrigins(origins, () => new Impact(before.config, after.config));

  const line =
    options.format === "json"
      ? (change: ImpactChange) => JSON.stringify(change)
      : (change: ImpactChange) => changeLine(change, out);
  const progress = new Progress(err, users.size);
  let changed = 0;
  const print = async (changes: ImpactChange[]) => {
    if (changes.length === 0) return;
    changed += changes.length;
    if (out.isTerminal) progress.clear();
    await out.print(changes.map(line));
  };
  for await (const chunk of users.chunks) {
    await print(work.push(chunk));
    progress.advance(chunk.length, plural(changed, "change"));
  }
  const { changes, summary } = work.finish();
  await print(changes);
  progress.clear();

  if (options.format === "json") await out.print([JSON.stringify({ summary })]);
  else await out.print([...(changed > 0 ? [""] : []), ...totals(summary, out)]);
  await err.print(faultLines(summary, users, err));
  process.exitCode = summary.faultCount > 0 ? problems : fine;
}

function changeLine({ id, effect, before, after }: ImpactChange, out: Output): string {
  const { role, groups } = accessChange(before, after, out);
  return `${out.paint("strong", visible(id))} ${effect}: role ${role}; groups ${groups}`;
}

function totals({ users, unchanged, gains, loses, changes, roles }: ImpactSummary, { paint }: Output): string[] {
  const count = (number: number, verb: string) => `${grouped(number)} ${verb}`;
  const kinds = [
    count(unchanged, "unchanged"),
    count(gains, "gain"),
    count(loses, "lose"),
    count(changes, "gain and lose"),
  ];
  const rows = Object.entries(roles).map(([role, { before, after }]) => [
    visible(role),
    grouped(before),
    grouped(after),
  ]);
  const table = [["role", "before", "after"], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => widthOf(row[column] ?? ""))));
  const aligned = table.map(([role = "", ...numbers]) =>
    [padded(role, widths[0] ?? 0), ...numbers.map((number, index) => number.padStart(widths[index + 1] ?? 0))].join(
      "  ",
    ),
  );
  return [paint("strong", `${plural(users, "user")}: ${kinds.join(", ")}`), "", ...aligned];
}

function faultLines({ faults, faultCount }: ImpactSummary, { name }: Users, { paint }: Output): string[] {
  const lines = faults.map(
    ({ line, message }) => `${paint("error", "error")}: ${visible(`${name}:${line}: ${message}`)}`,
  );
  const more = faultCount - faults.length;
  if (more === 0) return lines;
  return [...lines, `${paint("error", "error")}: ${visible(name)}: ${plural(more, "more line")} could not be read`];
}
