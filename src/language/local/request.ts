import type { SpottedRequest } from '../language.ts';
import { mayMatter } from './may-matter.ts';
import { type Evidence, evidenceIn } from './request-features.ts';
import { requestBias, requestWeights } from './request-weights.ts';

/** Logits from which a band begins; held-out families of the example messages set them (sure: 95 of 100 right, maybe: worth a private question). */
const sureFrom = 2;
const maybeFrom = 0.25;
const plainFrom = -3;

/** A plain asking for a learning solution about a named skill earns at least the private question, however short it is. */
const plainEvidence: readonly (readonly string[])[] = [['clean:ask+solution', 'ask+solution+topic', 'has:ask'], ['clean:ask+maybe+topic']];

/** What a public reply needs at least one of: an asking form with a learning solution, or with a skill that a team lacks or should be taught. */
const strongEvidence: readonly (readonly string[])[] = [
  ['clean:ask+solution', 'has:team'],
  ['clean:ask+solution', 'has:topic'],
  ['clean:ask+solution', 'has:headcount'],
  ['clean:ask+lack+team', 'has:topic'],
  ['clean:ask+lack+team', 'has:solution'],
  ['across:lack+topic+plea', 'has:team'],
  ['clean:ask+teach', 'teach+topic'],
  ['clean:ask+teach', 'has:maybeSolution'],
  ['clean:ask+teach', 'has:question', 'has:ownTeam'],
  ['clean:ask+lack+team', 'has:question'],
  ['across:lack+team+ask', 'has:question', 'has:topic'],
  ['clean:ask+maybe+topic', 'ask+maybe+team', 'has:ownTeam'],
  ['lack+topic', 'has:ask', 'has:team'],
  ['clean:ask+topic+team', 'better+team'],
  ['across:solution+team+ask', 'has:lack'],
];

/** Nothing is missing: who asks, for what, about which skill, for which of their people. The weights need not be convinced as well. */
const fullEvidence: readonly (readonly string[])[] = [
  ['clean:ask+solution', 'ask+solution+topic', 'ask+solution+ownTeam'],
  ['clean:ask+solution', 'ask+solution+topic', 'ask+solution+headcount'],
];

export type Heard = { band: SpottedRequest['band']; reasons: readonly string[] };

/** How sure a normalised text is a request for training, and why (keys of wording under `reason`). */
export function hearRequest(low: string): Heard {
  if (!mayMatter(low)) return { band: 'no', reasons: [] };
  const evidence = evidenceIn(low);
  const logit = logitOf(evidence.features);
  const holds = (together: readonly string[]) => together.every((feature) => evidence.features.has(feature));
  if (logit < maybeFrom && !(logit >= plainFrom && plainEvidence.some(holds))) return { band: 'no', reasons: [] };
  const strong = strongEvidence.some(holds);
  const full = fullEvidence.some(holds);
  const sure = logit >= (full ? maybeFrom : sureFrom) && (strong || full) && !isVetoed(evidence);
  return { band: sure ? 'sure' : 'maybe', reasons: reasonsOf(evidence) };
}

function logitOf(features: ReadonlySet<string>): number {
  let logit = requestBias;
  for (const feature of features) logit += requestWeights[feature] ?? 0;
  return logit;
}

/** A veto counts where the asking or the solution stands; a clean asking sentence beside it outweighs it only for a private suggestion. */
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
