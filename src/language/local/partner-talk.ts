import type { QuestionId } from '../../domain/questions.ts';
import type { ReadAnswer, Reading, ReplyContext } from '../language.ts';

/** What an L&D partner can settle in passing: facts, and no ideas of what could be done. */
const facts: readonly QuestionId[] = ['owner', 'weekly-call', 'budget', 'data-source'];
/** From this confidence on a fact was stated. */
const stated = 0.85;

/** What an L&D partner says to people is coaching and offers ("we have three modules on that"): unasked, nothing but a plain fact answers anything. */
export function withoutOffers(reading: Reading, { side, asked, addressed, peopleAsked }: ReplyContext): Reading {
  if (side !== 'partner' || asked !== undefined || addressed || peopleAsked?.about !== undefined || reading.acts.includes('correction')) return reading;
  const answers = reading.answers.filter(isFact);
  if (answers.length === reading.answers.length) return reading;
  if (answers.length > 0) return { ...reading, answers };
  const acts = reading.acts.filter((act) => act !== 'answer' && act !== 'partial');
  return { ...reading, answers, acts: acts.length > 0 ? acts : ['chit-chat'] };
}

function isFact({ questionId, thin, confidence }: ReadAnswer): boolean {
  return facts.includes(questionId) && !thin && confidence >= stated;
}
