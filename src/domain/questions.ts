import type { PersonId, Quote } from './conversation.ts';

/** The twelve questions of METHOD §2 (S2), in the order in which they are asked when nothing else decides. */
export const questionIds = [
  'driver',
  'owner',
  'leading-kpis',
  'contribution',
  'sufficiency',
  'owner-role',
  'manager-role',
  'data-source',
  'weekly-call',
  'context',
  'reinforcement',
  'budget',
] as const;
export type QuestionId = (typeof questionIds)[number];

export const factorIds = ['strategy', 'roles', 'metrics', 'communication', 'relevance', 'reinforcement'] as const;
export type FactorId = (typeof factorIds)[number];

export const factorOf: Readonly<Record<QuestionId, FactorId>> = {
  driver: 'strategy',
  contribution: 'strategy',
  sufficiency: 'strategy',
  owner: 'roles',
  'owner-role': 'roles',
  'manager-role': 'roles',
  'leading-kpis': 'metrics',
  'data-source': 'metrics',
  'weekly-call': 'communication',
  context: 'relevance',
  reinforcement: 'reinforcement',
  budget: 'reinforcement',
};

/** Asked first: with these three there is enough to start (PRODUCT "The conversation"). */
export const essentials: readonly QuestionId[] = ['driver', 'owner', 'leading-kpis'];

export type AnswerStatus = 'clear' | 'thin' | 'unknown' | 'skipped' | 'delegated';
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** `time` is HH:MM; without `timeZone` (IANA) the author's own zone is meant. */
export type WeeklyTime = { weekday?: Weekday; time?: string; timeZone?: string };

/** A name somebody wrote; `personId` once it is known who is meant. */
export type NamedPerson = { name: Quote; personId?: PersonId };
/** `corrects`: the name of an earlier KPI whose figures this one puts right. */
export type Kpi = { name: Quote; baseline?: Quote; target?: Quote; leading: boolean; corrects?: Quote };

/** What could be recognised inside an answer, beyond its words. */
export type AnswerFacts = { people?: readonly NamedPerson[]; kpis?: readonly Kpi[]; when?: WeeklyTime };

/**
 * One thing that somebody gave as the answer to a question. An answer that `replaces` takes the place of all before it; one that `adds`
 * stands beside them, so that two people answering at once both stay; one that `amends` corrects a part of them and stands beside them as the correction. `act` names what the person did (one message, one press): undo takes back an act.
 */
export type Answer = {
  questionId: QuestionId;
  status: AnswerStatus;
  source: 'said' | 'form' | 'inferred';
  by: PersonId;
  at: number;
  messageRef: string;
  act: string;
  effect: 'replaces' | 'adds' | 'amends';
  text?: Quote;
  facts?: AnswerFacts;
  /** Why it took the place of what stood there, in the words of whoever changed it. */
  reason?: Quote;
  /** Only when delegated: who is asked instead, and whether privately. */
  delegatedTo?: { personId: PersonId; privately: boolean };
};

/** Everything given for each question, oldest first. */
export type Answers = Readonly<Partial<Record<QuestionId, readonly Answer[]>>>;

/** The answers that count now: the last that replaces, and what was added or amended since. Empty when the question is open. */
export function currentAnswers(answers: Answers, questionId: QuestionId): readonly Answer[] {
  const given = answers[questionId] ?? [];
  const from = given.findLastIndex((answer) => answer.effect === 'replaces');
  return given.slice(Math.max(from, 0));
}

/** How a question stands: `open` when nothing was given; otherwise the best of what counts now. */
export function statusOf(answers: Answers, questionId: QuestionId): AnswerStatus | 'open' {
  const current = currentAnswers(answers, questionId);
  if (current.some((answer) => answer.status === 'clear')) return 'clear';
  if (current.some((answer) => answer.status === 'thin')) return 'thin';
  return current.at(-1)?.status ?? 'open';
}

/** Clear or thin: somebody said something that goes into the brief. */
export function isAnswered(answers: Answers, questionId: QuestionId): boolean {
  const status = statusOf(answers, questionId);
  return status === 'clear' || status === 'thin';
}

/** The question that is asked next: an essential, then one of the factor just spoken of, then the first open one. Undefined when none is open. */
export function nextQuestion(answers: Answers, justAnswered?: QuestionId): QuestionId | undefined {
  const open = questionIds.filter((id) => statusOf(answers, id) === 'open');
  const essential = open.find((id) => essentials.includes(id));
  if (essential) return essential;
  const related = justAnswered && open.find((id) => factorOf[id] === factorOf[justAnswered]);
  return related ?? open[0];
}

/** What was passed on to somebody who has not said anything to it since, also where a thin answer stands already. */
export function openDelegations(answers: Answers): (Answer & Required<Pick<Answer, 'delegatedTo'>>)[] {
  return questionIds.flatMap((id) => {
    const current = currentAnswers(answers, id);
    return current.flatMap((answer, at) => {
      const { delegatedTo } = answer;
      if (answer.status !== 'delegated' || !delegatedTo) return [];
      const answered = current.slice(at + 1).some((later) => later.by === delegatedTo.personId);
      return answered ? [] : [{ ...answer, delegatedTo }];
    });
  });
}

/** Questions given to somebody who has not answered yet. */
export function delegatedQuestions(answers: Answers): QuestionId[] {
  return questionIds.filter((id) => statusOf(answers, id) === 'delegated');
}

/** Answered questions of all questions, per factor: what the progress line shows. */
export function progressByFactor(answers: Answers): { factor: FactorId; settled: number; total: number }[] {
  return factorIds.map((factor) => {
    const ids = questionIds.filter((id) => factorOf[id] === factor);
    return { factor, settled: ids.filter((id) => isAnswered(answers, id)).length, total: ids.length };
  });
}
