// Reading and changing the settings. The engine says what a command does; here it is only stored.

import type { FastifyRequest } from "fastify";
import { type Static, Type } from "typebox";
import { CommandFault } from "../../settings/commands.ts";
import { noScenarios, readScenarios, type SavedSet } from "../../settings/scenarios.ts";
import { changeSettings, type SettingsUpdate } from "../../settings/versions.ts";
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
import { type Question, reviewed } from "../settings/confirmation.ts";
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
      return isConflict(update) ? reply.code(409).send(await conflict(update, [])) : answer(update, place);
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
      return isConflict(update) ? reply.code(409).send(await conflict(update, expectations)) : answer(update, place);
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

  async function answer(update: Exclude<Update, Conflict>, where: (index: number) => string) {
    switch (update.status) {
      case "saved": {
        const stored = await storedSettings(database, update.current.version);
        if (!stored) throw new Error("the version that was stored is gone");
        const { diagnostics, expectations } = update;
        return { status: "applied" as const, stored, diagnostics, expectations };
      }
      case "confirm": {
        const warnings = update.warnings.map(({ index, warning }) => ({ path: where(index), warning }));
        return { status: "confirm" as const, warnings };
      }
      case "rejected": {
        const { code, message, diagnostics } = update.rejection;
        const status = code === "not-super-admin" ? 403 : 422;
        throw new ApiError(status, { code, message, path: where(update.index), diagnostics });
      }
      case "workspace-fault": {
        const { code, message, field, index } = update;
        throw new ApiError(code === "invalid-input" ? 400 : 422, { code, message, path: `${where(index)}.${field}` });
      }
      case "unknown-version":
        throw new ApiError(422, { code: "unknown-version", message: "there never was this version", path: "version" });
    }
  }

  async function conflict(update: Conflict, expectations: SavedSet[]) {
    if (update.status === "stale-expectations") {
      const sets = await readScenarios(database);
      const now = expectations.map(({ workspace }) => ({ workspace, set: sets.get(workspace) ?? noScenarios }));
      const stale = now.filter(({ set }, index) => set.version !== expectations[index]?.set.version);
      const message = "the expectations have changed";
      return { error: { code: "stale-expectations", message, path: "expectations" }, stale };
    }
    if (update.status === "unconfirmed") {
      const { question } = update;
      if (question.about === "expectations") {
        const { held } = question;
        const message = `${held.failing} of ${held.failing + held.holding} expectations do not hold; confirm their number`;
        return { error: { code: "expectations-unconfirmed", message, path: "failing" }, ...held };
      }
      const message = "known users would be kept out, or lose the highest role of a workspace; confirm their number";
      return { error: { code: "impact-unconfirmed", message, path: "confirmed" }, ...question.impact };
    }
    const { current, base, yours } = update;
    const stored = await storedSettings(database, current.version);
    if (!stored) throw new Error("the present version is gone");
    const message = `the settings have changed: version ${current.version} holds now`;
    return {
      error: { code: "stale-version", message, path: "version" },
      current: stored,
      base,
      yours: yours.status === "rejected" ? null : yours.settings,
    };
  }
};

type Update = SettingsUpdate<Question>;
type Conflict = Extract<Update, { status: (typeof conflicts)[number] }>;
const conflicts = ["stale", "unconfirmed", "stale-expectations"] as const;

function isConflict(update: Update): update is Conflict {
  return conflicts.some((status) => status === update.status);
}

const place = (index: number) => `commands[${index}]`;
