// Runs over whole directories: what they have found, and what an admin decides about one that is held.

import { dismissRun } from "../../reconcile/runs.ts";
import { ApiError, missing } from "../errors.ts";
import { whoAsks } from "../guard.ts";
import { described } from "../openapi.ts";
import type { ApiPart } from "../part.ts";
import { heldRuns, listChanges, listRuns, namesOfProviders, readRun } from "../reconcile/runs.ts";
import { conflict, Id, notFound, refusals, unprocessable, unreadable } from "../schemas/common.ts";
import { exact } from "../schemas/named.ts";
import {
  ApplyBody,
  BeginBody,
  ChangesQuery,
  DismissBody,
  ReconcileRunAnswer,
  RunAnswer,
  RunsAnswer,
  RunsQuery,
} from "../schemas/reconcile-runs.ts";

const params = exact({ run: Id });

export const reconcileRoutes: ApiPart = (server, { database, reconciling, clock }) => {
  const runOf = async (id: number) => {
    const run = await readRun(database, id);
    if (!run) throw missing("run");
    return run;
  };

  server.get(
    "/reconcile-runs",
    {
      schema: {
        ...described("GET", "listReconcileRuns", "Runs over whole directories, newest first, and when the next one is"),
        querystring: RunsQuery,
        response: { 200: RunsAnswer, ...refusals },
      },
    },
    async ({ query: { before, limit = 20 } }) => {
      const { at, maxLosers, maxShare } = reconciling.options;
      return {
        ...(await listRuns(database, { before, limit })),
        held: await heldRuns(database),
        providers: await namesOfProviders(database, await reconciling.providers()),
        schedule: at === null ? null : { at, next: reconciling.next()?.toISOString() ?? null },
        limits: { maxLosers, maxShare },
      };
    },
  );

  server.post(
    "/reconcile-runs",
    {
      schema: {
        ...described("change", "beginReconcileRun", "Read a directory now, and reconcile everybody with it"),
        body: BeginBody,
        response: {
          200: ReconcileRunAnswer,
          ...refusals,
          ...unreadable,
          ...conflict("A run of this provider is under way: `run-under-way`."),
          ...unprocessable("The provider has no directory: `no-directory`."),
        },
      },
    },
    async (request) => {
      const providers = await reconciling.providers();
      const { provider = providers[0] } = request.body;
      if (provider === undefined || !providers.includes(provider)) {
        const message = "this provider has no directory that can be read as a whole";
        throw new ApiError(422, { code: "no-directory", message });
      }
      const id = await reconciling.begin(provider, whoAsks(request).id);
      if (id === null) {
        throw new ApiError(409, { code: "run-under-way", message: "a run of this provider is under way" });
      }
      return { run: await runOf(id) };
    },
  );

  server.get(
    "/reconcile-runs/:run",
    {
      schema: {
        ...described("GET", "getReconcileRun", "A run, and for whom it has found something to do, by pages"),
        params,
        querystring: ChangesQuery,
        response: { 200: RunAnswer, ...refusals, ...notFound },
      },
    },
    async ({ params: { run }, query }) => ({ run: await runOf(run), ...(await listChanges(database, run, query)) }),
  );

  server.post(
    "/reconcile-runs/:run/apply",
    {
      schema: {
        ...described("change", "applyReconcileRun", "Carry a held run out all the same"),
        params,
        body: ApplyBody,
        response: {
          200: ReconcileRunAnswer,
          ...refusals,
          ...notFound,
          ...unreadable,
          ...conflict(
            "The run is not held, or another one is under way: `run-not-held`. Or `people` is not how many lose something: `people-differ`.",
          ),
        },
      },
    },
    async (request) => {
      const { run: id } = request.params;
      const { people, note } = request.body;
      const run = await runOf(id);
      if (!(await reconciling.confirm(id, { by: whoAsks(request).id, note, people }))) {
        const differs = run.status === "held" && run.summary?.losers !== people;
        throw differs
          ? new ApiError(409, {
              code: "people-differ",
              message: `${run.summary?.losers} people would lose something: confirm that very number`,
            })
          : new ApiError(409, { code: "run-not-held", message: "the run is not held, or another one is under way" });
      }
      return { run: await runOf(id) };
    },
  );

  server.post(
    "/reconcile-runs/:run/dismiss",
    {
      schema: {
        ...described("change", "dismissReconcileRun", "Put a held run aside, or stop one that is under way"),
        params,
        body: DismissBody,
        response: {
          200: ReconcileRunAnswer,
          ...refusals,
          ...notFound,
          ...unreadable,
          ...conflict("The run has ended: `run-ended`."),
        },
      },
    },
    async (request) => {
      const { run: id } = request.params;
      await runOf(id);
      const decision = { by: whoAsks(request).id, note: request.body.note ?? "" };
      if (!(await dismissRun(database, id, decision, clock()))) {
        throw new ApiError(409, { code: "run-ended", message: "the run has ended" });
      }
      return { run: await runOf(id) };
    },
  );
};
