import type { Reading, ReplyContext } from '../../language.ts';
import { readPromises } from './read-promises.ts';

/** Which days it is makes no difference to where the promises stand. */
const whenever = { at: 0, timeZone: 'UTC' };

/** "I'll send you the report by Friday" says what somebody does next, not where the data comes from: an answer only to the question that was asked. */
export function withoutPromised<R extends Pick<Reading, 'answers'>>(text: string, reading: R, { asked }: Pick<ReplyContext, 'asked'>): R {
  if (reading.answers.every(({ questionId }) => questionId === asked)) return reading;
  const promised = readPromises(text, whenever).filter(({ due }) => due !== undefined);
  const isPromise = ({ start, end }: { start: number; end: number }) => promised.some(({ span }) => start >= span.start && end <= span.end + 1);
  return { ...reading, answers: reading.answers.filter(({ questionId, span }) => questionId === asked || !isPromise(span)) };
}
