// The IdP groups that are known: from a file, which a directory or the tokens of logins were written into.
import type { Command } from "commander";
import type { IdpGroup } from "idp-group-sync";
import type { DataDocument } from "./data-document.js";
import { readDocument } from "./documents.js";
import { originOfFile, withOrigins } from "./origins.js";

export interface IdpGroupsOption {
  idpGroups?: string;
}

/** What is known, and where it is passed to the package. */
export interface KnownGroups {
  document: DataDocument;
  groups: IdpGroup[];
}

/** `--idp-groups`; `use` says what they are good for. */
export function addIdpGroupsOption(command: Command, use: string): Command {
  return command.option("--idp-groups <file>", `JSON file with the IdP groups that are known; ${use}`);
}

export async function readIdpGroups({ idpGroups }: IdpGroupsOption): Promise<KnownGroups | undefined> {
  if (idpGroups === undefined) return undefined;
  const document = await readDocument(idpGroups, "the IdP groups");
  // It is not looked at here: the package says what is wrong with it.
  return { document, groups: document.value as IdpGroup[] };
}

/** What is known of each group beyond its name. */
export async function detailsOf(known: KnownGroups | undefined): Promise<ReadonlyMap<string, string>> {
  if (known === undefined) return new Map();
  const { document, groups } = known;
  const completions = await withOrigins([originOfFile(document, ["idpGroups"])], ({ completeMapping }) =>
    completeMapping("", 0, { groups: [] }, groups),
  );
  return new Map(completions.flatMap(({ label, detail }) => (detail === undefined ? [] : [[label, detail] as const])));
}
