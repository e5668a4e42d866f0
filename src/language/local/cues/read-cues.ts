import type { CueKind, Side } from '../../../domain/cues.ts';
import type { Knowledge, OwnCause } from '../../../domain/knowledge.ts';
import type { QuestionId } from '../../../domain/questions.ts';
import type { ReadCue, Span } from '../../language.ts';
import { cueFeatures, signPlaces } from '../cue-features.ts';
import { type CueModel, cueModel, learnedKinds } from '../cue-model.ts';
import { isForeign } from '../foreign.ts';
import { normalise, trimSpan } from '../normalise.ts';
import { type CueWindow, cueWindowsOf } from './cue-windows.ts';
import { createKnownCues } from './known-cues.ts';
import { elementIn } from './obstacle-element.ts';
import { answeredAboutTraining, hasReason, type SureCue, shownElsewhere, sureCuesIn } from './sure-cues.ts';

export type CueContext = {
  side: Side;
  /** The message is the request itself. */
  request: boolean;
  asked?: QuestionId;
  /** Somebody was just asked by a person, or by the challenge. */
  probed: boolean;
  own: readonly OwnCause[];
};

/** The cues of one message, in the order of `cueKinds`' sorts: what rules are sure of, what was learned, what knowledge tells. Never throws. */
export type ReadCues = (text: string, context: CueContext, dense?: Float32Array) => ReadCue[];

/** Reads cues with the learned model of this version; symptoms, causes and topics only with `knowledge`. Throws when the model's file is damaged. */
export function createCueReader(knowledge?: Knowledge, model: CueModel = cueModel()): ReadCues {
  const known = knowledge && createKnownCues(knowledge);
  return (text, context, dense) => {
    const low = normalise(text);
    if (!/\p{L}/u.test(low) || isForeign(text.slice(0, low.length))) return [];
    const windows = cueWindowsOf(low);
    const sure = [
      ...sureCuesIn(low, context.request),
      ...answeredAboutTraining(low, context.asked, windows),
      ...(showsFacts(low, context) ? shownElsewhere(low) : []),
    ];
    const learned = learnedCues(model, low, windows, context, dense).filter(({ cue }) => !sure.some((one) => one.cue === cue) && !contradicted(cue, sure));
    return [...sure, ...learned].map((cue) => withDetail(low, cue)).concat(known ? known(low, context.own, context.request, context.side) : []);
  };
}

/** Not in a question, and not where somebody names a KPI with its figures. */
function showsFacts(low: string, { request, asked }: CueContext): boolean {
  return !request && asked !== 'leading-kpis' && !low.includes('?');
}

/** One who says that training is not enough does not say that it is. */
function contradicted(cue: CueKind, sure: readonly SureCue[]): boolean {
  const opposite = cue === 'only-training' ? 'doubts-training' : cue === 'doubts-training' ? 'only-training' : undefined;
  return sure.some((one) => one.cue === opposite);
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

/** How much more is asked for: a request tells its reason, and a KPI its figures, in words like those of a fact that speaks against the request. */
function harder(kind: CueKind, { request, probed, asked }: CueContext): number {
  if (kind === 'elsewhere' && asked === 'leading-kpis') return 0.6;
  if ((request || asked === 'driver') && (kind === 'elsewhere' || kind === 'settled')) return 0.2;
  return probed && afterQuestion.includes(kind) ? -0.2 : 0;
}

function isPossible(kind: CueKind, low: string, { side, request, probed }: CueContext): boolean {
  if (kind === 'urgency' && hasReason(low)) return false;
  if (request && neverInRequests.includes(kind)) return false;
  if (side === 'partner' ? ofOthers.includes(kind) : ofPartners.includes(kind) && (side === 'requester' || kind === 'deliverable-talk')) return false;
  return probed || !afterQuestion.includes(kind) || low.trim().length > bare;
}

function learnedCues(model: CueModel, low: string, windows: readonly CueWindow[], context: CueContext, dense: Float32Array | undefined): SureCue[] {
  const places = signPlaces(low);
  const seen = windows.map((window) => ({
    window,
    plain: cueFeatures(model.space, low, window, context.side, places),
    encoded: dense && cueFeatures(model.space, low, window, context.side, places, dense),
  }));
  return learnedKinds.flatMap((kind): SureCue[] => {
    if (!isPossible(kind, low, context)) return [];
    const border = model.border(kind, dense !== undefined) + harder(kind, context);
    const scored = seen.map(({ window, plain, encoded }) => ({ window, above: model.score(kind, plain, encoded) - border }));
    const best = scored.reduce((most, one) => (one.above > most.above ? one : most), scored[0] ?? { window: undefined, above: -1 });
    if (!best.window || best.above < 0) return [];
    const span = spanAround(
      low,
      best.window,
      scored.filter(({ above }) => above >= 0).map(({ window }) => window),
    );
    return span ? [{ cue: kind, span, confidence: Math.min(0.95, 0.6 + 0.3 * best.above) }] : [];
  });
}

/** The best window with those that touch it and say the same. */
function spanAround(low: string, best: Span, others: readonly Span[]): Span | undefined {
  let { start, end } = best;
  for (const other of others) if (other.start < end && other.end > start) [start, end] = [Math.min(start, other.start), Math.max(end, other.end)];
  return trimSpan(low, start, end);
}
