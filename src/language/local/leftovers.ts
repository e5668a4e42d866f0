import type { QuestionId } from '../../domain/questions.ts';
import type { Placed } from './place.ts';

/** A clause without a signal of its own has at most this strength: it stands under the open question only because that is open. */
const byDefault = 1;
/** Questions that a bare quantity cannot answer: whoever says "about 3 a week" talks to somebody else. */
const neverAQuantity: readonly QuestionId[] = ['sufficiency', 'owner', 'owner-role', 'context'];
const quantity = /^\W*(?:about|around|roughly|maybe|approx\w*|some|like|say|only|just)?\s*[~≈]?\d[\d.,%]*(?:\s+\p{L}+){0,6}\W*$/u;
/** "7 ppl": for how many it is, which says nothing of why or of what they will do. */
const headcount =
  /^\W*(?:about|around|roughly|maybe|approx\w*|some|like|say|only|just|it'?s|we'?re)?\s*[~≈]?\d+\s*(?:ppl|people|persons?|pax|heads|reps|sellers|of (?:us|them)|participants|attendees)?(?:[\s,.]+(?:in |from )?\p{L}+\s\d+)*\W*$/u;
const neverAHeadcount: readonly QuestionId[] = ['driver', 'contribution', 'reinforcement', 'data-source'];
const takesBack = /^\W*(?:(?:no|sorry|oh|and|but)\W+)*(?:\p{L}+\s+){1,4}(?:is|was|are|were)(?:n't| not)? (?:wrong|not right|incorrect|right|correct)\W*$/u;

/** Clauses that say something besides the answer: what a correction takes back, and a quantity under a question that asks for none. */
export function isLeftover(low: string, { questionId, span, strength }: Placed, situation: { asked?: QuestionId; correcting?: boolean }): boolean {
  if (questionId !== situation.asked || strength > byDefault) return false;
  const clause = low.slice(span.start, Math.min(span.end, span.start + 120));
  if (span.end - span.start > clause.length) return false;
  return (
    (situation.correcting === true && takesBack.test(clause)) ||
    (neverAQuantity.includes(questionId) && quantity.test(clause)) ||
    (neverAHeadcount.includes(questionId) && headcount.test(clause))
  );
}
