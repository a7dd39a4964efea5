import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError } from "commander";
import type { Blocked, Impact, ImpactChange, ImpactSummary } from "idp-group-sync";
import { accessChange, effects, effectWords } from "../access.js";
import { configurationOf, readArgument, readParts } from "../configuration.js";
import { grouped, plural } from "../diagnostics.js";
import { exitCodes, fine, held, problems } from "../exit.js";
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
  maxLosers: number | undefined;
  maxShare: number | undefined;
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
  command
    .option("--max-losers <number>", "hold the change if more users than this would lose something", wholeNumber)
    .option("--max-share <share>", "the same for their share of all users, such as 0.05 or 5%", share);
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

${exitCodes("every user was read, whatever changes for them", "some lines of the users could not be read, or a mapping has errors")}
  ${held}  more users would lose something than the brake allows: apply nothing`,
    )
    .action((options: Options) => impact(options, terminal));
}

function threadCount(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It has to be a number from 1 to 99.");
}

function wholeNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It has to be a whole number.");
}

function share(text: string): number {
  const [, digits, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  const value = Number(digits) / (percent ? 100 : 1);
  if (value <= 1) return value;
  throw new InvalidArgumentError("It has to be a number from 0 to 1, or a percentage.");
}

async function impact(options: Options, terminal: Terminal): Promise<void> {
  const { out, err } = terminal;
  const shared = await readParts(options);
  const before = configurationOf(await readArgument(options.before, "the mapping in force", shared, options.workspace));
  const after = configurationOf(await readArgument(options.after, "the new mapping", shared, options.workspace));
  const users = await openUsers(options.users);
  const origins = [originsOfConfiguration(before, ["before"]), originsOfConfiguration(after, ["after"])];
  const { maxLosers, maxShare } = options;
  const brake = { ...(maxLosers !== undefined && { maxLosers }), ...(maxShare !== undefined && { maxShare }) };
  const work = await withOrigins(origins, ({ Impact }) => new Impact(before.config, after.config, brake));

  const progress = new Progress(err, users.size);
  const print = async (lines: string[]) => {
    if (lines.length === 0) return;
    if (out.isTerminal) progress.clear();
    await out.print(lines);
  };
  let changed = 0;
  let waiting: ImpactChange[] = [];
  const printWaiting = (count: number) => {
    const batch = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return print(worstFirst(batch).map((change) => changeLine(change, out)));
  };
  // Each thread counts its own users, so none of them can tell whether all together are too many.
  const isBraked = Object.keys(brake).length > 0;
  const threads = isBraked ? 1 : (options.threads ?? threadsFor(users));
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
      waiting = waiting.concat(changes);
      while (waiting.length >= sortedAtOnce) await printWaiting(sortedAtOnce);
    }
    if (bytes > 0) progress.advance(bytes, plural(changed, "change"));
  }
  const summary = part.value;
  await printWaiting(waiting.length);
  progress.clear();

  if (options.format === "json") await out.print([JSON.stringify({ summary })]);
  else await out.print([...(changed > 0 ? [""] : []), ...totals(summary, out)]);
  await err.print(faultLines(summary, users, err));
  process.exitCode = summary.held ? held : summary.faultCount > 0 ? problems : fine;
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
  const { losers, held, heldBy = [] } = summary;
  const limits = heldBy.map((limit) => `--${limit}`).join(" and ");
  const top = topRoleLost === 1 ? "1 user loses" : `${grouped(topRoleLost)} users lose`;
  return [
    paint("strong", `${plural(users, "user")}: ${kinds.join(", ")}`),
    ...(topRoleLost > 0 ? [paint("bad", `${top} the highest role`)] : []),
    ...(held ? [paint("bad", `held by ${limits}: ${plural(losers, "user")} would lose something`)] : []),
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
