import { type QuestionId, questionIds } from '../../domain/questions.ts';
import type { ReplyContext, Span } from '../language.ts';
import { clausesOf } from './clauses.ts';
import { kpisIn, namesKpi } from './entities/kpis.ts';
import { moneyIn } from './entities/money.ts';
import { peopleIn } from './entities/people.ts';
import { selfIn } from './entities/self.ts';
import { weeklyTimeIn } from './entities/times.ts';
import { valuesIn } from './entities/values.ts';
import { trimSpan } from './normalise.ts';
import { couldOwn } from './owner-words.ts';
import { questionCues, questionLabels } from './question-cues.ts';

export type Placed = { questionId: QuestionId; span: Span; strength: number };
type Knowledge = Pick<ReplyContext, 'mentions' | 'people'> & Partial<Pick<ReplyContext, 'answered'>>;
/** What was learned of a stretch's words: above zero speaks for a question. */
export type Learned = (span: Span, byRule: Scores) => Scores;
export type Scores = Readonly<Record<QuestionId, number>>;

/** From this strength on, a clause leaves the question that was asked. */
const strong = 3;
/** Found on replies that were held back. */
const silentAsked = 1.7;
/** From here on, words speak of owning. */
const ownsPlainly = 3;
/** From this strength on, a clause names a question. */
const namesTheQuestion = 4;

/** Strength of a clause that nothing speaks for but the open question. */
export const bare = 0.5;

/** How much a stretch of a message speaks of each of the twelve questions: cues of its words, and what stands in it (time, money, names, numbers). */
export function scoresOf(text: string, low: string, span: Span, knowledge: Knowledge): Record<QuestionId, number> {
  const clause = low.slice(span.start, Math.min(span.end, span.start + 800));
  const scores: Record<QuestionId, number> = {
    driver: 0,
    owner: 0,
    'leading-kpis': 0,
    contribution: 0,
    sufficiency: 0,
    'owner-role': 0,
    'manager-role': 0,
    'data-source': 0,
    'weekly-call': 0,
    context: 0,
    reinforcement: 0,
    budget: 0,
  };
  for (const questionId of questionIds) {
    for (const { weight, pattern } of questionCues[questionId]) if (pattern.test(clause)) scores[questionId] += weight;
  }
  const opening = clause.replace(/^[\s•*>\d.)–-]{0,6}/, '');
  for (const { pattern, questionId } of questionLabels) if (pattern.test(opening)) scores[questionId] += 6;
  addEntities(scores, text, low, span, knowledge);
  return scores;
}

/** How rules and learned scores count together, on the scale of the rules; found on replies that were held back. */
const weighs = { rules: 0.7, learned: 3, from: -0.5, asked: 2.2 };

/** The scores of a stretch by rules and, where there is a model, by what was learned. */
export function combinedScores(text: string, low: string, span: Span, knowledge: Knowledge, learned: Learned | undefined): Scores {
  const byRule = scoresOf(text, low, span, knowledge);
  if (!learned) return byRule;
  const seen = learned(span, byRule);
  const both = { ...byRule };
  for (const id of questionIds) both[id] = weighs.rules * byRule[id] + weighs.learned * Math.min(1.2, Math.max(0, seen[id] - weighs.from));
  return both;
}

/** Words that stand with a value today and a target. */
const figures = /\b(?:from \S+ to|today|right now|currently|baseline|targets?|should be|goal)\b|->|→/;

function addEntities(scores: Record<QuestionId, number>, text: string, low: string, span: Span, knowledge: Knowledge): void {
  const when = weeklyTimeIn(low, span);
  if (when?.weekday && when.time) scores['weekly-call'] += 4;
  else if (when?.time && when.timeZone) scores['weekly-call'] += 2;
  else if (when?.weekday) scores['weekly-call'] += 1;
  const money = moneyIn(low, span);
  if (money) scores.budget += !isToSpend(low, span) ? 0.5 : scores.driver >= 2 || namesKpi(low, span) ? 1 : 2;
  const values = valuesIn(low, span);
  const kpi = kpisIn(low, span, true)[0];
  if (kpi?.baseline && kpi.target && !money) scores['leading-kpis'] += !kpi.leading ? 1 : namesKpi(low, span) ? 3 : 2;
  else if (values.length > 0 && namesKpi(low, span)) scores['leading-kpis'] += 1;
  if (values.length > 0 && scores.driver > 0) scores.driver += 1;
  const words = low.slice(span.start, Math.min(span.end, span.start + 300));
  // What they would stop doing is no promise of the owner; calls that somebody listens to are not the weekly call.
  if (scores.contribution > 0 && /^\W*(?:so |then |and |that )?(?:they|reps|sellers|people|the team)\b/.test(words))
    scores['owner-role'] = Math.max(0, scores['owner-role'] - 2);
  if (!when?.time && /\b(?:sit|sits|sitting|listen|listens|listening|join|joins|joining)\b[^.!?]{0,12}\bcalls\b/.test(words)) scores['weekly-call'] = 0;
  const people = peopleIn(text, span, knowledge, false);
  if (people.length === 1 && scores.owner > 0) scores.owner += 1;
  if (people.length > 1 && scores['manager-role'] > 0) scores['manager-role'] += 1;
  // "Ana listens to two calls per rep" is what somebody does every week; a number to move has a value today and a target.
  if (people.length > 0 && scores['manager-role'] >= 3 && !figures.test(low.slice(span.start, span.end)))
    scores['leading-kpis'] = Math.min(scores['leading-kpis'], 1);
}

