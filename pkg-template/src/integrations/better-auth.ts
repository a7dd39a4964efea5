/**
 * A plugin for better-auth, which decides each login through an identity provider before its session is made, and keeps role and teams
 * where the organization plugin has them.
 *
 * @packageDocumentation
 * @category Your application
 */

import { APIError, type BetterAuthPlugin, type GenericEndpointContext } from "better-auth";
import { createAuthMiddleware } from "better-auth/api";
import type { OneRoleConfiguration } from "../app/configuration.js";
import { type ApplicationSync, defineGroupSync } from "../app/define.js";
import type { Refused, RoleAccess } from "../app/result.js";
import { requireRules, requireUsable } from "./better-auth/checks.js";
import { tell, tellDoubts, tellFailure } from "./better-auth/log.js";
import { NEWCOMER, OrganizationStore, schema } from "./better-auth/store.js";

/** By what rules the logins through one provider give a role in one organization, and its teams. */
export interface OrganizationRules extends Omit<OneRoleConfiguration<string, string>, "store"> {
  /** The provider's id at better-auth: `providerId` of `genericOAuth` or of `@better-auth/sso`, or the name of a social provider. */
  provider: string;
  /** The organization, by its slug. */
  organization: string;
  /** Whether the organization is made at the first login if it is not there. Without it, nobody comes in then. */
  createOrganization?: boolean;
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
  requireRules(rules);
  return {
    id: "group-sync",
    schema,
    async init(context) {
      const { adapter, logger } = context;
      requireUsable(rules, context);
      const syncs = new Map(
        rules.map(({ provider, organization, createOrganization: creates = false, ...rule }) => {
          const keeping = { roles: rule.roles, countsAll: rule.seats !== undefined, creates };
          const store = new OrganizationStore(adapter, organization, keeping);
          const sync = defineGroupSync<string, string>({ groups: () => store.teams(), ...rule, store });
          return [provider, { sync, store }];
        }),
      );
      for (const { provider, groups } of rules) {
        // Teams are not asked for here: their tables may not be there yet.
        if (Array.isArray(groups)) tellDoubts(logger, (await syncs.get(provider)?.sync.check()) ?? []);
      }
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
              const subject = isNewcomer ? NEWCOMER : `${user.id}`;
              const name = isNewcomer ? `${providerId} ${(claims as { sub?: unknown }).sub}` : subject;
              try {
                const result = await login.sync.preview({ subject, ...login.facts });
                if (result.outcome !== "refused") return undefined;
                note(login, name, result);
                tell(logger, name, result);
                return { error: result.code, errorDescription: result.message };
              } catch (error) {
                tellFailure(logger, name, error);
                return { error: FAILED.code, errorDescription: FAILED.message };
              }
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
                  try {
                    const result = await login.sync.login({ subject: userId, ...login.facts });
                    tell(logger, userId, result);
                    if (result.outcome !== "refused") return { data: { activeOrganizationId: await login.store.id() } };
                    note(login, userId, result);
                    login.out = userId;
                    throw new APIError("FORBIDDEN", { code: result.code, message: result.message });
                  } catch (error) {
                    const isRefusal = error instanceof APIError;
                    if (!isRefusal) tellFailure(logger, userId, error);
                    // Decided otherwise than a moment ago, as with a seat that somebody else has taken; or not at all.
                    if (login.isNewcomer) await context.context.internalAdapter.deleteUser(userId);
                    throw isRefusal ? error : new APIError("INTERNAL_SERVER_ERROR", FAILED);
                  }
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

/** What a person is shown whose login could not be decided: what there is more to it stands in the log. */
const FAILED = { code: "login-failed", message: "Signing in failed. Please try again." };

function note({ refusals }: Login, subject: string, { decision }: Refused): void {
  refusals.push({ subject, event: "login", outcome: "refused", decision: JSON.stringify(decision) });
}

/** The provider that a request says it is about. */
function providerOf({ params, body }: GenericEndpointContext): string {
  const { id, providerId } = params ?? {};
  return id ?? providerId ?? body?.provider ?? "";
}
