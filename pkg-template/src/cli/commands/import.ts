import { type Command, Option } from "commander";
import type { ImportedMapping, ImportFormat } from "idp-group-sync";
import { counted, humanDiagnostics, plural } from "../diagnostics.js";
import { exitCodes, fine, problems } from "../exit.js";
import { readText } from "../inputs.js";
import { addFormatOption, type Format } from "../options.js";
import { withOrigins } from "../origins.js";
import type { Terminal } from "../terminal.js";
import { visible } from "../visible.js";

interface Options {
  from?: ImportFormat;
  format: Format;
}

/** Every format, with whose it is. */
const formats: Record<ImportFormat, string> = {
  mapping: "mapping text",
  arrows: "Retool, ToolJet",
  grafana: "role_attribute_path, org_mapping",
  gitea: "Gitea, Forgejo: the team map",
  "argo-cd": "policy.csv",
  coder: "group and role sync",
  gitlab: "SAML and LDAP group links",
  keycloak: "identity provider mappers",
  "flask-appbuilder": "AUTH_ROLES_MAPPING of Airflow and Superset",
  vault: "Vault, OpenBao: groups and group aliases",
  json: '{ "IdP group": ["role"] }',
  "json-reversed": '{ "role": ["IdP group"] }',
  csv: "a table, IdP groups first",
  "csv-reversed": "a table, roles first",
};

export function addImport(program: Command, terminal: Terminal): void {
  const command = program
    .command("import")
    .summary("turn a mapping of another product into mapping text")
    .description(
      "Prints a mapping that another product keeps as mapping text, and tells on standard error what can't be said in one, " +
        "or means something else.",
    )
    .argument("<file>", "what the other product has; - is standard input")
    .addOption(
      new Option("--from <format>", "how it is written, where that is not sure").choices(Object.keys(formats)),
    );
  addFormatOption(command, "the whole result")
    .addHelpText(
      "after",
      `
Formats:
${Object.entries(formats)
  .map(([name, whose]) => `  ${name.padEnd(16)}  ${whose}`)
  .join("\n")}

Examples:
  $ idp-group-sync import grafana.ini > mapping.txt
  $ kubectl get cm argocd-rbac-cm -o yaml | idp-group-sync import -
  $ idp-group-sync import groups.json --from json-reversed

${exitCodes("everything was imported, or told of", "something could not be read, or it is open how it is meant")}`,
    )
    .action((path: string, options: Options) => importFile(path, options, terminal));
}

async function importFile(path: string, { from, format }: Options, { out, err }: Terminal): Promise<void> {
  const source = await readText(path, "the file");
  const imported = await withOrigins([], ({ importMapping }) =>
    importMapping(source.text, from === undefined ? {} : { from }),
  );
  if (format === "json") await out.print([JSON.stringify(imported, null, 2)]);
  else {
    if (imported.mapping !== "") await out.print([imported.mapping]);
    await err.print([
      ...humanDiagnostics(imported.diagnostics, source, err),
      summary(source.name, imported, counted(imported.diagnostics, err)),
    ]);
  }
  process.exitCode = imported.diagnostics.some(({ severity }) => severity === "error") ? problems : fine;
}

function summary(name: string, { from, choices, entries, claims }: ImportedMapping, diagnostics: string): string {
  const read = from === undefined ? "" : ` (${from})`;
  const choice = choices.length === 0 ? "" : `; choose with --from ${choices.join(" or --from ")}`;
  const claim = claims.length === 0 ? "" : `; read from ${claims.map((claim) => `\`${visible(claim)}\``).join(", ")}`;
  return `${visible(name)}${read}: ${plural(entries, "entry", "entries")}${claim}; ${diagnostics}${choice}`;
}
