import type { Entities, ReadAnswer, ReplyContext, Span } from '../language.ts';
import { scoresOf } from './place.ts';
import { namesOfAnswer, namesOfStretch } from './reply-evidence.ts';
import { replyModel } from './reply-model.ts';
import { cutsOf, sentencesOf } from './sentences.ts';
import { isThin } from './thin.ts';

const asking =
  /\b(?:can|could|would|please|pls|plz|needs?|wants?|looking for|like to|help|who|is there|any(?:one|body)|some(?:one|body)|how (?:do|can)|training|course|workshop|coach|coaching|session|trainer|teach|learn|l&d)\b|\?/;

/**
 * Found by reading what it takes from requests in training/: from here on nearly all is what happens in the business, and not what is asked for. What
 * holds no figure, moment or event says what goes wrong ("They give away too much margin") more often than why: it must speak of it plainly, or it is asked.
 */
const driverFrom = { withFact: 0.15, without: 0.3 };
const fewestWords = 4;
const mostStretches = 24;
/** By its words alone: what scores less never becomes a driver, and only so many are looked at with all that is known, which takes ten times as long. */
const worthALook = -0.8;
const mostLooks = 2;
const confidence = 0.65;
const nothing: Entities = { people: [], kpis: [] };

/** How a sentence starts that asks somebody to do something. */
const asksSomebody =
  /^[\s.,–—-]*(?:(?:so|and|also|but|hence|therefore)[\s,]+)?(?:please\b|pls\b|plz\b|any chance\b|is there (?:any|some)|who (?:can|could)\b|(?:can|could|would|will|may|might) (?:please )?(?:you|we|i|l&d|any(?:one|body)|some(?:one|body))\b)/;

/** The words of a reason up to the sentence after it that asks somebody for something: why it comes now is no asking. */
export function withoutAsking(low: string, { start, end }: Span): Span {
  const sentences = sentencesOf(low.slice(start, end));
  const first = sentences.findIndex((sentence, index) => index > 0 && asksSomebody.test(low.slice(start + sentence.start, start + sentence.end)));
  const last = first > 0 ? sentences[first - 1] : undefined;
  return last ? bare(low, { start, end: start + last.end }) : { start, end };
}

/** What a request says of why it comes now ("Tariffs change on 1 April. …"): the stretch that speaks of it most, if one does and is not the asking itself. */
export function driverInRequest(text: string, low: string, context: ReplyContext): ReadAnswer | undefined {
  const model = replyModel();
  const byWords = (span: Span) => model.questions(low.slice(span.start, span.end), []).driver;
  const stretches = stretchesOf(low)
    .slice(0, mostStretches)
    .map((span) => ({ span, score: byWords(span) }));
  const promising = stretches.filter(({ score }) => score > worthALook).sort((one, other) => other.score - one.score);
  let best: { span: Span; score: number } | undefined;
  for (const { span } of promising.slice(0, mostLooks)) {
    const words = low.slice(span.start, span.end);
    const from = isThin('driver', low, span, nothing) ? driverFrom.without : driverFrom.withFact;
    const byRule = scoresOf(text, low, span, context);
    const { driver, ...others } = model.questions(words, namesOfStretch(text, low, span, byRule, context));
    if (driver > from && driver > Math.max(...Object.values(others)) && driver > (best?.score ?? 0)) best = { span, score: driver };
  }
  if (!best) return undefined;
  const { span } = best;
  const thin = model.thin(low.slice(span.start, span.end), namesOfAnswer('driver', text, low, span, false, context)) > 0;
  return { questionId: 'driver', text: text.slice(span.start, span.end), span, confidence, thin };
}

/** Sentences that ask for nothing; of the others, the parts that do not. */
function stretchesOf(low: string): Span[] {
  const parts = sentencesOf(low).flatMap((sentence) => (asks(low, sentence) ? partsOf(low, sentence) : [sentence]));
  return parts.flatMap((part) => {
    const span = bare(low, part);
    return !asks(low, span) && low.slice(span.start, span.end).split(/\s+/).length >= fewestWords ? [span] : [];
  });
}

function partsOf(low: string, sentence: Span): Span[] {
  const cuts = [sentence.start, ...cutsOf(low, sentence), sentence.end];
  return cuts.slice(1).map((end, index) => ({ start: cuts[index] ?? sentence.start, end }));
}

function asks(low: string, { start, end }: Span): boolean {
  return asking.test(low.slice(start, end));
}

/** Without what only joins it to its neighbours. */
function bare(low: string, { start, end }: Span): Span {
  const words = low.slice(start, end);
  const lead = /^[\s,;:.–—(-]*(?:(?:and|but|so|also)\s+)?/.exec(words)?.[0].length ?? 0;
  const tail = /[\s,;:.!)–—-]*$/.exec(words.slice(lead))?.[0].length ?? 0;
  return { start: start + lead, end: Math.max(start + lead, end - tail) };
}
