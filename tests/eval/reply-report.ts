import { type QuestionId, questionIds } from '../../src/domain/questions.ts';
import { type ActKind, actKinds } from '../../src/language/language.ts';
import {
  type Confusion,
  confusionOf,
  type Figure,
  groupBy,
  type Hits,
  hitsOf,
  mean,
  type PrecisionRecall,
  percentiles,
  precisionRecall,
  share,
  sumHits,
} from './figures.ts';
import type { ReplyOutcome } from './replies.ts';

type OfActs = PrecisionRecall & { n: number };
export type ReplyReport = {
  n: number;
  act_accuracy: Figure;
  act_any: Figure;
  act_exact: Figure;
  act_macro_f1: Figure;
  acts: Record<string, OfActs>;
  question_precision: Figure;
  question_recall: Figure;
  question_f1: Figure;
  question_unasked_f1: Figure;
  question_other_f1: Figure;
  question_only_other_f1: Figure;
  question_several_f1: Figure;
  questions: Record<string, OfActs>;
  clarification_rate: Figure;
  side_talk_as_answer: Figure;
  owner_accuracy: Figure;
  delegate_accuracy: Figure;
  time_accuracy: Figure;
  kpi_name_accuracy: Figure;
  kpi_baseline_accuracy: Figure;
  kpi_target_accuracy: Figure;
  kpi_leading_accuracy: Figure;
  by_kind: Record<string, { n: number; act_accuracy: Figure; question_f1: Figure; false_answer_rate: Figure }>;
  confusion: Confusion;
  question_confusion: Confusion;
  ms: { p50: Figure; p99: Figure };
};

/** Every figure counts the lines only that say what it needs; docs/language.md defines each. */
export function replyReport(outcomes: readonly ReplyOutcome[]): ReplyReport {
  const asked = outcomes.filter(({ line }) => line.asked !== undefined);
  const ofAsked = precisionRecall(questionHits(asked));
  return {
    n: outcomes.length,
    ...actFigures(outcomes),
    question_precision: ofAsked.precision,
    question_recall: ofAsked.recall,
    question_f1: ofAsked.f1,
    question_unasked_f1: questionF1(outcomes.filter(({ line }) => line.asked === undefined)),
    question_other_f1: questionF1(asked.filter(({ line }) => goldQuestions(line).some((id) => id !== line.asked))),
    question_only_other_f1: questionF1(asked.filter(({ line }) => goldQuestions(line).length > 0 && goldQuestions(line).every((id) => id !== line.asked))),
    question_several_f1: questionF1(outcomes.filter(({ line }) => goldQuestions(line).length >= 2)),
    questions: Object.fromEntries(questionIds.flatMap((id) => ofQuestion(outcomes, id))),
    clarification_rate: rate(outcomes.map(({ reading }) => reading.needsClarification !== undefined)),
    side_talk_as_answer: rate(outcomes.filter(isSideTalk).map(({ answered }) => answered.size > 0)),
    ...entityFigures(outcomes),
    by_kind: Object.fromEntries(groupBy(outcomes, ({ line }) => line.kind).map(([kind, group]) => [kind, ofKind(group)])),
    confusion: confusionOf(outcomes.flatMap(({ line, reading }) => (line.acts?.[0] ? [{ gold: line.acts[0], got: reading.acts[0] ?? 'none' }] : []))),
    question_confusion: confusionOf(outcomes.flatMap(questionPair)),
    ms: percentiles(outcomes.map(({ ms }) => ms)),
  };
}

function goldQuestions({ answers }: ReplyOutcome['line']): QuestionId[] {
  return questionIds.filter((id) => answers !== undefined && id in answers);
}

function isFirstActRight({ line, reading }: ReplyOutcome): boolean {
  return line.acts !== undefined && reading.acts[0] === line.acts[0];
}

function isSideTalk({ line }: ReplyOutcome): boolean {
  return line.acts?.every((act) => act === 'chit-chat') ?? false;
}

function rate(checks: readonly boolean[]): Figure {
  return share(checks.filter(Boolean).length, checks.length);
}

function actFigures(outcomes: readonly ReplyOutcome[]): Pick<ReplyReport, 'act_accuracy' | 'act_any' | 'act_exact' | 'act_macro_f1' | 'acts'> {
  const judged = outcomes.flatMap((outcome) =>
    outcome.line.acts ? [{ outcome, gold: new Set(outcome.line.acts), found: new Set(outcome.reading.acts) }] : [],
  );
  const perAct = actKinds.flatMap((act): [ActKind, OfActs][] => {
    const only = (set: ReadonlySet<ActKind>) => new Set([act]).intersection(set);
    const hits = sumHits(judged.map(({ gold, found }) => hitsOf(only(found), only(gold))));
    return hits.gold + hits.found === 0 ? [] : [[act, { n: hits.gold, ...precisionRecall(hits) }]];
  });
  return {
    act_accuracy: rate(judged.map(({ outcome }) => isFirstActRight(outcome))),
    act_any: rate(judged.map(({ gold, found }) => !gold.isDisjointFrom(found))),
    act_exact: rate(judged.map(({ gold, found }) => gold.size === found.size && gold.isSubsetOf(found))),
    act_macro_f1: mean(perAct.filter(([, { n }]) => n > 0).map(([, { f1 }]) => f1)),
    acts: Object.fromEntries(perAct),
  };
}

