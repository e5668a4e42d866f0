import type { CueKind, Side } from '../../../domain/cues.ts';
import type { Knowledge, OwnCause } from '../../../domain/knowledge.ts';
import type { QuestionId } from '../../../domain/questions.ts';
import type { ReadCue, Span } from '../../language.ts';
import { cueFeatures, signPlaces } from '../cue-features.ts';
import { type CueModel, cueModel, faintKinds, learnedKinds } from '../cue-model.ts';
import { isForeign } from '../foreign.ts';
import { normalise, trimSpan } from '../normalise.ts';
import { type CueWindow, cueWindowsOf, encodedWords } from './cue-windows.ts';
import { handsOver } from './hands-over.ts';
import { createKnownCues } from './known-cues.ts';
import { elementIn } from './obstacle-element.ts';
import { answeredAboutTraining, decided, hasReason, hedges, putOff, type SureCue, shownElsewhere, sureCuesIn } from './sure-cues.ts';

export type CueContext = {
  side: Side;
  /** The message is the request itself. */
  request: boolean;
  asked?: QuestionId;
  /** Somebody was just asked by a person, or by the challenge. */
  probed: boolean;
  /** Which of the two questions that decide a partner, or the challenge, put to them a moment ago. */
  justAsked?: 'either-or' | 'gap';
  own: readonly OwnCause[];
};

/** The encoder's views of sentences, by their words. */
export type SentenceViews = ReadonlyMap<string, Float32Array>;

export type CueReader = {
  /**
   * The cues of one message: what rules are sure of, what was learned, what knowledge tells; `faint`: what may be there, with how often such were right.
   * Never throws.
   */
  read(text: string, context: CueContext, views?: SentenceViews): { cues: ReadCue[]; faint: ReadCue[] };
  /** The sentences that the encoder should see: those which could tell most. */
  toEncode(text: string, context: CueContext): string[];
};

/** More sentences would take longer than a reply may. */
const mostEncoded = 2;

/** Reads cues with the learned model of this version; symptoms, causes and topics only with `knowledge`. Throws when the model's file is damaged. */
export function createCueReader(knowledge?: Knowledge, model: CueModel = cueModel()): CueReader {
  const known = knowledge && createKnownCues(knowledge);
  const isRead = (text: string, low: string) => /\p{L}/u.test(low) && !isForeign(text.slice(0, low.length));
  return {
    read(text, context, views) {
      const low = normalise(text);
      if (!isRead(text, low)) return { cues: [], faint: [] };
      const windows = cueWindowsOf(low);
      const sure = [
        ...sureCuesIn(low, context.request),
        ...answeredAboutTraining(low, context.asked, windows),
        ...(showsFacts(low, context) ? shownElsewhere(low) : []),
        ...(context.side === 'requester' && !context.request ? (context.probed ? decided(low) : putOff(low)) : []),
      ];
      const scored = learnedCues(model, low, windows, context, views);
      const isNew = (cue: SureCue) => !sure.some((one) => one.cue === cue.cue);
      const heard = scored.filter(({ faint }) => !faint);
      const learned = heard.filter((cue) => isNew(cue) && !contradicted(cue, sure, heard));
      const cues = [...sure, ...learned].map((cue) => withDetail(low, cue));
      const faint = scored.filter((cue) => cue.faint && isNew(cue)).map((cue) => withDetail(low, cue));
      return { cues: cues.concat(known ? known(low, context.own, context.request, context.side) : []), faint };
    },
    toEncode(text, context) {
      const low = normalise(text);
      return isRead(text, low) ? tellingMost(model, low, context) : [];
    },
  };
}

function tellingMost(model: CueModel, low: string, context: CueContext): string[] {
  const windows = cueWindowsOf(low);
  if (windows.length <= mostEncoded) return windows.map((window) => encodedWords(low, window));
  const places = signPlaces(low);
  const kinds = learnedKinds.filter((kind) => isPossible(kind, low, context));
  return windows
    .map((window) => {
      const features = cueFeatures(model.space, low, window, context, places);
      return { window, most: Math.max(...kinds.map((kind) => model.score(kind, features) - model.border(kind, false))) };
    })
    .toSorted((one, other) => other.most - one.most)
    .slice(0, mostEncoded)
    .map(({ window }) => encodedWords(low, window));
}

/** Not in a question, and not where somebody names a KPI with its figures. */
function showsFacts(low: string, { request, asked }: CueContext): boolean {
  return !request && asked !== 'leading-kpis' && !low.includes('?');
}

