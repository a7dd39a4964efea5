// Identity providers, and the tokens of their SCIM clients. No answer has a secret but that of a token, once.

import { Type } from "typebox";
import { scimGroupNames } from "../../providers/configuration.ts";
import { directoryKinds } from "../../providers/directory.ts";
import { claimsFromKinds } from "../../sign-in/oidc-client.ts";
import { Id, Person, text, When } from "./common.ts";
import { exact, named, nullable, use } from "./named.ts";

export const ProviderId = text(64, 1);
const oneOf = <Value extends string>(values: readonly Value[]) => Type.Unsafe<Value>({ type: "string", enum: values });

const directoryFields = {
  kind: oneOf(directoryKinds),
  userClaim: Type.Optional(text(256)),
  tenant: Type.Optional(text(256)),
  url: Type.Optional(text(2048)),
  loginUrl: Type.Optional(text(2048)),
  subject: Type.Optional(text(320)),
  realm: Type.Optional(text(256)),
  groups: Type.Optional(text(32)),
  nested: Type.Optional(Type.Boolean()),
  clientId: Type.Optional(text(1024)),
};

const Secret = (maxLength: number) =>
  Type.Optional({ ...text(maxLength), description: "Left out, it stays as it is; an empty one is taken away." });

const configured = {
  name: { ...text(80, 1), description: "What people call it: the words of its button." },
  enabled: Type.Boolean(),
  clientId: text(1024, 1),
  scope: { ...text(1024, 1), description: "With `openid`." },
  claimsFrom: Type.Array(oneOf(claimsFromKinds), { maxItems: claimsFromKinds.length, uniqueItems: true }),
  scimGroups: { ...oneOf(scimGroupNames), description: "Which name of a SCIM group is the IdP group's." },
};

const settings = {
  ...configured,
  clientSecret: Secret(4096),
  directory: nullable(
    exact({
      ...directoryFields,
      clientSecret: Secret(4096),
      apiToken: Secret(4096),
      serviceAccount: Secret(32_768),
    }),
  ),
};

export const NewProviderBody = exact({
  ...settings,
  issuer: { ...text(2048, 1), description: "It stays as long as the provider does." },
});
export const ProviderBody = exact({ ...settings, version: Id });

export const DeleteProviderQuery = exact({
  version: Id,
  users: Type.Integer({ minimum: 0, description: "How many users it is known to have." }),
});

export const ProviderView = named(
  "Provider",
  exact({
    id: Type.String(),
    name: Type.String(),
    issuer: Type.String(),
    fromEnvironment: Type.Boolean({ description: "It is configured where the server is started, and only shown." }),
    enabled: Type.Boolean(),
    secretsReadable: Type.Boolean({ description: "`false`: their key is gone, and they have to be entered anew." }),
    version: Type.Integer(),
    configuration: nullable(
      exact({
        clientId: Type.String(),
        scope: Type.String(),
        claimsFrom: Type.Array(oneOf(claimsFromKinds)),
        scimGroups: oneOf(scimGroupNames),
        directory: nullable(exact({ ...directoryFields, kind: oneOf(directoryKinds) })),
        secrets: Type.Array(Type.String(), {
          description: "Which are there: `clientSecret`, and of the directory `directory.apiToken` and so on.",
        }),
      }),
    ),
    users: Type.Integer({ description: "How many users came from there." }),
    addresses: exact({
      signIn: Type.String(),
      callback: Type.String(),
      signedOut: Type.String(),
      backChannelLogout: Type.String(),
      scim: Type.String(),
    }),
    changedAt: When,
    changedBy: nullable(use(Person)),
  }),
);

export const ProvidersAnswer = exact({
  providers: Type.Array(use(ProviderView), { description: "That of the environment, then the oldest first." }),
  keepsSecrets: Type.Boolean({ description: "`false`: ENCRYPTION_KEYS is not set, so that no secret is taken." }),
});

export const ScimTokenView = named(
  "ScimToken",
  exact({
    id: Id,
    name: Type.String(),
    createdAt: When,
    createdBy: nullable(Id),
    lastUsedAt: nullable(When),
    revokedAt: nullable(When),
  }),
);
export const ScimTokensAnswer = exact({ tokens: Type.Array(use(ScimTokenView)) });
export const NewScimTokenBody = exact({ name: text(80, 1) });
export const NewScimTokenAnswer = exact({
  token: use(ScimTokenView),
  secret: Type.String({ description: "It is told this once." }),
});
