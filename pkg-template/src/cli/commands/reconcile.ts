import type { Command } from "commander";
import type { ReconcileChange, ReconcileSummary, Reconciliation, WorkspacePlan } from "idp-group-sync";
import { plural } from "../diagnostics.js";
import { fine, InputError } from "../exit.js";
import { faultLines } from "../faults.js";
import { addFormatOption, type Format } from "../options.js";
import { originOfFile, withOrigins } from "../origins.js";
import { refusedText, roleChange } from "../plan-text.js";
import { Progress } from "../progress.js";
import { loginConfig } from "../settings-file.js";
import type { Output, Terminal } from "../terminal.js";
import { reconcileTotals } from "../totals.js";
import { openUsers, type Users } from "../users.js";
import { addVerdictOptions, brakeOf, type VerdictOptions, verdict, verdictCodes } from "../verdict.js";
import { visible } from "../visible.js";

interface Options extends VerdictOptions {
  directory: string;
  settings: string;
  workspace: string | undefined;
  catalogs: string | undefined;
  apply: true | undefined;
  format: Format;
}

export function addReconcile(program: Command, terminal: Terminal): void {
  const command = program
    .command("reconcile")
    .summary("show what becomes of whom by what a directory says of its users")
    .description(
      "Shows who would be archived, restored or created, and who would get or lose what, by what a directory says of its " +
        "users between logins. Users are read and printed as they come, so there may be any number of them.",
    )
    .requiredOption("--directory <file>", "what the directory says of its users, as JSON Lines; - is standard input")
    .requiredOption("-s, --settings <file>", "JSON file of settings, as the admin page exports it")
    .option("--catalogs <file>", "JSON file with the catalog of each workspace by its id, if the settings lack them")
    .option("-w, --workspace <id>", "this workspace alone")
    .option("--apply", "print the plans as JSON Lines to carry out; none if the brake holds them");
  addVerdictOptions(command);
  addFormatOption(command, "JSON Lines: each user something becomes of, and at last the summary")
    .addHelpText(
      "after",
      `
Users, one on each line: what LoginSync.reconcile takes, and the id.
  { "id": "ada", "directory": "active", "method": "scim", "groups": ["Sales Team"],
    "user": { "exists": true },
    "workspaces": [{ "id": "main", "member": "active",
                     "membership": { "role": "end-user", "groups": [] } }] }
  { "id": "bob", "directory": "absent", "method": "scim",
    "user": { "exists": true }, "workspaces": [] }

--apply reads a file twice: to see whether the brake holds, and to print the plans.
They are whole once the summary stands behind them.

Examples:
  $ idp-group-sync reconcile --settings settings.json --directory users.jsonl
  $ idp-group-sync reconcile --settings settings.json --directory users.jsonl \\
      --apply --max-share 2% > plans.jsonl
  $ export-users | idp-group-sync reconcile --settings settings.json --directory - \\
      --part > part-1.jsonl

${verdictCodes("every user was read, whatever becomes of them", "more lines than --allow-faults could not be read")}`,
    )
    .action((options: Options) => reconcile(options, terminal));
}

async function reconcile(options: Options, { out, err }: Terminal): Promise<void> {
  const { apply, part, directory } = options;
  const { document, config } = await loginConfig(options);
  const users = await openUsers(directory);
  if (apply && !part && users.size === undefined) {
    const why = "`--apply` reads the users twice, which only a file can be";
    throw new InputError(`${visible(users.name)}: ${why}; write them to one, or give \`--part\``);
  }
  const start = () =>
    withOrigins(
      [originOfFile(document, ["config", "settings"])],
      ({ Reconciliation }) => new Reconciliation(config, brakeOf(options)),
    );
  const progress = new Progress(err, users.size === undefined ? undefined : users.size * (apply && !part ? 2 : 1));
  let count = 0;
  const read = async (
    { chunks }: Users,
    work: Reconciliation,
    print: (changes: ReconcileChange[]) => Promise<void>,
  ) => {
    const each = async (changes: ReconcileChange[], bytes: number) => {
      count += changes.length;
      if (changes.length > 0 && out.isTerminal) progress.clear();
      await print(changes);
      if (bytes > 0) progress.advance(bytes, plural(count, "change"));
    };
    for await (const chunk of chunks()) await each(work.push(chunk), chunk.length);
    const { changes, summary } = work.finish();
    await each(changes, 0);
    return summary;
  };
  const printJson = (changes: ReconcileChange[]) => out.print(changes.map((change) => JSON.stringify(change)));

  let summary: ReconcileSummary;
  if (apply && !part) {
    summary = await read(users, await start(), async () => {});
    count = 0;
    if (verdict(summary, options) === fine)
      await refuseChanged(users, summary, await read(await openUsers(directory), await start(), printJson));
  } else if (part || options.format === "json") {
    summary = await read(users, await start(), printJson);
  } else {
    summary = await read(users, await start(), (changes) =>
      out.print(changes.map((change) => changeLine(change, out))),
    );
  }
  progress.clear();

  const isJson = apply || part || options.format === "json";
  if (isJson) await out.print([JSON.stringify({ summary })]);
  else await out.print([...(count > 0 ? [""] : []), ...reconcileTotals(summary, out)]);
  if (apply && summary.held) await err.print(reconcileTotals(summary, err));
  await err.print(faultLines(summary, users.name, err));
  process.exitCode = verdict(summary, options);
}

/** Plans that nobody counted before must not stand as whole. */
async function refuseChanged({ name }: Users, before: ReconcileSummary, after: ReconcileSummary): Promise<void> {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  throw new InputError(`${visible(name)}: the users changed while they were read; carry nothing out`);
}

const verbs: Record<ReconcileChange["user"], string> = {
  keep: "",
  create: "would be created",
  archive: "would be archived",
  restore: "would be restored",
};

const reasons: Record<string, string> = {
  inactive: "the directory has switched the user off",
  absent: "the directory does not have the user",
  "denied-by-policy": "would be refused: the policy gives the user no access",
};

const blockedBy: Record<NonNullable<ReconcileChange["blocked"]>, string> = {
  "last-super-admin": "is not archived: no other super admin may be left",
  "seat-limit": "gets no seat: the licence has none left",
};

function changeLine({ id, user, reason, blocked, workspaces }: ReconcileChange, out: Output): string {
  const why = reason === undefined ? undefined : (reasons[reason] ?? reason);
  const verb = [verbs[user], why].filter(Boolean).join(": ");
  const parts = [
    user === "archive" ? out.paint("bad", verb) : verb,
    blocked === undefined ? "" : blockedBy[blocked],
    ...workspaces.map((workspace) => workspaceText(workspace, out)),
  ];
  return `${out.paint("strong", visible(id))} ${parts.filter(Boolean).join("; ")}`;
}

function workspaceText({ id, plan }: WorkspacePlan, { paint }: Output): string {
  const parts: string[] = [];
  if (plan.status === "denied") parts.push(paint("error", "would be refused"));
  if (plan.status === "change") {
    const { role, join, leave } = plan;
    if (role.from !== role.to) parts.push(`role ${roleChange(role)}`);
    const groups = [
      ...join.map((group) => paint("good", `+${visible(group)}`)),
      ...leave.map((group) => paint("bad", `-${visible(group)}`)),
    ];
    if (groups.length > 0) parts.push(`groups ${groups.join(", ")}`);
  }
  parts.push(...plan.blocked.map(refusedText));
  return `in ${visible(id)}: ${parts.join(", ")}`;
}
