import type { Band, TenantLanguage } from '../language.ts';
import type { Encoder } from './encoder/encoder.ts';
import { shiftOf } from './lessons.ts';
import { normalise } from './normalise.ts';
import { inPlainWords } from './own-words.ts';
import { type Evidence, evidenceIn } from './request-features.ts';
import { type RequestModel, requestModel } from './request-model.ts';
import { namesIn } from './request-names.ts';
import { isWorthALook } from './skim.ts';
import { windowsOf } from './windows.ts';

/** `features`: names of what was recognised, never words of the message beyond those of the lexicon. */
export type Heard = { band: Band; reasons: readonly string[]; features: readonly string[] };

/** What a band is decided from. `bare`: a request in so few words that it cannot be sure of itself. */
type Judged = { score: number; evidence: Evidence; bare: boolean };
/** A stretch of the message, as the quick model sees it. */
type Look = Judged & { text: string; low: string };
/** The most promising stretch first; `shift` is what people taught, in the model's scores. */
type Looked = { best: Look; next: Look | undefined; shift: number; features: readonly string[] };

type Bands = RequestModel['quick'];

/** Lessons count in logits, the models in distances from their border. */
const scorePerLogit = 0.5;
/**
 * What people said decides, whatever a model thinks, once it is worth three logits: scores count only so far beyond the border of hearing. One person's
 * word on a message of the same kind is worth four (`shiftOf`), so a press works at once, and what is less alike is moved but not overruled.
 */
const decisive = 3 * scorePerLogit;
/** The more stretches a message has, the likelier that one of them misleads. */
const longTextMargin = 0.1;

/** How a message looks at once, by rules and the quick model. 'candidate': below a suggestion, but the encoder could lift it. */
export function glanceAt(text: string, tenant: TenantLanguage | undefined): Band | 'candidate' {
  return bandAt(lookAt(text, tenant));
}

/** The same, with most chatter let go by its words alone. Where people taught to hear something, everything is looked at: their kind may be unlike any other. */
export function skimThenGlance(text: string, tenant: TenantLanguage | undefined): Band | 'candidate' {
  const isTaught = tenant?.lessons.some(({ verdict }) => verdict === 'request') ?? false;
  return isTaught || isWorthALook(normalise(inPlainWords(text, tenant?.vocabulary))) ? glanceAt(text, tenant) : 'no';
}

function bandAt(looked: Looked): Band | 'candidate' {
  const { best, shift } = looked;
  const { quick } = requestModel();
  const { band } = judge(best, shift, quick);
  return band === 'no' && isWorthEncoding(looked) ? 'candidate' : band;
}

/**
 * How sure a message is a request for training. What the quick model leaves open is decided with the encoder, where there is one. It takes some 10 ms, for
 * which nobody who speaks to Plumb should wait when the first look is sure: `closer` says what is worth it.
 */
export async function hearRequest(
  text: string,
  tenant: TenantLanguage | undefined,
  encoder: Encoder | undefined,
  closer: 'all' | 'what the first look leaves open' = 'all',
): Promise<Heard> {
  const looked = lookAt(text, tenant);
  const { best, next, shift, features } = looked;
  const { candidate, quick, full, scoreFull } = requestModel();
  const stretches = next && next.score >= candidate ? [best, next] : [best];
  const isDecided = closer !== 'all' && judge(best, shift, quick).band === 'sure';
  const dense = !isDecided && isWorthEncoding(looked) ? await encoder?.encode(stretches.map((look) => look.text)) : undefined;
  const bands = dense ? full : quick;
  const judged = stretches.map((look, index) => {
    const vector = dense?.[index];
    return { ...look, score: vector ? scoreFull(look.low, look.evidence.features, vector) : look.score };
  });
  const [first, second] = judged;
  const top = second && first && second.score > first.score ? second : (first ?? best);
  const { band, learned } = judge(top, shift, bands);
  return { band, reasons: band === 'no' ? [] : [...(learned ? ['learned'] : []), ...reasonsOf(top.evidence)], features };
}

