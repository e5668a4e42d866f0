import type { Reading, ReplyContext } from '../language.ts';
import { normalise } from './normalise.ts';
import { entitiesIn, toAnswers } from './read-answers.ts';

/** Words that were typed into the field of a question answer that one, whatever else they would be taken for in a thread. */
export function inItsField(text: string, reading: Reading, { field, ...context }: ReplyContext): Reading {
  const { asked } = context;
  if (!field || asked === undefined || reading.language === 'other' || reading.acts.includes('dont-know')) return reading;
  if (reading.answers.some(({ questionId }) => questionId === asked)) return reading;
  const low = normalise(text);
  const span = { start: 0, end: low.length };
  const answers = toAnswers(text, low, [{ questionId: asked, span, strength: 1 }], context, 0);
  return { ...reading, answers, entities: entitiesIn(text, low, span, asked, context) };
}
