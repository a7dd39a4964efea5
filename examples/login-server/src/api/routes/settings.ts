// Reading and changing the settings. The engine says what a command does; here it is only stored.

import type { FastifyRequest } from "fastify";
import type { SettingsCommand } from "idp-group-sync";
import { Type } from "typebox";
import { CommandFault } from "../../settings/commands.ts";
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
  StaleSettings,
  StoredSettings,
  VersionsAnswer,
} from "../schemas/settings.ts";
import { listVersions, storedSettings } from "../settings/stored.ts";

const changing = {
  200: use(SettingsAnswer),
  ...refusals,
  409: { ...use(StaleSettings), description: "`stale-version`: these are no longer the present settings." },
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
      const { version, command } = request.body;
      const update = await change(request, version, [command], () => "command");
      return update.status === "stale" ? reply.code(409).send(await stale(update)) : answer(update, () => "command");
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
      const { version, commands } = request.body;
      const update = await change(request, version, commands, place);
      return update.status === "stale" ? reply.code(409).send(await stale(update)) : answer(update, place);
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
    seen: number,
    commands: SettingsCommand[],
    where: (index: number) => string,
  ): Promise<SettingsUpdate> {
    const { id, superAdmin } = whoAsks(request);
    try {
      const update = await changeSettings(database, { seen, commands, actor: { id, superAdmin } });
      request.log.info({ status: update.status, seen, userId: id, commands: commands.length }, "settings commanded");
      return update;
    } catch (error) {
      if (!(error instanceof CommandFault)) throw error;
      const { code, message, path = "command" } = error.fault;
      throw new ApiError(400, { code, message, path: path.replace(/^command/, where(error.index)) });
    }
  }

  async function answer(update: Exclude<SettingsUpdate, { status: "stale" }>, where: (index: number) => string) {
    switch (update.status) {
      case "saved": {
        const stored = await storedSettings(database, update.current.version);
        if (!stored) throw new Error("the version that was stored is gone");
        return { status: "applied" as const, stored, diagnostics: update.diagnostics };
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

  async function stale({ current, base, yours }: SettingsUpdate & { status: "stale" }) {
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

const place = (index: number) => `commands[${index}]`;