function questionHits(outcomes: readonly ReplyOutcome[]): Hits {
  return sumHits(outcomes.flatMap(({ line, answered }) => (line.answers ? [hitsOf(answered, new Set(goldQuestions(line)))] : [])));
}

function questionF1(outcomes: readonly ReplyOutcome[]): Figure {
  return precisionRecall(questionHits(outcomes)).f1;
}

function ofQuestion(outcomes: readonly ReplyOutcome[], id: QuestionId): [QuestionId, OfActs][] {
  const only = (ids: Iterable<QuestionId>) => new Set([id]).intersection(new Set(ids));
  const hits = sumHits(outcomes.flatMap(({ line, answered }) => (line.answers ? [hitsOf(only(answered), only(goldQuestions(line)))] : [])));
  return hits.gold + hits.found === 0 ? [] : [[id, { n: hits.gold, ...precisionRecall(hits) }]];
}

function entityFigures(outcomes: readonly ReplyOutcome[]) {
  const checks = outcomes.map((outcome) => outcome.checks);
  return {
    owner_accuracy: rate(checks.flatMap(({ owner }) => owner ?? [])),
    delegate_accuracy: rate(checks.flatMap(({ delegateTo }) => delegateTo ?? [])),
    time_accuracy: rate(checks.flatMap(({ time }) => time ?? [])),
    kpi_name_accuracy: rate(checks.flatMap(({ kpiName }) => kpiName)),
    kpi_baseline_accuracy: rate(checks.flatMap(({ kpiBaseline }) => kpiBaseline)),
    kpi_target_accuracy: rate(checks.flatMap(({ kpiTarget }) => kpiTarget)),
    kpi_leading_accuracy: rate(checks.flatMap(({ kpiLeading }) => kpiLeading)),
  };
}

function ofKind(group: readonly ReplyOutcome[]): ReplyReport['by_kind'][string] {
  const withoutAnswer = group.filter(({ line }) => line.answers !== undefined && goldQuestions(line).length === 0);
  return {
    n: group.length,
    act_accuracy: rate(group.filter(({ line }) => line.acts !== undefined).map(isFirstActRight)),
    question_f1: questionF1(group),
    false_answer_rate: rate(withoutAnswer.map(({ answered }) => answered.size > 0)),
  };
}

/** Lines that answer exactly one question: which one they were taken for. */
function questionPair({ line, answered }: ReplyOutcome): { gold: string; got: string }[] {
  const [gold, ...more] = goldQuestions(line);
  if (!gold || more.length > 0) return [];
  return [{ gold, got: answered.has(gold) ? gold : ([...answered][0] ?? 'none') }];
}

/** Wrong answers weigh most: they are what stands in a brief later. */
export function replyMisses(outcomes: readonly ReplyOutcome[]): { severity: number; text: string }[] {
  return outcomes.flatMap((outcome) => {
    const { line, where, reading, answered, checks } = outcome;
    const gold = new Set(goldQuestions(line));
    const { right, found, gold: all } = line.answers ? hitsOf(answered, gold) : { right: 0, found: 0, gold: 0 };
    const wrongAct = line.acts !== undefined && !isFirstActRight(outcome);
    const wrongEntities = wrongEntitiesOf(checks);
    const severity = 3 * (found - right) + 2 * (all - right) + (wrongAct ? 1 : 0) + wrongEntities.length;
    if (severity === 0) return [];
    const read = reading.answers.map(({ questionId, confidence, thin }) => `${questionId}${thin ? ' (thin)' : ''} ${confidence}`);
    const torn = reading.needsClarification ? `, asks back between ${reading.needsClarification.between.join(', ') || 'nothing'}` : '';
    const expected = `expected ${line.acts?.join('+') ?? '-'} [${[...gold].join(', ')}]`;
    const got = `got ${reading.acts.join('+') || 'nothing'} [${read.join(', ')}]${torn}`;
    const about = [line.asked && `asked ${line.asked}`, line.kind].filter(Boolean).join(', ');
    const wrong = wrongEntities.length > 0 ? `; wrong: ${wrongEntities.join(', ')}` : '';
    return [{ severity, text: `${line.id ?? where} (${about}): ${expected}, ${got}${wrong}\n  ${line.text}` }];
  });
}

function wrongEntitiesOf(checks: EntityChecksOf): string[] {
  return Object.entries(checks).flatMap(([name, check]) => ([check].flat().some((right) => right === false) ? [name] : []));
}

type EntityChecksOf = ReplyOutcome['checks'];