const spending =
  /\b(?:budget\w*|pays?|paid|spend\w*|fund\w*|costs?|approv\w*|releas\w+|from (?:my|our|the|hr|l&d|marketing)|mine|pot|money|planned|available|set aside|signed|per head|for (?:the )?(?:coaching|training|trainer|venue|app|tool|follow[- ]?up|it))\b/;
/** A sum that says nothing else. */
const aSumAlone = 32;

/** Most sums are what is lost, sold or owed: money to spend is named as such, or stands alone. */
function isToSpend(low: string, { start, end }: Span): boolean {
  return end - start <= aSumAlone || spending.test(low.slice(start, Math.min(end, start + 300)));
}

/** Deals that were lost are cases to learn from where cases are asked for; elsewhere they are a reason. */
const lostCases =
  /\b(?:lost|losing|lose|missed)\b[^.!?]{0,60}\b(?:deals?|tenders?|bids?|pitch(?:es)?|quotes?|cases?|orders?|opportunit(?:y|ies))\b|\b(?:deals?|tenders?|bids?|pitch(?:es)?|cases?|orders?|opportunit(?:y|ies))\b[^.!?]{0,40}\b(?:lost|missed)\b/;

function inLightOf(asked: QuestionId | undefined, text: string, low: string, span: Span, scores: Scores, knowledge: Knowledge): Scores {
  if (asked !== 'budget' && scores.budget > 0 && moneyIn(low, span) && !isToSpend(low, span))
    return inLightOf(asked, text, low, span, { ...scores, budget: 0 }, knowledge);
  if (asked !== 'owner' && scores.owner > 0 && isKnownOwner(text, low, span, knowledge)) return { ...scores, owner: 0 };
  if (asked === 'owner' && scores.owner > 0 && !couldOwn(text, low, span, knowledge)) return { ...scores, owner: 0 };
  if (asked !== 'context' || scores.driver >= namesTheQuestion + 2 || !lostCases.test(low.slice(span.start, span.end))) return scores;
  return { ...scores, driver: 0, context: scores.context + scores.driver };
}