const opposites: readonly (readonly [CueKind, CueKind])[] = [
  ['only-training', 'doubts-training'],
  ['changes-focus', 'keeps-request'],
];

function oppositeOf(cue: CueKind): CueKind | undefined {
  for (const [one, other] of opposites) if (cue === one || cue === other) return cue === one ? other : one;
  return undefined;
}

/** One who says that training is not enough does not say that it is: the surer one counts. */
function contradicted({ cue, confidence }: SureCue, sure: readonly SureCue[], learned: readonly SureCue[]): boolean {
  const opposite = oppositeOf(cue);
  return sure.some((one) => one.cue === opposite) || learned.some((one) => one.cue === opposite && one.confidence > confidence);
}

function withDetail(low: string, { cue, span, confidence }: SureCue): ReadCue {
  return { cue, span, confidence, ...(cue === 'obstacle' && { detail: elementIn(low.slice(span.start, span.end)) }) };
}

const ofPartners: readonly CueKind[] = ['deliverable-talk', 'own-need'];
const ofOthers: readonly CueKind[] = ['changes-focus', 'keeps-request', 'vague-outcome', 'whole-force', 'urgency'];
const neverInRequests: readonly CueKind[] = ['changes-focus', 'keeps-request', 'win', 'either-or', 'asks-gap'];
/** In so few words somebody comes round or insists only when they were just asked: "the second", "as asked". */
const bare = 18;
const afterQuestion: readonly CueKind[] = ['changes-focus', 'keeps-request'];

/** How much more is asked for: a KPI has its figures in words like those of a fact that speaks against the request, and a decision is kept as one. */
function harder(kind: CueKind, low: string, { asked }: CueContext): number {
  if (kind === 'elsewhere' && asked === 'leading-kpis') return 0.6;
  return kind === 'changes-focus' && hedges.test(low) ? 2 : 0;
}

function isPossible(kind: CueKind, low: string, { side, request, probed }: CueContext): boolean {
  if (kind === 'urgency' && hasReason(low)) return false;
  if (request && neverInRequests.includes(kind)) return false;
  if (side === 'partner' ? ofOthers.includes(kind) : ofPartners.includes(kind) && (side === 'requester' || kind === 'deliverable-talk')) return false;
  return probed || !afterQuestion.includes(kind) || low.trim().length > bare;
}

/** What is less likely tells nothing, not even with everything else that was said; found on authors who were held back. */
const leastLikely = 0.04;
/** What is heard counts as much as that at least. */
const leastHeard = 0.4;

type Learned = SureCue & { faint: boolean };

function learnedCues(model: CueModel, low: string, windows: readonly CueWindow[], context: CueContext, views: SentenceViews | undefined): Learned[] {
  const places = signPlaces(low);
  const seen = windows.map((window) => {
    const dense = views?.get(encodedWords(low, window));
    return {
      window,
      plain: cueFeatures(model.space, low, window, context, places),
      encoded: dense && cueFeatures(model.space, low, window, context, places, dense),
    };
  });
  return learnedKinds.flatMap((kind): Learned[] => {
    if (!isPossible(kind, low, context)) return [];
    const more = harder(kind, low, context);
    const looked = kind === 'obstacle' ? seen.filter(({ window }) => !handsOver(low.slice(window.start, window.end))) : seen;
    const scored = looked.map(({ window, plain, encoded }) => {
      const score = model.score(kind, plain, encoded) - more;
      return { window, above: score - model.border(kind, encoded !== undefined), likely: model.likely(kind, score, encoded !== undefined) };
    });
    const [first] = scored;
    if (!first) return [];
    const best = scored.reduce((most, one) => (one.above > most.above ? one : most), first);
    if (best.above < 0) {
      const span = faintKinds.includes(kind) && best.likely >= leastLikely ? trimSpan(low, best.window.start, best.window.end) : undefined;
      return span ? [{ cue: kind, span, confidence: best.likely, faint: true }] : [];
    }
    const span = spanAround(
      low,
      best.window,
      scored.filter(({ above }) => above >= 0).map(({ window }) => window),
    );
    return span ? [{ cue: kind, span, confidence: Math.max(leastHeard, best.likely), faint: false }] : [];
  });
}

/** The best window with those that touch it and say the same. */
function spanAround(low: string, best: Span, others: readonly Span[]): Span | undefined {
  let { start, end } = best;
  for (const other of others) if (other.start <= end && other.end >= start) [start, end] = [Math.min(start, other.start), Math.max(end, other.end)];
  return trimSpan(low, start, end);
}
