// Runs over whole directories.

import { Type } from "typebox";
import { Id, Person, text, When, WorkspaceId } from "./common.ts";
import { Directory, planFields } from "./engine.ts";
import { exact, named, nullable, use } from "./named.ts";

const Count = Type.Integer({ minimum: 0 });

const Status = Type.Enum(["looking", "held", "applying", "done", "dismissed", "superseded", "failed"], {
  description:
    "`looking`: the directory is read. `held`: an admin has to look at it. `applying`: changes are carried out. `dismissed`: an admin has put it aside. `superseded`: a later one came before anybody had decided. `failed`: the directory could not be read, or the server that read it was killed.",
});

const Limits = exact(
  { maxLosers: Count, maxShare: Count },
  "So many people may always lose something, or else such a share of those who are known, in percent.",
);

export const ReconcileRun = named(
  "ReconcileRun",
  exact({
    id: Id,
    provider: exact({ id: Type.String(), name: Type.String() }),
    status: Status,
    startedAt: When,
    startedBy: { ...nullable(use(Person)), description: "`null` for one that the schedule began." },
    lookedAt: nullable(When),
    endedAt: nullable(When),
    limits: Limits,
    entries: { ...nullable(Count), description: "How many users the directory has." },
    unknown: {
      ...nullable(Count),
      description: "Users of whom it is not known who they are in the directory. They are left alone.",
    },
    summary: nullable(
      exact({
        users: { ...Count, description: "Known users who were looked at." },
        ...{ unchanged: Count, restored: Count, archived: Count, changed: Count, denied: Count, blocked: Count },
        losers: { ...Count, description: "Who would lose something." },
        faultCount: { ...Count, description: "Users who could not be decided about." },
      }),
    ),
    heldBy: nullable(
      Type.Enum(["limits", "most", "empty"], {
        description:
          "`limits`: more people would lose something than the limits allow. `most`: more than half of those who are known. `empty`: the directory has nobody at all.",
      }),
    ),
    failure: nullable(Type.String({ description: "Why nothing came of reading the directory." })),
    decision: nullable(exact({ at: When, by: use(Person), note: Type.String() })),
    results: exact({
      applied: Count,
      nothing: { ...Count, description: "There was nothing left to do." },
      differs: {
        ...Count,
        description: "What would become of them is no longer what was looked at; the next run looks anew.",
      },
      failed: Count,
      left: Count,
    }),
  }),
);

export const RunsQuery = exact({
  before: Type.Optional({ ...Id, description: "The `next` of the page before." }),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
});

export const RunsAnswer = exact({
  runs: Type.Array(use(ReconcileRun)),
  next: nullable(Id),
  held: Type.Array(Id, { description: "The runs that an admin has to look at." }),
  providers: Type.Array(exact({ id: Type.String(), name: Type.String() }), {
    description: "Those that have a directory.",
  }),
  schedule: nullable(exact({ at: Type.String({ description: "A cron expression, in UTC." }), next: nullable(When) })),
  limits: Limits,
});

const Kind = Type.Enum(["archived", "restored", "changed", "denied", "blocked"]);

export const ChangesQuery = exact({
  kind: Type.Optional(Kind),
  loses: Type.Optional(Type.Boolean({ description: "`true`: only who would lose something." })),
  after: Type.Optional({ ...Id, description: "The `next` of the page before." }),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
});

export const RunAnswer = exact({
  run: use(ReconcileRun),
  changes: Type.Array(
    exact({
      user: use(Person),
      kind: Kind,
      loses: Type.Boolean(),
      directory: use(Directory),
      groups: Type.Array(Type.String(), { description: "What the directory has of them, the first 100." }),
      groupCount: Count,
      reason: nullable(Type.String()),
      blocked: nullable(Type.String()),
      workspaces: Type.Array(exact({ workspace: WorkspaceId, name: nullable(Type.String()), ...planFields })),
      result: nullable(Type.Enum(["applied", "nothing", "differs", "failed"])),
      auditEntry: nullable(Id),
    }),
  ),
  next: nullable(Id),
});

export const BeginBody = exact({ provider: Type.Optional(text(100, 1)) });

const Reason = { ...text(1000, 1), description: "Why; for the audit." };
export const ApplyBody = exact({
  people: { ...Count, description: "How many people would lose something: the `losers` of the summary." },
  note: Reason,
});
export const DismissBody = exact({ note: Type.Optional(text(1000)) });

export const ReconcileRunAnswer = exact({ run: use(ReconcileRun) });
