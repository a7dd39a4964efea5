// What the latest tokens hold, for suggestions and completion, and what their groups are called.

import type { ClaimOptions } from "idp-group-sync";
import { placesReading, SourceReader, viasOf } from "../../claims/groups-in-use.ts";
import { isKeptIfNamed } from "../../claims/known-claims.ts";
import { changeLabels, mostLabels, readLabels, TooManyLabels } from "../../claims/labels.ts";
import { claimSought, groupsOfEach, groupsSeen, type Seen } from "../../claims/latest-claims.ts";
import { roles } from "../../roles.ts";
import { formerNames } from "../../scim/former-names.ts";
import { currentSettings } from "../../settings/versions.ts";
import { readCatalogs } from "../../workspaces/catalogs.ts";
import { ApiError } from "../errors.ts";
import { whoAsks } from "../guard.ts";
import { described } from "../openapi.ts";
import { type ApiPart, documentLimit } from "../part.ts";
import {
  ClaimBody,
  ClaimGroupsAnswer,
  ClaimGroupsBody,
  ClaimSuggestionsAnswer,
  ClaimUsersAnswer,
  GroupLabelsAnswer,
  GroupLabelsBody,
} from "../schemas/claims.ts";
import { refusals, unprocessable, unreadable } from "../schemas/common.ts";

export const claimRoutes: ApiPart = (server, { database, clock }) => {
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
      const { since, cut, groups: all, ...counts } = await groupsSeen(database, claim, clock());
      const groups = all.slice(0, limit);
      const labels = new Map((await readLabels(database)).map(({ name, label }) => [name, label]));
      const vias = await storedVias(claim, groups);
      return {
        ...counts,
        since: since.toISOString(),
        groups: groups.map((group, index) => {
          const label = labels.get(group.name);
          return { ...shown(group), ...(label !== undefined && { label }), via: vias?.[index] ?? null };
        }),
        more: cut || all.length > limit,
        former: (await formerNames(database)).map((one) => ({ ...one, until: one.until.toISOString() })),
      };
    },
  );

  /** By what the stored settings make each of these groups count. */
  async function storedVias(claim: ClaimOptions, groups: Seen[]) {
    const { settings } = await currentSettings(database);
    const ids = [...settings.workspaces.map(({ id }) => id), settings.defaultWorkspace];
    const catalogs = await readCatalogs(database, ids);
    const places = placesReading(claim, settings, (id) => catalogs[id] ?? { roles, groups: [] });
    const names = groups.map(({ name }) => name);
    const read = new SourceReader();
    const vias = viasOf(places, names, read);
    read.free();
    return vias;
  }

  server.get(
    "/claims/labels",
    {
      schema: {
        ...described("GET", "listGroupLabels", "What groups are called whose names are ids"),
        response: { 200: GroupLabelsAnswer, ...refusals },
      },
    },
    async () => ({ labels: await readLabels(database) }),
  );

  server.put(
    "/claims/labels",
    {
      ...documentLimit,
      schema: {
        ...described("change", "changeGroupLabels", "Call groups something else"),
        body: GroupLabelsBody,
        response: {
          200: GroupLabelsAnswer,
          ...refusals,
          ...unreadable,
          ...unprocessable("There would be too many labels: `too-many-labels`. None is changed."),
        },
      },
    },
    async (request) => {
      await changeLabels(database, request.body.labels, whoAsks(request).id).catch((error) => {
        if (!(error instanceof TooManyLabels)) throw error;
        const message = `there would be more than ${mostLabels} labels`;
        throw new ApiError(422, { code: "too-many-labels", message, path: "labels" });
      });
      return { labels: await readLabels(database) };
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

function shown({ name, users, lastSeen }: Seen) {
  return { name, users, lastSeen: lastSeen.toISOString() };
}
