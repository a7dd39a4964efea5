// The directory of an identity provider, from which groups come that no token has: what has to be said of each kind.

import {
  auth0Directory,
  type Directory,
  DirectoryError,
  entraDirectory,
  googleDirectory,
  keycloakDirectory,
  oktaDirectory,
} from "idp-group-sync/directory";
import type { GroupSource } from "../sign-in/group-source.ts";

export const directoryKinds = ["entra", "google", "okta", "keycloak", "auth0"] as const;

export interface DirectoryConfiguration {
  kind: (typeof directoryKinds)[number];
  /** The claim that has the user's id in the directory. */
  userClaim?: string;
  tenant?: string;
  url?: string;
  loginUrl?: string;
  /** In whose name Google is asked. */
  subject?: string;
  realm?: string;
  /** By what groups are named; what there is to choose from depends on the kind. */
  groups?: string;
  /** Whether Google's nested groups count. */
  nested?: boolean;
  /** Instead of the client of the sign-in. */
  clientId?: string;
}

export interface DirectorySecrets {
  clientSecret?: string;
  apiToken?: string;
  /** The content of the key file of Google's service account. */
  serviceAccount?: string;
}

export type DirectoryField = keyof DirectoryConfiguration | keyof DirectorySecrets;

/** What was said is not enough to ask a directory by. */
export class UnusableDirectory extends Error {
  /** `null` where it is nothing by itself. */
  readonly field: DirectoryField | null;

  constructor(field: DirectoryField | null, message: string) {
    super(message);
    this.field = field;
  }
}

export interface SignInClient {
  clientId?: string | undefined;
  clientSecret?: string | null | undefined;
}

/** @throws {UnusableDirectory} if something is missing or wrong */
export function groupSourceOf(
  configuration: DirectoryConfiguration,
  secrets: DirectorySecrets,
  client: SignInClient,
): GroupSource {
  const { kind, userClaim } = configuration;
  try {
    return {
      directory: directoryOf(configuration, secrets, client),
      userClaim: userClaim || (kind === "entra" ? "oid" : "sub"),
      alsoIfMissing: kind === "google",
    };
  } catch (error) {
    if (!(error instanceof DirectoryError)) throw error;
    throw new UnusableDirectory(null, `the directory ${kind} cannot be asked: ${error.message}`);
  }
}

function directoryOf(configuration: DirectoryConfiguration, secrets: DirectorySecrets, own: SignInClient): Directory {
  const { kind, url, loginUrl } = configuration;
  const said: Partial<Record<DirectoryField, unknown>> = { ...configuration, ...secrets };
  const required = (field: DirectoryField): string => {
    const value = said[field];
    if (typeof value === "string" && value !== "") return value;
    throw new UnusableDirectory(field, `is missing: the directory ${kind} cannot be asked without it`);
  };
  const groups = <Kind extends string>(...kinds: Kind[]): { groups?: Kind } => {
    const { groups: wanted } = configuration;
    if (!wanted) return {};
    const known = kinds.find((one) => one === wanted);
    if (known) return { groups: known };
    throw new UnusableDirectory(
      "groups",
      `is \`${wanted}\`: for the directory ${kind} set it to ${kinds.join(" or ")}`,
    );
  };
  const client = () => ({
    clientId: configuration.clientId || own.clientId || required("clientId"),
    clientSecret: secrets.clientSecret || own.clientSecret || required("clientSecret"),
  });
  switch (kind) {
    case "entra":
      return entraDirectory({
        tenant: required("tenant"),
        ...client(),
        ...groups("id", "name"),
        ...(url && { base: url }),
        ...(loginUrl && { login: loginUrl }),
      });
    case "google":
      return googleDirectory({
        serviceAccount: serviceAccount(required("serviceAccount")),
        subject: required("subject"),
        ...groups("email", "name", "id"),
        nested: configuration.nested === true,
      });
    case "okta":
      return oktaDirectory({ base: required("url"), apiToken: required("apiToken"), ...groups("name", "id") });
    case "keycloak":
      return keycloakDirectory({
        base: required("url"),
        realm: required("realm"),
        ...client(),
        ...groups("path", "name"),
      });
    case "auth0":
      return auth0Directory({ base: required("url"), ...client(), ...groups("roles", "organizations") });
  }
}

function serviceAccount(text: string): { client_email: string; private_key: string; private_key_id?: string } {
  try {
    const { client_email, private_key, private_key_id } = JSON.parse(text);
    return { client_email, private_key, ...(private_key_id && { private_key_id }) };
  } catch {
    throw new UnusableDirectory(
      "serviceAccount",
      "is no JSON: set it to the content of the service account's key file",
    );
  }
}
