// Where groups come from that no token has: the directory of the identity provider, as the environment configures it.

import {
  auth0Directory,
  type Directory,
  DirectoryError,
  entraDirectory,
  googleDirectory,
  keycloakDirectory,
  oktaDirectory,
} from "idp-group-sync/directory";
import { CannotStart } from "../cannot-start.ts";

export interface GroupSource {
  directory: Directory;
  /** The claim that has the user's id in the directory. */
  userClaim: string;
  /** Whether to ask also where a token says nothing of groups, for a provider whose tokens never do. */
  alsoIfMissing: boolean;
}

type Environment = Record<string, string | undefined>;

const providers = ["entra", "google", "okta", "keycloak", "auth0"] as const;

export function groupSource(environment: Environment): GroupSource | null {
  const { DIRECTORY: name } = environment;
  if (!name) return null;
  const provider = providers.find((one) => one === name);
  if (!provider) throw new CannotStart(`DIRECTORY is \`${name}\`: set it to one of ${providers.join(", ")}`);
  const userClaim = environment.DIRECTORY_USER_CLAIM || (provider === "entra" ? "oid" : "sub");
  try {
    return { directory: directoryOf(provider, environment), userClaim, alsoIfMissing: provider === "google" };
  } catch (error) {
    if (!(error instanceof DirectoryError)) throw error;
    throw new CannotStart(`the directory ${provider} cannot be asked: ${error.message}`);
  }
}

function directoryOf(provider: (typeof providers)[number], environment: Environment): Directory {
  const required = (name: string): string => {
    const value = environment[name];
    if (value) return value;
    throw new CannotStart(`${name} is missing: with DIRECTORY=${provider} the directory cannot be asked without it`);
  };
  const groups = <Kind extends string>(...kinds: Kind[]): { groups?: Kind } => {
    const { DIRECTORY_GROUPS: kind } = environment;
    if (!kind) return {};
    const known = kinds.find((one) => one === kind);
    if (known) return { groups: known };
    throw new CannotStart(
      `DIRECTORY_GROUPS is \`${kind}\`: with DIRECTORY=${provider} set it to ${kinds.join(" or ")}`,
    );
  };
  const client = () => ({
    clientId: environment.DIRECTORY_CLIENT_ID || required("OIDC_CLIENT_ID"),
    clientSecret: environment.DIRECTORY_CLIENT_SECRET || required("OIDC_CLIENT_SECRET"),
  });
  switch (provider) {
    case "entra":
      return entraDirectory({
        tenant: required("DIRECTORY_TENANT"),
        ...client(),
        ...groups("id", "name"),
        ...(environment.DIRECTORY_URL && { base: environment.DIRECTORY_URL }),
        ...(environment.DIRECTORY_LOGIN_URL && { login: environment.DIRECTORY_LOGIN_URL }),
      });
    case "google":
      return googleDirectory({
        serviceAccount: serviceAccount(required("DIRECTORY_SERVICE_ACCOUNT")),
        subject: required("DIRECTORY_SUBJECT"),
        ...groups("email", "name", "id"),
        nested: environment.DIRECTORY_NESTED === "true",
      });
    case "okta":
      return oktaDirectory({
        base: required("DIRECTORY_URL"),
        apiToken: required("DIRECTORY_API_TOKEN"),
        ...groups("name", "id"),
      });
    case "keycloak":
      return keycloakDirectory({
        base: required("DIRECTORY_URL"),
        realm: required("DIRECTORY_REALM"),
        ...client(),
        ...groups("path", "name"),
      });
    case "auth0":
      return auth0Directory({ base: required("DIRECTORY_URL"), ...client(), ...groups("roles", "organizations") });
  }
}

function serviceAccount(text: string): { client_email: string; private_key: string; private_key_id?: string } {
  try {
    const { client_email, private_key, private_key_id } = JSON.parse(text);
    return { client_email, private_key, ...(private_key_id && { private_key_id }) };
  } catch {
    throw new CannotStart(
      "DIRECTORY_SERVICE_ACCOUNT is no JSON: set it to the content of the service account's key file",
    );
  }
}
