// The last step of a run: what was looked at is carried out, each user in a transaction of their own, which also notes that it is done. So
// several servers share the work, and where one is killed nobody's change is made twice, or never.

import type { ReconcileChange, ReconcileOutcome } from "idp-group-sync";
import { isUnavailable } from "../database/failures.ts";
import type { ChangeResult, Database, DatabaseTransaction } from "../database/schema.ts";
import type { Engines } from "../login/engines.ts";
import { lockUserById } from "../login/find-user.ts";
import { reconcileIn } from "../login/reconcile-user.ts";
import { inTransaction } from "../login/retry.ts";
import { recordReconciled, recordReconcileLag } from "../telemetry/metrics.ts";
import { absent } from "./look.ts";
import { isRead, requestIdOf } from "./runs.ts";

export interface ApplyContext {
  database: Database;
  engines: Engines;
  clock: () => Date;
  warn: (details: object, message: string) => void;
}

/** What is decided now takes or gives something that nobody has looked at: it is left to the next run. */
class Differs extends Error {}

/** Carries out the change of one user whom nobody else is at. `false` where there is none left. */
export async function applyNext(context: ApplyContext, run: number): Promise<boolean> {
  const { database } = context;
  let user: number | undefined;
  try {
    const result = await inTransaction(database, async (transaction) => {
      const next = await lockNext(transaction, run);
      user = next?.user;
      return next ? applyOne(transaction, context, run, next) : null;
    });
    if (result !== null) recordReconciled("directory", result);
    return result !== null;
  } catch (error) {
    if (user === undefined || isUnavailable(error)) throw error;
    const differs = error instanceof Differs;
    if (!differs)
      context.warn({ err: error, run, userId: user }, "what the directory says of a user could not be carried out");
    const result = differs ? "differs" : "failed";
    await note(database, run, user, { result });
    recordReconciled("directory", result);
    return true;
  }
}

type Next = NonNullable<Awaited<ReturnType<typeof lockNext>>>;

async function lockNext(transaction: DatabaseTransaction, run: number) {
  return transaction
    .selectFrom("reconcile_changes as changes")
    .innerJoin("reconcile_runs as runs", "runs.id", "run_id")
    .innerJoin("users", "users.id", "user_id")
    .select(["user_id as user", "users.subject", "said", "change", "decided_by as decidedBy", "note"])
    .where("run_id", "=", run)
    .where("runs.status", "=", "applying")
    .where("runs.reading_until", "=", isRead)
    .where("result", "is", null)
    .orderBy("user_id")
    .limit(1)
    .forUpdate("changes")
    .skipLocked()
    .executeTakeFirst();
}

async function applyOne(
  transaction: DatabaseTransaction,
  { engines, clock }: ApplyContext,
  run: number,
  { user, subject, said, change, decidedBy, note: why }: Next,
): Promise<ChangeResult> {
  const actor = decidedBy === null ? null : { id: decidedBy, note: why ?? "" };
  const { outcome, auditId } = await reconcileIn(
    transaction,
    { engines, now: clock(), requestId: requestIdOf(run), actor },
    (locking) => lockUserById(locking, user),
    { by: "directory", subject: subject ?? "", ...said },
  );
  if (!isWithin(outcome, change)) throw new Differs();
  const result = auditId === null ? "nothing" : "applied";
  await note(transaction, run, user, { result, audit_id: auditId });
  return result;
}

/** Whether nothing becomes of the user that was not looked at. Less may: somebody who has signed in meanwhile has it already. */
export function isWithin(outcome: ReconcileOutcome, looked: ReconcileChange): boolean {
  if (outcome.user !== "keep" && outcome.user !== looked.user) return false;
  if (outcome.reason !== undefined || outcome.blocked !== undefined) return true;
  const plans = new Map(looked.workspaces.map(({ id, plan }) => [id, plan]));
  return outcome.workspaces.every(({ id, plan }) => {
    if (plan.status !== "change") return true;
    const before = plans.get(id);
    if (before?.status !== "change") return false;
    const isIn = (names: string[], all: string[]) => names.every((name) => all.includes(name));
    const roleIsSame = plan.role.from === plan.role.to || plan.role.to === before.role.to;
    return roleIsSame && isIn(plan.join, before.join) && isIn(plan.leave, before.leave);
  });
}

async function note(
  database: Database,
  run: number,
  user: number,
  result: { result: ChangeResult; audit_id?: number | null },
): Promise<void> {
  await database
    .updateTable("reconcile_changes")
    .set(result)
    .where("run_id", "=", run)
    .where("user_id", "=", user)
    .where("result", "is", null)
    .execute();
}

/** Ends the run once nobody is left. Another server may still be at somebody. */
export async function endIfDone(database: Database, run: number, now: Date): Promise<boolean> {
  const ended = await database
    .updateTable("reconcile_runs")
    .set({ status: "done", ended_at: now })
    .where("id", "=", run)
    .where("status", "=", "applying")
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(selectFrom("reconcile_changes").select("user_id").where("run_id", "=", run).where("result", "is", null)),
      ),
    )
    .returning(["provider_id", "started_at"])
    .executeTakeFirst();
  if (ended) recordReconcileLag(ended.provider_id, (now.getTime() - ended.started_at.getTime()) / 1000);
  return ended !== undefined;
}

/** Of users of whom the directory, read anew, says something else than what was looked at, nothing is carried out. */
export async function leaveOutChanged(database: Database, run: number): Promise<void> {
  for (let after = 0; ; ) {
    const rows = await database
      .selectFrom("reconcile_changes as changes")
      .leftJoin("reconcile_entries as entry", (join) =>
        join.onRef("entry.run_id", "=", "changes.run_id").onRef("entry.id", "=", "changes.directory_id"),
      )
      .select(["user_id", "changes.said", "entry.said as saysNow"])
      .where("changes.run_id", "=", run)
      .where("user_id", ">", after)
      .where("result", "is", null)
      .orderBy("user_id")
      .limit(500)
      .execute();
    const last = rows.at(-1);
    if (!last) return;
    after = last.user_id;
    const same = (row: (typeof rows)[number]) => JSON.stringify(row.said) === JSON.stringify(row.saysNow ?? absent);
    for (const row of rows.filter((one) => !same(one))) await note(database, run, row.user_id, { result: "differs" });
  }
}
