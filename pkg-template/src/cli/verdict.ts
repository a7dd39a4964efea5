// How a command about many users ends: by the brake, and by the lines that could not be read.
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Brake, Braked, LineFaults } from "idp-group-sync";
import { exitCodes, fine, held, problems } from "./exit.js";

/** What may be lost and unread without a command failing. */
export interface LimitOptions {
  maxLosers: number | undefined;
  maxShare: number | undefined;
  allowFaults: number | undefined;
}

export interface VerdictOptions extends LimitOptions {
  /** Whether these are some of the users: then `merge` says how all of them end. */
  part: true | undefined;
}

const limits = ["maxLosers", "maxShare", "allowFaults"];

export function addLimitOptions(command: Command): Command {
  return command
    .option(
      "--max-losses, --max-losers <number>",
      "hold the change if more users than this would lose something",
      wholeNumber,
    )
    .option("--max-share <share>", "the same for their share of all users, such as 0.05 or 5%", share)
    .option("--allow-faults <number>", "so many lines may be unreadable (default: 0)", wholeNumber);
}

/** The same, and `--part`. */
export function addVerdictOptions(command: Command): Command {
  const part = "these are some of the users: print JSON Lines, and leave brake and faults to `merge`";
  return addLimitOptions(command).addOption(new Option("--part", part).conflicts(limits));
}

export function wholeNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It has to be a whole number.");
}

function share(text: string): number {
  const [, digits, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  const value = Number(digits) / (percent ? 100 : 1);
  if (value <= 1) return value;
  throw new InvalidArgumentError("It has to be a number from 0 to 1, or a percentage.");
}

export function brakeOf({ maxLosers, maxShare }: LimitOptions): Brake {
  return { ...(maxLosers !== undefined && { maxLosers }), ...(maxShare !== undefined && { maxShare }) };
}

/** The exit code. A part is fine whatever it holds, so that a pipeline of parts goes on. */
export function verdict(summary: Braked & LineFaults, { part, allowFaults = 0 }: Partial<VerdictOptions>): number {
  if (part) return fine;
  if (summary.held) return held;
  return summary.faultCount > allowFaults ? problems : fine;
}

/** The exit codes, for the help of a command. */
export function verdictCodes(whenFine: string, whenProblems: string): string {
  return `${exitCodes(whenFine, whenProblems)}
  ${held}  more users would lose something than the brake allows: apply nothing`;
}
