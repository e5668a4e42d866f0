import { z } from 'zod';
import { type FactorId, factorIds, factorOf, type QuestionId, questionIds } from '../domain/questions.ts';
import { type Article, ArticleId, checked, recordOf, Sentence, type SourceFile, wrong } from './source.ts';

/** Everything there is to say about one of the twelve questions. */
export type QuestionText = {
  /** Short name for lists. */
  label: string;
  /** At least two wordings; the next one is used when the question is put again. */
  ask: readonly string[];
  why: string;
  /** Which of the five articles it comes from (S0 … S4). */
  source: Article;
  /** Completes "a good answer has …". */
  has: string;
  followUps: readonly string[];
  examples: readonly { from: string; text: string }[];
};

const Example = z.strictObject({ from: Sentence, text: Sentence }, 'expected an example with "from" and "text"');
const Question = z.strictObject(
  {
    label: Sentence.max(40, 'expected a short label of at most 40 characters'),
    ask: z.array(Sentence, 'expected a list of wordings').min(2, 'expected at least two wordings of the question'),
    why: Sentence,
    source: ArticleId,
    has: Sentence,
    follow_ups: z.array(Sentence, 'expected a list of follow-ups').min(1, 'expected at least one follow-up'),
    examples: z.array(Example, 'expected a list of examples').min(2, 'expected at least two examples'),
  },
  'expected a question with label, ask, why, source, has, follow_ups and examples',
);
const factor = (id: FactorId) =>
  z.strictObject({
    label: Sentence,
    questions: z.strictObject(
      Object.fromEntries(questionIds.filter((question) => factorOf[question] === id).map((question) => [question, Question])),
      `expected exactly these questions: ${questionIds.filter((question) => factorOf[question] === id).join(', ')}`,
    ),
  });
const Questions = z.strictObject(
  {
    factors: z.strictObject(Object.fromEntries(factorIds.map((id) => [id, factor(id)])), `expected exactly these factors: ${factorIds.join(', ')}`),
  },
  'expected "factors" with the six factors and their questions',
);

/** The factors and their questions. Throws PromptsError. */
export function readQuestions(source: SourceFile): { questions: Readonly<Record<QuestionId, QuestionText>>; factors: Readonly<Record<FactorId, string>> } {
  const { factors } = checked(source, Questions);
  const of = (id: QuestionId): QuestionText => {
    const found = factors[factorOf[id]]?.questions[id];
    if (!found) throw wrong(source, ['factors', factorOf[id], 'questions'], `expected the question "${id}"`);
    const { follow_ups: followUps, ...rest } = found;
    return { ...rest, followUps };
  };
  return {
    questions: recordOf(questionIds, of),
    factors: recordOf(factorIds, (id) => factors[id]?.label ?? ''),
  };
}
