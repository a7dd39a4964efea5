// What the latest tokens hold, for suggestions and completion.

import { isKeptIfNamed } from "../../claims/known-claims.ts";
import { claimSought, claimsSeen, groupsOfEach, groupsSeen, type Seen } from "../../claims/latest-claims.ts";
import { described } from "../openapi.ts";
import type { ApiPart } from "../part.ts";
import {
  ClaimBody,
  ClaimGroupsAnswer,
  ClaimGroupsBody,
  ClaimSuggestionsAnswer,
  ClaimsAnswer,
  ClaimUsersAnswer,
} from "../schemas/claims.ts";
import { refusals, unreadable } from "../schemas/common.ts";

export const claimRoutes: ApiPart = (server, { database }) => {
  server.get(
    "/claims",
    {
      schema: {
        ...described("GET", "listClaims", "The claims of the latest tokens that groups can be read from"),
        response: { 200: ClaimsAnswer, ...refusals },
      },
    },
    async () => {
      const { tokens, claims } = await claimsSeen(database);
      return { tokens, claims: claims.slice(0, mostClaims).map(shown) };
    },
  );

  server.post(
    "/claims/groups",
    {
      schema: {
        ...described("change", "listGroupsOfClaim", "The groups that the latest tokens have under a claim"),
        body: ClaimGroupsBody,
        response: { 200: ClaimGroupsAnswer, ...refusals, ...unreadable },
      },
    },
    async ({ body: { claim, limit = 1000 } }) => {
      const { tokens, groups, cut } = await groupsSeen(database, claim);
      return { tokens, groups: groups.slice(0, limit).map(shown), more: cut || groups.length > limit };
    },
  );

  server.post(
    "/claims/users",
    {
      schema: {
        ...described("change", "listUsersOfClaim", "The groups that each of the latest tokens has under a claim"),
        body: ClaimBody,
        response: { 200: ClaimUsersAnswer, ...refusals, ...unreadable },
      },
    },
    async ({ body: { claim } }) => ({ users: await groupsOfEach(database, claim) }),
  );

  server.post(
    "/claims/suggestions",
    {
      schema: {
        ...described("change", "suggestClaims", "In how many of the latest tokens a claim is, and which may be meant"),
        body: ClaimBody,
        response: { 200: ClaimSuggestionsAnswer, ...refusals, ...unreadable },
      },
    },
    async ({ body: { claim } }) => {
      const { withClaim, ...rest } = await claimSought(database, claim);
      return { ...rest, withClaim: withClaim === 0 && isKeptIfNamed(claim) ? null : withClaim };
    },
  );
};

const mostClaims = 200;

function shown({ name, users, lastSeen }: Seen) {
  return { name, users, lastSeen: lastSeen.toISOString() };
}