/** A kind of message that people called no request is not looked at twice. */
function isWorthEncoding({ best, shift }: Looked): boolean {
  const { candidate, quick } = requestModel();
  return shift > -decisive && taught(best.score, shift, quick) >= candidate;
}

/** The band with what people taught; `learned` when that raised it. What no model heard is answered in public only where a rule asks for it plainly. */
function judge({ score: seen, evidence, bare }: Judged, shift: number, bands: Bands): { band: Band; learned: boolean } {
  const score = bare ? Math.max(seen, bands.maybe) : seen;
  const untaught = bandOf(score, bands, evidence);
  const band = bandOf(taught(score, shift, bands), bands, evidence);
  const tooFar = band === 'sure' && untaught === 'no' && !asksPlainly(evidence);
  return { band: tooFar ? 'maybe' : band, learned: shift > 0 && band !== untaught };
}

/** A score with what people taught. */
function taught(score: number, shift: number, { maybe }: Bands): number {
  if (shift === 0) return score;
  return shift + (shift < 0 ? Math.min(score, maybe + decisive) : Math.max(score, maybe - decisive));
}

function lookAt(text: string, tenant: TenantLanguage | undefined): Looked {
  const plain = inPlainWords(text, tenant?.vocabulary);
  const low = normalise(plain);
  const windows = windowsOf(low);
  const margin = windows.length > 1 ? longTextMargin : 0;
  const looks = windows.map(({ start, end }) => lookIn(plain.slice(start, end), low.slice(start, end), margin)).sort((a, b) => b.score - a.score);
  const best = looks[0] ?? lookIn('', '', 0);
  const features = [...best.evidence.features, ...namesIn(best.low)];
  const shift = scorePerLogit * shiftOf(features, tenant?.lessons ?? []);
  return { best, next: looks[1], shift, features };
}

function lookIn(text: string, low: string, margin: number): Look {
  const evidence = evidenceIn(low);
  return { text, low, evidence, bare: isBareAsk(low, evidence), score: requestModel().scoreQuick(low, evidence.features) - margin };
}

/** "Need training", "sales course pls": too short for a model to be sure of, and nothing else than a request. */
function isBareAsk(low: string, { features }: Evidence): boolean {
  return features.has('clean:ask+solution') && low.trim().split(/\s+/).length <= 5;
}

/** Sure needs three: the model, words that ask for something that people learn from, and nothing that speaks against it. */
function bandOf(score: number, { maybe, sure }: Bands, evidence: Evidence): Band {
  if (score < maybe) return 'no';
  return score >= sure && asksToLearn(evidence) && !isVetoed(evidence) ? 'sure' : 'maybe';
}

function asksToLearn({ cues }: Evidence): boolean {
  const asks = cues.has('ask') || cues.has('plea') || cues.has('question');
  return asks && (['solution', 'maybeSolution', 'teachTeam', 'lack', 'getBetter', 'topic'] as const).some((cue) => cues.has(cue));
}

function asksPlainly({ features, vetoes }: Evidence): boolean {
  if (vetoes.size > 0) return false;
  for (const feature of features) if (feature.startsWith('clean:')) return true;
  return false;
}

/** A veto counts where the asking or the solution stands. */
function isVetoed({ features }: Evidence): boolean {
  for (const feature of features) if (feature.startsWith('veto:')) return true;
  return false;
}

function reasonsOf({ cues, features }: Evidence): string[] {
  const reasons: string[] = [];
  if (cues.has('ask') && cues.has('solution')) reasons.push('asks-for-training');
  if (cues.has('ask') && cues.has('provider') && cues.has('solution')) reasons.push('looks-for-provider');
  if ((cues.has('lack') && cues.has('team')) || features.has('better+team')) reasons.push('team-cannot');
  if (cues.has('plea') || (cues.has('ask') && !cues.has('solution'))) reasons.push('asks-for-help');
  return reasons;
}
