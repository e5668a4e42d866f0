import type { Signal } from './coaching-state.ts';
import type { CueKind } from './cues.ts';
import { evidenceOf, requestEvidence } from './heard.ts';
import type { Scene } from './signals.ts';
import type { TriggerId } from './triggers.ts';

/** What the L&D partner does themselves, and what the days bring. */
export function partnerSignals(scene: Scene): Signal[] {
  return [
    ...ofPartner(scene, 'own-need', 'self-orientation'),
    ...ofPartner(scene, 'deliverable-talk', 'deliverable-talk'),
    ...stalled(scene),
    ...winsMissing(scene),
  ];
}

/** Gone once the partner has spoken again without it, or the requester has said what people are to do. */
function ofPartner({ state, heard }: Scene, cue: CueKind, trigger: TriggerId): Signal[] {
  const partners = new Set(state.partners.map(({ personId }) => personId));
  const said = heard.of(cue).findLast((one) => one.side === 'partner' || partners.has(one.by));
  if (!said || heard.of('either-or', 'asks-gap').some((later) => later.by === said.by && later.at > said.at)) return [];
  return [{ trigger, evidence: [evidenceOf(said)], about: {}, sure: false }];
}

function stalled({ state, known }: Scene): Signal[] {
  const isOpen = state.status === 'clarifying' || state.status === 'reviewing';
  if (known.quietDays < 1 || !isOpen) return [];
  return [{ trigger: 'stalled', evidence: requestEvidence(state), about: {}, sure: false }];
}

function winsMissing({ state, known }: Scene): Signal[] {
  if ((known.weeksWithoutWin ?? 0) < 2) return [];
  return [{ trigger: 'wins-missing', evidence: requestEvidence(state), about: {}, sure: false }];
}
