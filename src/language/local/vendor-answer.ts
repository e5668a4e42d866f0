import type { HeldStatus, VendorPoint } from '../../domain/vendor-answer.ts';
import type { PointToHold, ReadPoint, Span } from '../language.ts';
import { isForeign } from './foreign.ts';
import { normalise, trimSpan } from './normalise.ts';
import { sentencesOf } from './sentences.ts';

/** What speaks of a point without its own words. Data. */
const speaksOf: Readonly<Record<VendorPoint, RegExp>> = {
  outcome: /\b(?:behaviou?rs?|do(?:ing)? differently|on the job|outcomes?|by the end|will be able to|business results?)\b/,
  definition: /\b(?:(?:we|you) (?:mean|understand|define)|by (?:this|that|it) we|definition|our content|curriculum|modules?|agenda|covers?|syllabus|topics?)\b/,
  audience: /\b(?:participants?|attendees|learners|cohorts?|people per|seats|groups? of \d+|everyone|all \d+|your (?:people|reps|sellers|managers|team))\b/,
  pilot: /\b(?:pilot|first (?:group|team|cohort|region|wave)|(?:start|begin|try it) with|phase (?:one|1)|proof of concept)\b/,
  kpi: /\b(?:kpis?|measur\w+|metrics?|baselines?|indicators?|dashboards?|roi|track(?:ing|ed)?)\b/,
  reinforcement:
    /\b(?:coach\w*|reinforc\w+|follow[- ]?ups?|afterwards?|weeks? later|after the (?:course|workshop|training|programme|program|event)|sustain\w*|refreshers?|check-?ins?|clinics?|practice calls?|practise)\b/,
  scope: /\b(?:out of scope|not part of|leave out|left out|leave aside|park(?:ed)?|exclud\w+)\b/,
  'next-step': /\b(?:meet(?:ing)?|call|invite|invitation|calendar|slots?|available|availability|video call|teams|zoom|speak|talk)\b/,
};

