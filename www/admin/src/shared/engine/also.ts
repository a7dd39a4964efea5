// What the settings ask the engine beside the editor's questions: a long mapping is answered for in the worker.

import type { GroupSyncConfig } from "idp-group-sync";
import { answerAlso } from "idp-group-sync-elements/internal/engine/answers.js";
import type { EngineAsker } from "idp-group-sync-elements/internal/engine/engine-asker.js";
import type { Facts } from "idp-group-sync-elements/internal/engine/questions.js";
import { type Expectations, hold } from "./expectations.js";
import { standing } from "./group-standing.js";

interface ExpectationFacts extends Facts, GroupSyncConfig {
  mapping: string;
  policy: NonNullable<GroupSyncConfig["policy"]>;
  expected: Expectations;
}

const answers = {
  standing,
  expectations: ({ mapping, claim, catalog, policy, expected }: ExpectationFacts) =>
    hold({ mapping, claim, catalog, policy }, expected),
};

answerAlso(answers);

type Answers = typeof answers;

/** Asks; an earlier question of the same asker is withdrawn. */
export function askAlso<Name extends keyof Answers>(
  engine: EngineAsker,
  name: Name,
  facts: Parameters<Answers[Name]>[0],
  answered: (answer: ReturnType<Answers[Name]>) => void,
): void {
  engine.ask("also", facts, { name }, (answer) => answered(answer as ReturnType<Answers[Name]>));
}
