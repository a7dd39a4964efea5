// `idp-group-sync/better-auth`: a plugin for better-auth, which decides each login through an identity provider before its session is made,
// and keeps role and teams where the organization plugin has them.

import { APIError, type BetterAuthPlugin, type GenericEndpointContext } from "better-auth";
import { createAuthMiddleware } from "better-auth/api";
import type { OneRoleConfiguration } from "../app/configuration.js";
import { type ApplicationSync, defineGroupSync } from "../app/define.js";
import type { Refused, RoleAccess } from "../app/result.js";
import { NEWCOMER, OrganizationStore, schema } from "./better-auth/store.js";

/** By what rules the logins through one provider give a role in one organization, and its teams. */
export interface OrganizationRules extends Omit<OneRoleConfiguration<string, string>, "store"> {
  /** The provider's id at better-auth: `providerId` of `genericOAuth` or of `@better-auth/sso`, or the name of a social provider. */
  provider: string;
  /** The organization, by its slug. It is made at the first login if it is not there. */
  organization: string;
}

/** What is kept of a login from its claims to its session. */
interface Login {
  sync: ApplicationSync<RoleAccess<string, string>>;
  store: OrganizationStore;
  facts: { claims: object; provider: string };
  isNewcomer: boolean;
  /** Who is signed in no longer. */
  out: string | undefined;
  refusals: Parameters<OrganizationStore["audit"]>[0][];
}

/** The logins under way, by their requests. */
const logins = new WeakMap<object, Login>();

/**
 * The plugin. Each login through the provider of these rules is decided by its claims: role and teams follow, or there is no session.
 *
 * @throws {GroupSyncError} `invalid-mapping` for a mapping with errors, when better-auth starts
 */
export function groupSync(...rules: OrganizationRules[]) {
  return {
    id: "group-sync",
    schema,
    init({ adapter, options }) {
      if (!options.plugins?.some(({ schema }) => schema !== undefined && "team" in schema)) {
        throw new Error("groupSync keeps teams: add `organization({ teams: { enabled: true } })` to the plugins");
      }
      if (options.user?.validateUserInfo) {
        throw new Error(
          "groupSync needs `user.validateUserInfo`: do what yours does in `databaseHooks.user.create.before`",
        );
      }
      if (adapter.options?.adapterConfig.transaction === false) {
        throw new Error("groupSync needs transactions: give better-auth's database adapter `transaction: true`");
      }
      const syncs = new Map(
        rules.map(({ provider, organization, ...rule }) => {
          const { roles, seats } = rule;
          const store = new OrganizationStore(adapter, organization, roles, seats !== undefined);
          const sync = defineGroupSync<string, string>({ groups: () => store.teams(), ...rule, store });
          return [provider, { sync, store }];
        }),
      );
      return {
        options: {
          user: {
            /** The one place in which better-auth shows the claims that it verified, and before it makes anybody. */
            async validateUserInfo({ user, source }, context) {
              const { providerId = "", profile: claims = {} } = source.oauth ?? source.sso ?? {};
              const known = syncs.get(providerId);
              if (known === undefined) return undefined;
              const isNewcomer = source.action === "create-user";
              const login: Login = {
                ...known,
                facts: { claims, provider: providerId },
                isNewcomer,
                out: undefined,
                refusals: [],
              };
              logins.set(context.context, login);
              if (source.action === "sign-in") return undefined;
              const result = await login.sync.preview({
                subject: isNewcomer ? NEWCOMER : `${user.id}`,
                ...login.facts,
              });
              if (result.outcome !== "refused") return undefined;
              note(login, isNewcomer ? `${providerId} ${(claims as { sub?: unknown }).sub}` : `${user.id}`, result);
              return { error: result.code, errorDescription: result.message };
            },
          },
          databaseHooks: {
            session: {
              create: {
                async before({ userId }, context) {
                  if (context === null || context === undefined) return undefined;
                  const login = logins.get(context.context);
                  if (login === undefined) {
                    if (syncs.has(providerOf(context))) throw new Error("a login came here without its claims");
                    return undefined;
                  }
                  const result = await login.sync.login({ subject: userId, ...login.facts });
                  if (result.outcome !== "refused") return { data: { activeOrganizationId: await login.store.id() } };
                  note(login, userId, result);
                  login.out = userId;
                  // Decided otherwise than a moment ago, as with a seat that somebody else has taken.
                  if (login.isNewcomer) await context.context.internalAdapter.deleteUser(userId);
                  throw new APIError("FORBIDDEN", { code: result.code, message: result.message });
                },
              },
            },
          },
        },
      };
    },
    hooks: {
      after: [
        {
          matcher: ({ context }) => logins.has(context),
          handler: createAuthMiddleware(async ({ context }) => {
            const login = logins.get(context);
            if (login === undefined) return;
            // By now what better-auth began in a transaction is undone.
            for (const record of login.refusals.splice(0)) await login.store.audit(record);
            if (login.out !== undefined) await context.internalAdapter.deleteUserSessions(login.out);
          }),
        },
      ],
    },
  } satisfies BetterAuthPlugin;
}

function note({ refusals }: Login, subject: string, { decision }: Refused): void {
  refusals.push({ subject, event: "login", outcome: "refused", decision: JSON.stringify(decision) });
}

/** The provider that a request says it is about. */
function providerOf({ params, body }: GenericEndpointContext): string {
  const { id, providerId } = params ?? {};
  return id ?? providerId ?? body?.provider ?? "";
}
