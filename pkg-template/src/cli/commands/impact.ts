import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError } from "commander";
import type { Blocked, Impact, ImpactChange, ImpactSummary } from "idp-group-sync";
import { accessChange, effects, effectWords } from "../access.js";
import { configurationOf, readArgument, readParts } from "../configuration.js";
import { grouped, plural } from "../diagnostics.js";
import { exitCodes, fine, problems } from "../exit.js";
import { type Compared, compareInThreads } from "../impact-threads.js";
import { addConfigurationOptions, addFormatOption, type CommonOptions } from "../options.js";
import { originsOfConfiguration, withOrigins } from "../origins.js";
import { guards } from "../plan-text.js";
import { Progress } from "../progress.js";
import type { Output, Terminal } from "../terminal.js";
import { openUsers, type Users } from "../users.js";
import { padded, visible, widthOf } from "../visible.js";

const refused: Record<Blocked["change"], (name: string) => string> = {
  role: (name) => `role ${name} is not given`,
  join: (name) => `${name} is not joined`,
  leave: (name) => `${name} is not left`,
};

/** So many changes are sorted before they are printed: memory is not to grow with the number of users. */
const sortedAtOnce = 1_000;

/** Reading so much takes a thread longer than starting. */
const bytesPerThread = 16 * 1024 * 1024;

interface Options extends CommonOptions {
  before: string;
  after: string;
  users: string;
  threads: number | undefined;
}

export function addImpact(program: Command, terminal: Terminal): void {
  const command = program
    .command("impact")
    .summary("show who would be refused, gain or lose what under another mapping")
    .description(
      "Shows which users would have another role or other groups after their next login, if one mapping replaced " +
        "another, and which would be refused or let in. Users are read and printed as they come, so there may be any " +
        "number of them.",
    )
    .requiredOption("--before <file>", "text of the mapping in force, or a configuration (a .json file)")
    .requiredOption("--after <file>", "the same, as it would be")
    .requiredOption("--users <file>", "users as JSON Lines; - is standard input")
    .option("--threads <number>", "threads that read a file of users (default: one a core)", threadCount);
  addFormatOption(command, "JSON Lines: each change, and at last the summary");
  addConfigurationOptions(command, { mapping: false })
    .addHelpText(
      "after",
      `
Users, one on each line:
  { "id": "ada", "groups": ["Sales Team"] }
  { "id": "bob", "claims": {…}, "membership": { "role": "admin", "groups": [] } }
  { "id": "cy", "groups": [], "membership": {…}, "guards": { "lastAdmin": true } }
  A user without a membership is taken for a new member. Guards are asked as at a login:
  lastAdmin, and seats such as { "roles": { "builder": { "used": 9, "limit": 9 } } }.

Examples:
  $ idp-group-sync impact --before mapping.txt --after new-mapping.txt \\
      --catalog catalog.json --users users.jsonl
  $ export-users | idp-group-sync impact --before old.json --after new.json --users - \\
      --format json

${exitCodes("every user was read, whatever changes for them", "some lines of the users could not be read, or a mapping has errors")}`,
    )
    .action((options: Options) => impact(options, terminal));
}

function threadCount(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It has to be a number from 1 to 99.");
}

