import type { Band, TenantLanguage } from '../language.ts';
import type { Encoder } from './encoder/encoder.ts';
import { shiftOf } from './lessons.ts';
import { normalise } from './normalise.ts';
import { inPlainWords } from './own-words.ts';
import { type Evidence, evidenceIn } from './request-features.ts';
import { requestModel } from './request-model.ts';
import { namesIn } from './request-names.ts';
import { windowsOf } from './windows.ts';

/** `features`: names of what was recognised, never words of the message beyond those of the lexicon. */
export type Heard = { band: Band; reasons: readonly string[]; features: readonly string[] };

/** A stretch of the message, as the quick model sees it. */
type Look = { text: string; low: string; evidence: Evidence; score: number };
/** The most promising stretch first; `shift` is what people taught, in the model's scores. */
type Looked = { best: Look; next: Look | undefined; shift: number; features: readonly string[] };

/** Lessons count in logits, the models in distances from their border. */
const scorePerLogit = 0.5;
/** The more stretches a message has, the likelier that one of them misleads. */
const longTextMargin = 0.1;

/** How a message looks at once, by rules and the quick model. 'candidate': below a suggestion, but the encoder could lift it. */
export function glanceAt(text: string, tenant: TenantLanguage | undefined): Band | 'candidate' {
  const looked = lookAt(text, tenant);
  const { candidate, quick } = requestModel();
  const score = looked.best.score + looked.shift;
  const band = bandOf(score, quick, looked.best.evidence);
  return band === 'no' && score >= candidate ? 'candidate' : band;
}

/** How sure a message is a request for training. What the quick model leaves open is decided with the encoder, where there is one. */
export async function hearRequest(text: string, tenant: TenantLanguage | undefined, encoder: Encoder | undefined): Promise<Heard> {
  const looked = lookAt(text, tenant);
  const { best, next, shift, features } = looked;
  const { candidate, quick, full, scoreFull } = requestModel();
  const worthIt = best.score + shift >= candidate;
  const stretches = next && next.score >= candidate ? [best, next] : [best];
  const dense = worthIt ? await encoder?.encode(stretches.map((look) => look.text)) : undefined;
  const bands = dense ? full : quick;
  const judged = stretches.map((look, index) => {
    const vector = dense?.[index];
    return { evidence: look.evidence, score: vector ? scoreFull(look.low, look.evidence.features, vector) : look.score };
  });
  const [first, second] = judged;
  const top = second && first && second.score > first.score ? second : (first ?? best);
  const band = bandOf(top.score + shift, bands, top.evidence);
  const untaught = bandOf(top.score, bands, top.evidence);
  const learned = shift > 0 && band !== untaught ? ['learned'] : [];
  return { band, reasons: band === 'no' ? [] : [...learned, ...reasonsOf(top.evidence)], features };
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
  return { text, low, evidence, score: requestModel().scoreQuick(low, evidence.features) - margin };
}

/** Sure needs three: the model, words that ask for something that people learn from, and nothing that speaks against it. */
function bandOf(score: number, { maybe, sure }: { maybe: number; sure: number }, evidence: Evidence): Band {
  if (score < maybe) return 'no';
  return score >= sure && asksToLearn(evidence) && !isVetoed(evidence) ? 'sure' : 'maybe';
}

function asksToLearn({ cues }: Evidence): boolean {
  const asks = cues.has('ask') || cues.has('plea') || cues.has('question');
  return asks && (['solution', 'maybeSolution', 'teachTeam', 'lack', 'getBetter', 'topic'] as const).some((cue) => cues.has(cue));
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
