import type { Command } from "commander";
import type { Guards, Membership, PlanOptions } from "idp-group-sync";
import { readConfiguration } from "../configuration.js";
import { readDocument } from "../documents.js";
import { exitCodes, fine } from "../exit.js";
import { addConfigurationOptions, addFormatOption, type CommonOptions } from "../options.js";
import { originOfFile, originsOfConfiguration, withOrigins } from "../origins.js";
import { addPerson, noteDecoded, noteToken, originsOfPerson, type PersonOptions, readPerson } from "../person.js";
import { planLines } from "../plan-text.js";
import type { Terminal } from "../terminal.js";
import { traceSteps } from "../trace.js";

interface Options extends CommonOptions, PersonOptions {
  membership: string;
  guards?: string;
}

export function addPlan(program: Command, terminal: Terminal): void {
  const command = program
    .command("plan")
    .summary("show what a login would change for a member")
    .description(
      "Shows what a login would change for somebody who is a member already: the same as explain, and then the changes.",
    );
  addPerson(command)
    .requiredOption("--membership <file>", "JSON file with the present role and groups")
    .option("--guards <file>", "JSON file with what may refuse a change: the last admin, the seats of the licence");
  addFormatOption(command, "the plan");
  addConfigurationOptions(command)
    .addHelpText(
      "after",
      `
Memberships:
  { "role": "builder", "groups": [{ "name": "sales", "grantedBy": "sync" }] }
  { "role": null, "groups": [] }    (somebody who is not a member yet)

Guards:
  { "lastAdmin": true, "seats": { "roles": { "builder": { "used": 4, "limit": 5 } } } }

Examples:
  $ idp-group-sync plan token.json --membership ada.json --config group-sync.json
  $ idp-group-sync plan -g interns --membership ada.json --guards guards.json \\
      --config group-sync.json

${exitCodes("there is a plan, whatever it is", "the mapping has errors, so it may not run")}`,
    )
    .action((path: string | undefined, options: Options) => plan(path, options, terminal));
}

async function plan(path: string | undefined, options: Options, { out, err }: Terminal): Promise<void> {
  const person = await readPerson(path, options);
  const configuration = await readConfiguration(options);
  const membership = await readDocument(options.membership, "the membership");
  const guards = options.guards === undefined ? undefined : await readDocument(options.guards, "the guards");
  const origins = [
    originsOfConfiguration(configuration),
    originsOfPerson(person),
    originOfFile(membership, ["membership"]),
    ...(guards === undefined ? [] : [originOfFile(guards, ["options", "guards"])]),
  ];
  const planned = await withOrigins(origins, ({ GroupSync }) => {
    const sync = new GroupSync(configuration.config);
    const present = membership.value as Membership;
    const planOptions: PlanOptions = guards === undefined ? {} : { guards: guards.value as Guards };
    return "token" in person
      ? sync.plan(person.token.claims, present, planOptions)
      : sync.planGroups(person.groups, present, planOptions);
  });
  await noteToken(person, err);
  if (options.format === "json") {
    await noteDecoded(person, err);
    await out.print([JSON.stringify(planned, null, 2)]);
  } else {
    const steps = traceSteps(person, planned.resolution, configuration, out);
    await out.print([...steps, ...planLines(planned, out)]);
  }
  process.exitCode = fine;
}