const asks = /\?\s*$/;
const hedged =
  /\b(?:could|might|may (?:be|also|not|want|need|include|have|help|then|add|offer|depend|vary)|usually|typically|often|generally|as a rule|depends?|depending|option(?:al|ally|s)?|if (?:you|needed|required|desired|wanted|there)|on request|at extra|extra (?:cost|charge|fee)|add-?on|additional(?:ly)? (?:cost|charged)|can be added|possibly|perhaps|maybe|ideally|happy to (?:discuss|explore|look)|can discuss|let(?:'s| us) discuss|to be (?:agreed|defined|confirmed|discussed)|tbd|tbc|would need|we think|we believe|try to|aim to|where possible|partly|in part|similar to|such as)\b/;
const denied =
  /\b(?:do(?:es)? not|don't|doesn't|cannot|can't|can not|won't|will not|would not|wouldn't|unable|no longer|not (?:able|included?|part|offer\w*|cover\w*|possible)|never|unfortunately|outside (?:of )?our|instead of|rather than|without)\b/;
const onlyNot = /\bnot (?:just|only|merely)\b|\bwithout (?:exception|fail|delay|losing)\b/g;
const when =
  /\b(?:mon|tues|wednes|thurs|fri)day|\b(?:next|this) week\b|\btomorrow\b|\b\d{1,2}[:.]\d{2}\b|\b\d{1,2} ?(?:am|pm)\b|\b\d{1,2}(?:st|nd|rd|th)\b|\b(?:january|february|march|april|june|july|august|september|october|november|december) \d|\b\d{1,2} (?:january|february|march|april|may|june|july|august|september|october|november|december)\b/;
const rhythm =
  /\b(?:weekly|fortnightly|monthly|daily|every|each|per week|a week|a month|twice|for \w+ (?:weeks|months)|\d+[- ](?:week|month|day)s?|(?:two|three|four|six|eight|ten|twelve) (?:weeks|months))\b/;
/** Where a meeting is asked for, a question says yes to it. */
const offersToMeet = /\b(?:can|could|shall|would|may|how about|what about|does|are you)\b.*\b(?:meet|call|invite|work|suit|available|free|speak|talk|join)\b/;

const small = new Set(
  'a an and are as at be been but by can could did do does each every day days for from get had has have help her his how if in into is it its just like make month months more most much need needs new not of on one only or our out over own people per same should so some than that the their them then there these they this those through to too up us use very want was way we week weeks well were what when where which who will with within would year years you your'.split(
    ' ',
  ),
);

/** As many of their sentences as a point is shown with. */
const mostWords = 2;

/**
 * What a vendor wrote on each point of a brief, by words alone. Careful: what is asked, hedged, general or not there is never `met`, and text in another
 * language says nothing here.
 */
export function readVendorAnswer(text: string, points: readonly PointToHold[]): ReadPoint[] {
  const low = normalise(text);
  const sentences = isForeign(text) ? [] : sentencesIn(low);
  return points.map((point) => hold(low, sentences, point));
}

type Sentence = { span: Span; low: string /** The heading that it stands under. */; under: string };

function sentencesIn(low: string): Sentence[] {
  let under = '';
  return sentencesOf(low).flatMap((found) => {
    const span = trimSpan(low, found.start, found.end);
    if (!span) return [];
    // What a sentence ends with tells a question; the span itself goes without it.
    const whole = low.slice(span.start, found.end).trim();
    const isHeading = /:\s*$/.test(whole) || (whole.split(/\s+/).length <= 3 && !/[.!?]$/.test(whole));
    if (isHeading) {
      under = whole;
      return [];
    }
    const sentence = { span: { start: span.start, end: span.end }, low: whole, under };
    if (low.slice(found.end, found.end + 2).includes('\n\n')) under = '';
    return [sentence];
  });
}

type Found = { status: HeldStatus; span: Span; weight: number };

function hold(low: string, sentences: readonly Sentence[], { point, texts }: PointToHold): ReadPoint {
  const wanted = wordsOf(texts.join(' '));
  const found = sentences.flatMap((sentence): Found[] => {
    const shared = [...wordsOf(sentence.low)].filter((word) => wanted.has(word)).length;
    const status = statusOf(point, { sentence, texts: texts.map(normalise), wanted, shared });
    return status ? [{ status, span: sentence.span, weight: shared }] : [];
  });
  const status = together(found.map((each) => each.status));
  if (status === 'open') return { point, status, spans: [] };
  const telling = found.filter((each) => each.status === status || (status === 'partly' && each.status !== 'open'));
  const most = Math.max(...telling.map(({ weight }) => weight));
  const best = telling.toSorted((one, other) => other.weight - one.weight).filter(({ weight }) => weight * 2 >= most);
  const spans = best
    .slice(0, mostWords)
    .map(({ span }) => trimSpan(low, span.start, span.end) ?? span)
    .toSorted((one, other) => one.start - other.start);
  return { point, status, spans };
}

/** Two sentences that do not agree leave it unclear. */
function together(found: readonly HeldStatus[]): HeldStatus {
  const has = (status: HeldStatus) => found.includes(status);
  if (has('met')) return has('against') || has('asked') ? 'partly' : 'met';
  if (has('against')) return 'against';
  if (has('partly')) return 'partly';
  return has('asked') ? 'asked' : 'open';
}

type Looked = { sentence: Sentence; texts: readonly string[]; wanted: ReadonlySet<string>; shared: number };

function statusOf(point: VendorPoint, looked: Looked): HeldStatus | undefined {
  const { sentence, texts, wanted, shared } = looked;
  const cued = speaksOf[point].test(sentence.low) || speaksOf[point].test(sentence.under);
  const strong = shared >= 2 && shared * 3 >= Math.min(wanted.size, 9);
  if (point === 'next-step') return nextStep(sentence.low, cued);
  if (point === 'scope') return outOfScope(sentence.low, shared);
  // The name of a number alone is often the name of the people it is counted by.
  const isSpokenOf =
    point === 'kpi'
      ? cued || (strong && asks.test(sentence.low)) || (strong && figuresOf(texts).some((figure) => figuresOf([sentence.low]).includes(figure)))
      : cued || strong;
  if (!isSpokenOf) return undefined;
  if (asks.test(sentence.low)) return 'asked';
  // "No cold calls" agrees with a brief that says so, too; by words alone nobody can tell.
  if (denied.test(sentence.low.replace(onlyNot, ' '))) return texts.some((text) => /\b(?:not|no|never|without|don't)\b/.test(text)) ? 'partly' : 'against';
  const met = isMet(point, looked, { cued, strong });
  return met && !hedged.test(sentence.low) ? 'met' : 'partly';
}

function isMet(
  point: Exclude<VendorPoint, 'next-step' | 'scope'>,
  { sentence, texts, shared }: Looked,
  { cued, strong }: { cued: boolean; strong: boolean },
): boolean {
  const { low } = sentence;
  switch (point) {
    case 'outcome':
    case 'definition':
      return strong;
    case 'audience':
      return (strong || (shared > 0 && cued) || figuresOf(texts).some((figure) => figuresOf([low]).includes(figure))) && coversAll(texts, low);
    case 'pilot':
      return cued && shared > 0;
    case 'kpi':
      return namesKpi(texts, low);
    case 'reinforcement':
      return cued && (strong || (rhythm.test(low) && shared > 0));
    default:
      return point satisfies never;
  }
}

function figuresOf(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.match(/\d+(?:[.,]\d+)?/g) ?? []).map((figure) => figure.replace(',', '.'));
}

/** "Up to 20 people" is less than 120. */
function coversAll(texts: readonly string[], low: string): boolean {
  const most = Math.max(0, ...figuresOf(texts).map(Number));
  const limited = /\b(?:up to|at most|max(?:imum)?(?: of)?|groups? of|limited to|only)\s(\d+)/.exec(low);
  return !limited?.[1] || Number(limited[1]) >= most;
}

/** One of the numbers by its name, and its target where there is one. */
function namesKpi(texts: readonly string[], low: string): boolean {
  const said = wordsOf(low);
  return texts.some((text) => {
    const named = wordsOf(text.replace(/\d[\d.,]*/g, ' '));
    const shared = [...named].filter((word) => said.has(word)).length;
    const figures = figuresOf([text]);
    const target = figures.at(-1);
    return shared * 2 >= named.size && shared > 0 && (target === undefined || figuresOf([low]).includes(target));
  });
}

function nextStep(low: string, cued: boolean): HeldStatus | undefined {
  if (!cued) return undefined;
  if (denied.test(low)) return 'against';
  const isOffer = when.test(low) && (!asks.test(low) || offersToMeet.test(low));
  return isOffer ? 'met' : 'partly';
}

/** What was left out: they leave it out, too, or they offer it all the same. */
function outOfScope(low: string, shared: number): HeldStatus | undefined {
  if (shared === 0) return undefined;
  if (asks.test(low)) return 'asked';
  const leavesOut = speaksOf.scope.test(low) || denied.test(low) || /\b(?:later|afterwards|for now|not now|at a later)\b/.test(low);
  if (leavesOut) return hedged.test(low) ? 'partly' : 'met';
  return 'against';
}

/** The words that say something, without endings. */
function wordsOf(text: string): Set<string> {
  const words = normalise(text).match(/\p{L}[\p{L}\p{N}'-]*|\d+/gu) ?? [];
  return new Set(words.filter((word) => word.length > 2 && !small.has(word)).map(stem));
}

function stem(word: string): string {
  const bare = word.replace(/'s?$/, '');
  for (const ending of ['ations', 'ation', 'ments', 'ment', 'ings', 'ing', 'ies', 'ied', 'ers', 'er', 'ed', 'es', 's', 'y', 'e']) {
    if (bare.endsWith(ending) && bare.length - ending.length >= 4) return bare.slice(0, -ending.length);
  }
  return bare;
}
