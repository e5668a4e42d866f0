import type { QuestionId } from '../../domain/questions.ts';
import type { ReplyContext, Span } from '../language.ts';
import { peopleIn, smallNameIn } from './entities/people.ts';
import { selfIn } from './entities/self.ts';
import { trimSpan } from './normalise.ts';

/** Words for whoever could own something; names are found elsewhere. */
const mentionsAnybody =
  /\b(?:me|myself|mine|i|i'm|i'll|us|we|he|she|him|her|you|nobody|no one|none|somebody|someone|everyone|everybody|all|both|team|teams|managers?|heads?|leads?|leaders?|directors?|vps?|boss|bosses|chief|ceo|coo|cfo|cro|cso|md|partners?|board|committee|l&d|hr|sales|marketing|finance|ops|operations|enablement|department|function|owners?|own|owns|accountable|responsible|whoever|people|group|regionals?|execs?|management|secretary|president|captain|mr|mrs|ms|dr)\b/;

/** Whether normalised words speak of anybody at all by a pronoun or a role. */
export function speaksOfAnybody(low: string): boolean {
  return mentionsAnybody.test(low);
}

type Knowledge = Pick<ReplyContext, 'mentions' | 'people'>;

/** Whether there is anybody in these words who could own something. */
export function couldOwn(text: string, low: string, span: Span, knowledge: Knowledge): boolean {
  return speaksOfAnybody(low.slice(span.start, span.end)) || smallNameIn(low, span) !== undefined || peopleIn(text, span, knowledge, true).length > 0;
}

/** Questions that nobody's name answers. */
const neverAName: readonly QuestionId[] = ['driver', 'leading-kpis', 'contribution', 'sufficiency', 'context'];
const besideNames =
  /\b(?:and|or|both|me|myself|mine|i|guess|think|it|it's|is|will|can|us|we|all|of|the|our|my|two|three|four|five|managers?|team|teams|leads?|branch|area|regional|together|everybody|everyone|whole|between|see|we'll|one|name|that|ok|okay|yes|well|then|ah|oh|hm+|so|thats|that's|that'd|be|would|probably|maybe|rather|actually|for|now|mr|mrs|ms|dr)\b/g;
/** Somebody else than was named before. */
const another =
  /^(?:no|nope|wait|sorry|oh|ah|hm+|actually|rather|not me|correction)\b[\s,.!:–-]*(?:wait|sorry|actually|rather|it'?s|make it|not me)?[\s,.!:–-]*/;
/** Whoever is named may have been meant for one of these. */
const others: readonly QuestionId[] = ['data-source', 'manager-role', 'weekly-call'];
/** Longer messages say something of somebody. */
const longest = 60;

/** Names, "me", "all of us" and nothing else, under a question that this cannot answer: whose it is. Undefined where that is known. */
export function namesAlone(text: string, low: string, context: ReplyContext): Span | undefined {
  const { asked } = context;
  const span = trimSpan(low, 0, low.length);
  if (!asked || !span || !neverAName.includes(asked) || low.length > longest || low.includes('?')) return undefined;
  const lead = context.answered.includes('owner') ? another.exec(low.slice(span.start))?.[0].length : 0;
  if (lead === undefined || others.some((questionId) => lead > 0 && context.answered.includes(questionId))) return undefined;
  const people = peopleIn(text, span, context, true);
  if (people.length === 0 && (lead > 0 || selfIn(low, span, 'owner') === undefined)) return undefined;
  const rest = people.reduce((words, { name }) => words.slice(0, name.start) + ' '.repeat(name.end - name.start) + words.slice(name.end), low);
  return /[\p{L}\d]/u.test(rest.slice(span.start + lead).replace(besideNames, ' ')) ? undefined : { start: span.start + lead, end: span.end };
}
