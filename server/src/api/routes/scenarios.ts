// Scenarios and guarantees: stored beside the mapping, and held against settings that are not saved yet.

import { noScenarios, readScenarios, type ScenarioSet as StoredSet, saveScenarios } from "../../settings/scenarios.ts";
import { missing } from "../errors.ts";
import { whoAsks } from "../guard.ts";
import { described } from "../openapi.ts";
import { type ApiPart, documentLimit } from "../part.ts";
import { requireRunnable } from "../scenarios/hold.ts";
import { holdAgainstScenarios } from "../scenarios/run.ts";
import { notFound, refusals, unreadable, WorkspaceId } from "../schemas/common.ts";
import { exact, use } from "../schemas/named.ts";
import {
  ScenarioSet,
  ScenariosAnswer,
  ScenariosRunAnswer,
  ScenariosRunBody,
  StaleScenarios,
} from "../schemas/trying-out.ts";

const storing = {
  200: use(ScenarioSet),
  ...refusals,
  409: { ...StaleScenarios, description: "`stale-version`: somebody else has changed them." },
  ...unreadable,
};

export const scenarioRoutes: ApiPart = (server, { database }) => {
  server.get(
    "/scenarios",
    {
      schema: {
        ...described("GET", "listScenarios", "The stored expectations, of the instance and of each workspace"),
        response: { 200: ScenariosAnswer, ...refusals },
      },
    },
    async () => {
      const sets = await readScenarios(database);
      const workspaces = [...sets].flatMap(([workspace, set]) => (workspace === null ? [] : { workspace, set }));
      return { instance: sets.get(null) ?? noScenarios, workspaces };
    },
  );

  server.put(
    "/scenarios/instance",
    {
      ...documentLimit,
      schema: {
        ...described("change", "saveInstanceScenarios", "Store the expectations of the instance"),
        body: ScenarioSet,
        response: storing,
      },
    },
    async (request, reply) => {
      const saved = await save(null, request.body, whoAsks(request).id);
      return saved ?? reply.code(409).send(await stale(null));
    },
  );

  server.put(
    "/scenarios/workspaces/:workspace",
    {
      ...documentLimit,
      schema: {
        ...described("change", "saveWorkspaceScenarios", "Store the expectations of a workspace"),
        params: exact({ workspace: WorkspaceId }),
        body: ScenarioSet,
        response: { ...storing, ...notFound },
      },
    },
    async (request, reply) => {
      const { workspace } = request.params;
      const row = database.selectFrom("workspaces").select("id").where("id", "=", workspace);
      if (!(await row.executeTakeFirst())) throw missing("workspace");
      const saved = await save(workspace, request.body, whoAsks(request).id);
      return saved ?? reply.code(409).send(await stale(workspace));
    },
  );

  server.post(
    "/scenarios/run",
    {
      ...documentLimit,
      schema: {
        ...described("change", "runScenarios", "Hold settings against scenarios"),
        description:
          "Without `scenarios` and `guarantees`, the stored ones are run: those of `workspace` (`null` is the instance), or all. With either, these are run for `workspace`, or the instance.",
        body: ScenariosRunBody,
        response: { 200: ScenariosRunAnswer, ...refusals, ...unreadable },
      },
    },
    async ({ body }) => ({ runs: await holdAgainstScenarios(database, body) }),
  );

  async function save(workspace: string | null, set: StoredSet, by: number) {
    requireRunnable(set);
    return saveScenarios(database, workspace, set, by);
  }

  async function stale(workspace: string | null) {
    const current = (await readScenarios(database)).get(workspace) ?? noScenarios;
    const message = `the expectations have changed: version ${current.version} is stored`;
    return { error: { code: "stale-version", message, path: "version" }, current };
  }
};
