import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError } from "commander";
import type { Impact, ImpactChange, ImpactSummary } from "idp-group-sync";
import { accessChange, effectWords } from "../access.js";
import { configurationOf, readArgument, readParts } from "../configuration.js";
import { plural } from "../diagnostics.js";
import { fine, problems } from "../exit.js";
import { faultLines } from "../faults.js";
import { type Compared, compareInThreads } from "../impact-threads.js";
import { addConfigurationOptions, addFormatOption, type CommonOptions } from "../options.js";
import { originsOfConfiguration, withOrigins } from "../origins.js";
import { ImpactReport } from "../output/impact.js";
import { refusedText } from "../plan-text.js";
import { Progress } from "../progress.js";
import type { Output, Terminal } from "../terminal.js";
import { impactTotals } from "../totals.js";
import { openUsers, type Users } from "../users.js";
import { addVerdictOptions, brakeOf, type VerdictOptions, verdict, verdictCodes } from "../verdict.js";
import { visible } from "../visible.js";

/** So many changes are sorted before they are printed: memory is not to grow with the number of users. */
const sortedAtOnce = 1_000;

/** Reading so much takes a thread longer than starting. */
const bytesPerThread = 16 * 1024 * 1024;

interface Options extends CommonOptions, VerdictOptions {
  before: string;
  after: string;
  users: string;
  threads: number | undefined;
  exitCode: true | undefined;
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
    .option("--threads <number>", "threads that read a file of users (default: one a core)", threadCount)
    .option("--exit-code", "exit with 1 if anything changes for anybody");
  addVerdictOptions(command);
  addFormatOption(command, "JSON Lines: each change, and at last the summary", ["github", "markdown"]);
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
  $ idp-group-sync impact --before old.json --after new.json --users users.jsonl \\
      --format markdown --max-losses 10 > comment.md

${verdictCodes("every user was read, whatever changes for them", "more lines than --allow-faults could not be read, a mapping has errors, or\n     with --exit-code something changes")}`,
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
  const before = configurationOf(await readArgument(options.before, "the mapping in force", shared, options));
  const after = configurationOf(await readArgument(options.after, "the new mapping", shared, options));
  const users = await openUsers(options.users);
  const origins = [originsOfConfiguration(before, ["before"]), originsOfConfiguration(after, ["after"])];
  const brake = brakeOf(options);
  const isJson = options.part || options.format === "json";
  const work = await withOrigins(origins, ({ Impact }) => new Impact(before.config, after.config, brake));

  const progress = new Progress(err, users.size);
  const print = async (lines: string[]) => {
    if (lines.length === 0) return;
    if (out.isTerminal) progress.clear();
    await out.print(lines);
  };
  const report = options.format === "markdown" || options.format === "github" ? new ImpactReport() : undefined;
  let changed = 0;
  let waiting: ImpactChange[] = [];
  const printWaiting = (count: number) => {
    const batch = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return print(worstFirst(batch).map((change) => changeLine(change, out)));
  };
  const threads = options.threads ?? threadsFor(users);
  const { file } = users;
  const parts =
    file !== undefined && threads > 1
      ? compareInThreads(users, file, [before.config, after.config], brake, threads)
      : compareInOrder(users, work);
  let part = await parts.next();
  for (; !part.done; part = await parts.next()) {
    const { changes, bytes } = part.value;
    changed += changes.length;
    if (isJson) {
      await print(changes.map((change) => JSON.stringify(change)));
    } else if (report !== undefined) {
      report.add(changes);
    } else {
      waiting = waiting.concat(changes);
      while (waiting.length >= sortedAtOnce) await printWaiting(sortedAtOnce);
    }
    if (bytes > 0) progress.advance(bytes, plural(changed, "change"));
  }
  const summary = part.value;
  await printWaiting(waiting.length);
  progress.clear();

  if (isJson) await out.print([JSON.stringify({ summary })]);
  else if (options.format === "markdown") await out.print([report?.markdown(summary) ?? ""]);
  else if (report !== undefined) {
    await out.print([...report.annotations(summary, after.mapping.file), ...impactTotals(summary, out)]);
  } else await out.print([...(changed > 0 ? [""] : []), ...impactTotals(summary, out)]);
  await err.print(faultLines(summary, users.name, err));
  const code = verdict(summary, options);
  const differs = options.exitCode && changed > 0 && !options.part;
  process.exitCode = code === fine && differs ? problems : code;
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
  parts.push(...blocked.map(refusedText));
  return `${out.paint("strong", visible(id))} ${effectWords(effect, out)}: ${parts.join("; ")}`;
}
