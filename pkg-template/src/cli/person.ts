// Whose login is looked at, for the commands that look at one.
import type { Command } from "commander";
import { InputError } from "./exit.js";
import { collect } from "./options.js";
import { type Origins, originOfFile } from "./origins.js";
import type { Output } from "./terminal.js";
import { readToken } from "./token.js";
import type { Person } from "./trace.js";

export interface PersonOptions {
  groups?: string[];
}

/** The argument and the option that say who it is. */
export function addPerson(command: Command): Command {
  return command
    .argument("[token]", "JSON file with the claims of a token, or the token itself (a JWT); - is standard input")
    .option("-g, --groups <name>", "an IdP group in place of a token; give it once for each group", collect);
}

/** Reads who it is. */
export async function readPerson(path: string | undefined, { groups }: PersonOptions): Promise<Person> {
  if (path !== undefined && groups === undefined) return { token: await readToken(path) };
  if (path === undefined && groups !== undefined) return { groups };
  const problem =
    path === undefined ? "there is no token and there are no groups" : "both a token and groups are given";
  throw new InputError(`${problem}: give the token's file, or \`--groups NAME\` for each IdP group`);
}

/** Says that nobody vouches for a token, where the output itself has no place for that. */
export async function noteDecoded(person: Person, err: Output): Promise<void> {
  if ("token" in person && person.token.isJwt) {
    await err.print(["note: the token was only decoded; its signature was not checked"]);
  }
}

/** Says what else is to be known about a token. */
export async function noteToken(person: Person, err: Output): Promise<void> {
  if ("token" in person) await err.print(person.token.notes.map((note) => `note: ${note}`));
}

/** Where the claims came from. */
export function originsOfPerson(person: Person): Origins {
  return "token" in person ? originOfFile(person.token.document, ["claims"]) : { values: [], mappings: [] };
}