async function impact(options: Options, terminal: Terminal): Promise<void> {
  const { out, err } = terminal;
  const shared = await readParts(options);
  const before = configurationOf(await readArgument(options.before, "the mapping in force", shared));
  const after = configurationOf(await readArgument(options.after, "the new mapping", shared));
  const users = await openUsers(options.users);
  const origins = [originsOfConfiguration(before, ["before"]), originsOfConfiguration(after, ["after"])];
  const work = await withOrigins(origins, ({ Impact }) => new Impact(before.config, after.config));

  const progress = new Progress(err, users.size);
  const print = async (lines: string[]) => {
    if (lines.length === 0) return;
    if (out.isTerminal) progress.clear();
    await out.print(lines);
  };
  let changed = 0;
  let held: ImpactChange[] = [];
  const printHeld = (count: number) => {
    const batch = held.slice(0, count);
    held = held.slice(count);
    return print(worstFirst(batch).map((change) => changeLine(change, out)));
  };
  const threads = options.threads ?? threadsFor(users);
  const { file } = users;
  const parts =
    file !== undefined && threads > 1
      ? compareInThreads(users, file, [before.config, after.config], threads)
      : compareInOrder(users, work);
  let part = await parts.next();
  for (; !part.done; part = await parts.next()) {
    const { changes, bytes } = part.value;
    changed += changes.length;
    if (options.format === "json") {
      await print(changes.map((change) => JSON.stringify(change)));
    } else {
      held = held.concat(changes);
      while (held.length >= sortedAtOnce) await printHeld(sortedAtOnce);
    }
    if (bytes > 0) progress.advance(bytes, plural(changed, "change"));
  }
  const summary = part.value;
  await printHeld(held.length);
  progress.clear();

  if (options.format === "json") await out.print([JSON.stringify({ summary })]);
  else await out.print([...(changed > 0 ? [""] : []), ...totals(summary, out)]);
  await err.print(faultLines(summary, users, err));
  process.exitCode = summary.faultCount > 0 ? problems : fine;
}

/** The users one after the other, as they come. */
async function* compareInOrder({ chunks }: Users, work: Impact): AsyncGenerator<Compared, ImpactSummary> {
  for await (const chunk of chunks()) yield { changes: work.push(chunk), bytes: chunk.length };
  const { changes, summary } = work.finish();
  yield { changes, bytes: 0 };
  return summary;
}

/** As many threads as the machine has cores, as far as each has enough to do to be worth its start. */
function threadsFor({ size = 0 }: Users): number {
  return Math.min(availableParallelism(), Math.floor(size / bytesPerThread));
}

/** Those who would be refused, then those who lose the highest role, then the others; else in the order of the users. */
function worstFirst(changes: ImpactChange[]): ImpactChange[] {
  const rank = ({ effect, topRoleLost }: ImpactChange) => (effect === "denied" ? 0 : topRoleLost ? 1 : 2);
  return changes.toSorted((one, other) => rank(one) - rank(other));
}

function changeLine({ id, effect, before, after, topRoleLost, blocked = [] }: ImpactChange, out: Output): string {
  const { role, groups } = accessChange(before, after, out);
  const parts = [`role ${role}`, `groups ${groups}`];
  if (topRoleLost) parts.push(out.paint("bad", "loses the highest role"));
  for (const { change, name, guard } of blocked) parts.push(`${refused[change](visible(name))}: ${guards[guard]}`);
  return `${out.paint("strong", visible(id))} ${effectWords(effect, out)}: ${parts.join("; ")}`;
}

function totals(summary: ImpactSummary, { paint }: Output): string[] {
  const { users, unchanged, denied, admitted, gains, loses, changes, topRoleLost, roles } = summary;
  const count = (number: number, verb: string) => `${grouped(number)} ${verb}`;
  const kinds = [
    count(denied, effects.denied),
    count(admitted, effects.admitted),
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
  const top = topRoleLost === 1 ? "1 user loses" : `${grouped(topRoleLost)} users lose`;
  return [
    paint("strong", `${plural(users, "user")}: ${kinds.join(", ")}`),
    ...(topRoleLost > 0 ? [paint("bad", `${top} the highest role`)] : []),
    "",
    ...aligned,
  ];
}

function faultLines({ faults, faultCount }: ImpactSummary, { name }: Users, { paint }: Output): string[] {
  const lines = faults.map(({ line, id, message }) => {
    const place = [`${name}:${line}`, ...(id === undefined ? [] : [`user ${id}`])].join(": ");
    return `${paint("error", "error")}: ${visible(`${place}: ${message}`)}`;
  });
  const more = faultCount - faults.length;
  if (more === 0) return lines;
  return [...lines, `${paint("error", "error")}: ${visible(name)}: ${plural(more, "more line")} could not be read`];
}
