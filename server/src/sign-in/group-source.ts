// Where groups come from that no token has: the directory of the identity provider; here as the environment configures it.

import type { Directory } from "idp-group-sync/directory";
import { CannotStart } from "../cannot-start.ts";
import {
  type DirectoryConfiguration,
  type DirectoryField,
  directoryKinds,
  groupSourceOf,
  UnusableDirectory,
} from "../providers/directory.ts";

export interface GroupSource {
  directory: Directory;
  /** The claim that has the user's id in the directory. */
  userClaim: string;
  /** Whether to ask also where a token says nothing of groups, for a provider whose tokens never do. */
  alsoIfMissing: boolean;
}

type Environment = Record<string, string | undefined>;

export function groupSource(environment: Environment): GroupSource | null {
  const { DIRECTORY: name } = environment;
  if (!name) return null;
  const kind = directoryKinds.find((one) => one === name);
  if (!kind) throw new CannotStart(`DIRECTORY is \`${name}\`: set it to one of ${directoryKinds.join(", ")}`);
  const said = <Field extends DirectoryField>(...fields: Field[]): Partial<Record<Field, string>> =>
    Object.fromEntries(
      fields.flatMap((field) => {
        const value = environment[variableOf(field)];
        return value ? [[field, value]] : [];
      }),
    ) as Partial<Record<Field, string>>;
  const configuration: DirectoryConfiguration = {
    kind,
    ...said("userClaim", "tenant", "url", "loginUrl", "subject", "realm", "groups", "clientId"),
    nested: environment.DIRECTORY_NESTED === "true",
  };
  const client = { clientId: environment.OIDC_CLIENT_ID, clientSecret: environment.OIDC_CLIENT_SECRET };
  try {
    return groupSourceOf(configuration, said("clientSecret", "apiToken", "serviceAccount"), client);
  } catch (error) {
    if (!(error instanceof UnusableDirectory)) throw error;
    const { field, message } = error;
    throw new CannotStart(field === null ? message : `${missingVariable(field)} ${message}`);
  }
}

/** `loginUrl` is `DIRECTORY_LOGIN_URL`. */
function variableOf(field: DirectoryField): string {
  return `DIRECTORY_${field.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/** The directory has the client of the sign-in, if no other is named. */
function missingVariable(field: DirectoryField): string {
  if (field === "clientId") return "OIDC_CLIENT_ID";
  return field === "clientSecret" ? "OIDC_CLIENT_SECRET" : variableOf(field);
}
