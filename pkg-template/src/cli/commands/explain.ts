import type { Command } from "commander";
import { readConfiguration } from "../configuration.js";
import { exitCodes, fine } from "../exit.js";
import { addIdpGroupsOption, detailsOf, type IdpGroupsOption, readIdpGroups } from "../idp-groups.js";
import { addConfigurationOptions, addFormatOption, type CommonOptions } from "../options.js";
import { originsOfConfiguration, withOrigins } from "../origins.js";
import { addPerson, noteDecoded, noteToken, originsOfPerson, type PersonOptions, readPerson } from "../person.js";
import type { Terminal } from "../terminal.js";
import { traceResult, traceSteps } from "../trace.js";
import { whyNot, whyNotLines } from "../why-not.js";

interface Options extends CommonOptions, PersonOptions, IdpGroupsOption {
  whyNot?: string;
}

export function addExplain(program: Command, terminal: Terminal): void {
  const command = program
    .command("explain")
    .summary("show which role and groups a token gives, and why")
    .description(
      "Shows which role and groups somebody gets, and why: where the groups stand in the token, which lines of the " +
        "mapping each of them meets, and what only nearly matches. A JWT is decoded; its signature is not checked.",
    );
  addPerson(command);
  command.option("--why-not <group>", "show what would give this group or role, and what is missing for it");
  addIdpGroupsOption(command, "their labels are shown");
  addFormatOption(command, "the resolution");
  addConfigurationOptions(command)
    .addHelpText(
      "after",
      `
Examples:
  $ idp-group-sync explain token.json --config group-sync.json
  $ idp-group-sync explain -g "Sales Team" -g interns --config group-sync.json
  $ idp-group-sync explain token.json --config group-sync.json --why-not marketing
  $ idp-group-sync explain token.jwt -m mapping.txt --catalog catalog.json \\
      --claim realm_access.roles
  $ idp-group-sync explain token.json --config group-sync.json \\
      --claim '{ "name": "groups", "item": "last-path-segment" }'

${exitCodes("there is an answer, whatever it is", "the mapping has errors, so it may not run")}`,
    )
    .action((path: string | undefined, options: Options) => explain(path, options, terminal));
}

async function explain(path: string | undefined, options: Options, { out, err }: Terminal): Promise<void> {
  const person = await readPerson(path, options);
  const configuration = await readConfiguration(options);
  const details = await detailsOf(await readIdpGroups(options));
  const origins = [originsOfConfiguration(configuration), originsOfPerson(person)];
  const resolution = await withOrigins(origins, ({ GroupSync }) => {
    const sync = new GroupSync(configuration.config);
    return "token" in person ? sync.resolve(person.token.claims) : sync.resolveGroups(person.groups);
  });
  const { whyNot: wanted } = options;
  const missed = wanted === undefined ? undefined : await whyNot(wanted, resolution, configuration);
  await noteToken(person, err);
  if (options.format === "json") {
    await noteDecoded(person, err);
    await out.print([JSON.stringify(missed === undefined ? resolution : { ...resolution, whyNot: missed }, null, 2)]);
  } else {
    const steps = traceSteps(person, resolution, configuration, out, details);
    const answer = missed === undefined ? [] : ["", ...whyNotLines(missed, resolution, configuration, out)];
    await out.print([...steps, ...traceResult(resolution, out), ...answer]);
  }
  process.exitCode = fine;
}
