// Reading and changing the settings. The engine says what a command does; here it is only stored.

import type { FastifyRequest } from "fastify";
import { type Static, Type } from "typebox";
import { CommandFault } from "../../settings/commands.ts";
import { changeSettings } from "../../settings/versions.ts";
import { ApiError, missing } from "../errors.ts";
import { whoAsks } from "../guard.ts";
import { described } from "../openapi.ts";
import { type ApiPart, documentLimit } from "../part.ts";
import { notFound, refusals, unprocessable, unreadable, Version } from "../schemas/common.ts";
import { exact, use } from "../schemas/named.ts";
import {
  CommandBody,
  SaveBody,
  SettingsAnswer,
  StaleExpectations,
  StaleSettings,
  StoredSettings,
  UnconfirmedExpectations,
  UnconfirmedSettings,
  VersionsAnswer,
} from "../schemas/settings.ts";
import { answerOf, conflictOf, isConflict, type Update } from "../settings/answers.ts";
import { reviewed } from "../settings/confirmation.ts";
import { requireStorable } from "../settings/expectations.ts";
import { listVersions, storedSettings } from "../settings/stored.ts";

const changing = {
  200: use(SettingsAnswer),
  ...refusals,
  503: {
    ...refusals[503],
    description:
      "`impact-unknown`: what this does to known users could not be worked out in time; nothing is stored, unless `confirmed` says that it is not known. Or the database cannot be reached: `database-unavailable`.",
  },
  409: {
    ...Type.Union([use(StaleSettings), use(UnconfirmedSettings), use(UnconfirmedExpectations), use(StaleExpectations)]),
    description:
      "`stale-version`: these are no longer the present settings. `impact-unconfirmed`: known users would be kept out, or lose the highest role of a workspace, and `confirmed` does not have their number. `expectations-unconfirmed`: scenarios or guarantees do not hold, and `failing` is not how many. `stale-expectations`: somebody else has changed those that were to be stored.",
  },
  ...unreadable,
  ...unprocessable(
    "The engine refuses a command, with its code; it names a workspace that does not exist: `no-such-workspace`; or there never was this version: `unknown-version`.",
  ),
};

export const settingsRoutes: ApiPart = (server, { database }) => {
  server.get(
    "/settings",
    {
      schema: {
        ...described("GET", "getSettings", "The settings"),
        response: { 200: use(StoredSettings), ...refusals },
      },
    },
    () => present(),
  );

  server.post(
    "/settings/commands",
    {
      ...documentLimit,
      schema: {
        ...described("change", "changeSettings", "Change the settings by a command"),
        body: CommandBody,
        response: changing,
      },
    },
    async (request, reply) => {
      const { command, ...body } = request.body;
      const place = () => "command";
      const update = await change(request, { ...body, commands: [command] }, place);
      return isConflict(update)
        ? reply.code(409).send(await conflictOf(database, update, []))
        : answerOf(database, update, place);
    },
  );

  server.post(
    "/settings/save",
    {
      ...documentLimit,
      schema: {
        ...described("change", "saveSettings", "Change the settings by several commands, all or none"),
        body: SaveBody,
        response: changing,
      },
    },
    async (request, reply) => {
      const { expectations = [] } = request.body;
      await requireStorable(database, expectations);
      const update = await change(request, request.body, place);
      return isConflict(update)
        ? reply.code(409).send(await conflictOf(database, update, expectations))
        : answerOf(database, update, place);
    },
  );

  server.get(
    "/settings/versions",
    {
      schema: {
        ...described("GET", "listSettingsVersions", "Who changed the settings when, newest first"),
        querystring: exact({
          before: Type.Optional({ ...Version, description: "The `next` of the page before." }),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
        }),
        response: { 200: VersionsAnswer, ...refusals },
      },
    },
    ({ query: { before, limit = 50 } }) => listVersions(database, { before, limit }),
  );

  server.get(
    "/settings/versions/:version",
    {
      schema: {
        ...described("GET", "getSettingsVersion", "A version of the settings"),
        params: exact({ version: Version }),
        response: { 200: use(StoredSettings), ...refusals, ...notFound },
      },
    },
    async ({ params: { version } }) => {
      const stored = await storedSettings(database, version);
      if (!stored) throw missing("version of the settings");
      return stored;
    },
  );

  async function present() {
    const stored = await storedSettings(database);
    if (!stored) throw new Error("the database has no settings");
    return stored;
  }

  /** `where` is the place of a command in the request. */
  async function change(
    request: FastifyRequest,
    { version: seen, commands, confirmed, failing, expectations = [] }: Static<typeof SaveBody>,
    where: (index: number) => string,
  ): Promise<Update> {
    const { id, superAdmin } = whoAsks(request);
    try {
      const review = reviewed(database, { confirmed, failing, expectations }, request.log);
      const actor = { id, superAdmin };
      const update = await changeSettings(database, { seen, commands, actor, review, expectations });
      request.log.info({ status: update.status, seen, userId: id, commands: commands.length }, "settings commanded");
      return update;
    } catch (error) {
      if (!(error instanceof CommandFault)) throw error;
      const { code, message, path = "command" } = error.fault;
      throw new ApiError(400, { code, message, path: path.replace(/^command/, where(error.index)) });
    }
  }
};

const place = (index: number) => `commands[${index}]`;