const another = /^\W*(?:no|nope|not|sorry|oops|wait|actually|correction|rather|instead|change|make it|it'?s)\b/;

const several = /\b(?:and|plus|with|leads|heads|managers|team|both|all)\b|[,&+]/;

/** "Me, Keiko and the two team leads", once it is known who owns it, says who does something else. */
function isKnownOwner(text: string, low: string, span: Span, knowledge: Knowledge): boolean {
  if (!knowledge.answered?.includes('owner') || another.test(low) || !several.test(low.slice(span.start, span.end))) return false;
  return scoresOf(text, low, span, knowledge).owner < ownsPlainly;
}

/** A clause of a few letters says little of another question, one of a word next to nothing. */
function forBrevity({ start, end }: Span): number {
  return end - start <= 8 ? 4 : end - start <= 16 ? 2 : 0;
}

/** The question that a clause speaks of most; with `asked` in front when they are close. Undefined when nothing speaks. */
function bestOf(scores: Scores, asked: QuestionId | undefined, bonus = weighs.asked): { questionId: QuestionId; strength: number } | undefined {
  let best: { questionId: QuestionId; strength: number } | undefined;
  for (const questionId of questionIds) {
    // The open question is the likeliest, so it needs less.
    const strength = scores[questionId] + (questionId === asked ? bonus : 0);
    const first = !best || strength > best.strength || (strength === best.strength && questionId === asked && best.strength < namesTheQuestion);
    if (scores[questionId] > 0 && first) best = { questionId, strength };
  }
  return best;
}

/**
 * The questions that a message answers, each with its own stretch of the text. A clause without a signal of its own belongs to what was spoken of
 * before it, or to the question that was asked. Without a question only strong signals count.
 */
export function placeClauses(text: string, low: string, asked: QuestionId | undefined, knowledge: Knowledge, learned?: Learned): Placed[] {
  const placed: Placed[] = [];
  const known = new Map<string, Scores>();
  const score = (span: Span) => {
    const key = `${span.start}-${span.end}`;
    const scores = known.get(key) ?? inLightOf(asked, text, low, span, combinedScores(text, low, span, knowledge, learned), knowledge);
    known.set(key, scores);
    return scores;
  };
  for (const clause of clausesOf(low, asked, (span, open) => bestOf(score(span), open))) {
    const scores = score(clause);
    const best = bestOf(scores, asked, weighs.asked + forBrevity(clause));
    const previous = placed.at(-1);
    if (
      best &&
      (best.questionId === asked || best.strength >= neededBy(scores, asked, clause, learned)) &&
      !(previous && givesReason(low, clause, best.questionId, asked))
    ) {
      placed.push({ questionId: best.questionId, span: clause, strength: best.strength });
    } else if (previous) {
      previous.span = { start: previous.span.start, end: clause.end };
    } else if (asked) {
      placed.push({
        questionId: asked,
        span: clause,
        strength: best?.questionId === asked ? best.strength : bareStrength(text, low, clause, asked, knowledge),
      });
    }
  }
  return merge(low, asked ? keepLed(low, placed, asked) : placed);
}

/** What another question needs to be meant: less where nothing at all speaks for the one that was asked. */
function neededBy(scores: Scores, asked: QuestionId | undefined, { start, end }: Span, learned: Learned | undefined): number {
  return learned && asked && scores[asked] === 0 && end - start > 24 ? silentAsked : strong;
}

const reason = /^\W*(?:and |but )?(?:because|since|cause|bc|as)\b/;

/** "…, because the CRM has none" is the reason of what stands before it, and no business driver, unless that is asked. */
function givesReason(low: string, clause: Span, questionId: QuestionId, asked: QuestionId | undefined): boolean {
  return questionId === 'driver' && asked !== undefined && asked !== 'driver' && reason.test(low.slice(clause.start, clause.start + 20));
}

/** A clause without cues says little, but a name or "me" is all that the question about the owner wants. */
function bareStrength(text: string, low: string, clause: Span, asked: QuestionId, knowledge: Knowledge): number {
  const named = asked === 'owner' && (selfIn(low, clause, asked) !== undefined || peopleIn(text, clause, knowledge, true).length > 0);
  return named ? 1 : bare;
}

/** Words that only lead in what follows: "Small correction:", "Hi all,", "ok so". */
const leadsIn =
  /^[\s"'*(]*(?:(?:(?:a|one|just|small|slight|quick|minor|tiny|another|my)\s+){0,3}(?:corrections?|updates?|fix|change|edit|typo|sorry|oops|ups|actually|wait|hang on|scratch that|(?:my )?(?:mistake|bad|error)|apologies|hi|hello|hey|morning|ok|okay|well|so|right|sure|yes|no|thanks|thank you|all|everyone|plumb|one more thing|ps|p\.s|also|quick (?:one|note)|note|fyi)(?:\s+(?:to|on|of|from) (?:that|this|me|my \w+|the \w+|above))?[\s,.:;!–—-]*){1,4}$/;

/** The first clause of a reply answers what was asked when nothing speaks clearly against it. */
function keepLed(low: string, placed: readonly Placed[], asked: QuestionId): Placed[] {
  return placed.filter(({ questionId, strength, span }, at) => {
    if (at > 0 || placed.length === 1 || questionId !== asked || strength > bare) return true;
    return span.end - span.start > 12 && !leadsIn.test(low.slice(span.start, span.end));
  });
}

/** "Correction: …", "Sorry, …": what is said begins after it. */
const correctingLead =
  /^[\s"'*(]*(?:(?:(?:a|one|just|small|slight|quick|minor|tiny|another)\s){0,3}(?:correction|update|fix|change|edit|typo)|sorry|oops|actually|wait|hang on|scratch that|no wait|(?:my )?(?:mistake|bad))\s?[,:–—-]\s*/;

function merge(low: string, placed: readonly Placed[]): Placed[] {
  const merged: Placed[] = [];
  for (const one of placed) {
    const earlier = merged.find((other) => other.questionId === one.questionId);
    const last = merged.at(-1);
    if (last && last.questionId === one.questionId) {
      last.span = { start: last.span.start, end: one.span.end };
      last.strength = Math.max(last.strength, one.strength);
    } else if (earlier) {
      // Said in two places: the stronger words stand for the answer.
      if (one.strength > earlier.strength) Object.assign(earlier, { span: one.span, strength: one.strength });
    } else merged.push({ ...one });
  }
  return merged.flatMap((one) => {
    const lead = correctingLead.exec(low.slice(one.span.start, Math.min(one.span.end, one.span.start + 60)))?.[0].length ?? 0;
    const span = trimSpan(low, one.span.start + lead, one.span.end) ?? trimSpan(low, one.span.start, one.span.end);
    return span ? [{ ...one, span }] : [];
  });
}
