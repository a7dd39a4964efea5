import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Command } from "commander";
import type { ImpactSummary, ReconcileSummary } from "idp-group-sync";
import { InputError } from "../exit.js";
import { faultsOfParts } from "../faults.js";
import { unreadable } from "../inputs.js";
import { addFormatOption, type Format } from "../options.js";
import { withOrigins } from "../origins.js";
import type { Output, Terminal } from "../terminal.js";
import { impactTotals, reconcileTotals } from "../totals.js";
import { addLimitOptions, brakeOf, type LimitOptions, verdict, verdictCodes, wholeNumber } from "../verdict.js";
import { visible } from "../visible.js";

interface Options extends LimitOptions {
  parts: number | undefined;
  format: Format;
}

type Summary = ImpactSummary | ReconcileSummary;

export function addMerge(program: Command, terminal: Terminal): void {
  const command = program
    .command("merge")
    .summary("add up the summaries of parts, and say whether the whole is held")
    .description(
      "Adds up the summaries of impact or reconcile that read parts of the users (--part), in any order and in as many steps " +
        "as you like, and says how the whole ends.",
    )
    .argument("<outputs...>", "what the parts printed, or their summaries alone; - is standard input")
    .option("--parts <number>", "how many summaries there have to be: a part that failed has none", wholeNumber);
  addLimitOptions(command);
  addFormatOption(command, "the summary, which can be merged again")
    .addHelpText(
      "after",
      `
Examples:
  $ idp-group-sync impact --before old.json --after new.json \\
      --users part-1.jsonl --part > out-1.jsonl
  $ idp-group-sync merge out-*.jsonl --parts 8 --max-share 2%

${verdictCodes("the whole may be applied", "more lines than --allow-faults could not be read")}`,
    )
    .action((outputs: string[], options: Options) => merge(outputs, options, terminal));
}

async function merge(outputs: string[], options: Options, { out, err }: Terminal): Promise<void> {
  const summaries: unknown[] = [];
  for (const output of outputs) summaries.push(...(await summariesIn(output)));
  const { parts } = options;
  if (parts !== undefined && summaries.length !== parts) {
    throw new InputError(`expected the summaries of ${parts} parts, found ${summaries.length}; apply nothing`);
  }
  const summary = await withOrigins([], ({ mergeSummaries }) =>
    mergeSummaries(summaries as Summary[], brakeOf(options)),
  );
  await out.print(options.format === "json" ? [JSON.stringify({ summary })] : totals(summary, out));
  await err.print(faultsOfParts(summary, err));
  process.exitCode = verdict(summary, options);
}

function totals(summary: Summary, out: Output): string[] {
  if ("archived" in summary) return reconcileTotals(summary, out);
  // Those of whole logins are no command's.
  return "roles" in summary ? impactTotals(summary, out) : [JSON.stringify({ summary })];
}

/** Those of one file, in which changes and plans may stand before each. */
async function summariesIn(path: string): Promise<unknown[]> {
  const name = visible(path === "-" ? "<stdin>" : path);
  const summaries: unknown[] = [];
  let number = 0;
  try {
    const input = path === "-" ? process.stdin : createReadStream(path);
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      const summary = summaryOn(line, `${name}:${number}`);
      if (summary !== undefined) summaries.push(summary);
    }
  } catch (error) {
    throw error instanceof InputError ? error : unreadable(path, "the output", error);
  }
  if (summaries.length > 0) return summaries;
  throw new InputError(`${name}: there is no summary, so it was cut short; apply nothing`);
}

/** The summary on a line, if that is one. */
function summaryOn(line: string, place: string): unknown {
  if (!line.includes('"summary"')) return undefined;
  try {
    return JSON.parse(line).summary;
  } catch {
    throw new InputError(`${place}: this is no whole line of JSON`);
  }
}
