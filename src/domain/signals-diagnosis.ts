import type { Signal } from './coaching-state.ts';
import type { HeardCue } from './cues.ts';
import { evidenceOf, isKnownBeside, isMeasured } from './heard.ts';
import { causesHeard, likelyCause, symptomsHeard } from './known-causes.ts';
import { isAnswered, questionIds } from './questions.ts';
import type { Scene } from './signals.ts';

/** What lies behind the request: what stands against it, what is upstream of the complaint, and whether people cannot or do not. */
export function diagnosisSignals(scene: Scene): Signal[] {
  return [...strategyConflict(scene), ...upstreamCause(scene), ...gapUnknown(scene), ...trainingOnly(scene)];
}

function strategyConflict({ tension }: Scene): Signal[] {
  return tension ? [{ trigger: 'strategy-conflict', evidence: tension.evidence, about: tension.about, sure: tension.sure }] : [];
}

/** Something is complained of that often has its cause elsewhere, and nobody has shown yet that people do not know how. */
function upstreamCause({ state, known, heard }: Scene): Signal[] {
  if (isSettled(state.coaching?.decisions ?? []) || lacksSkill({ known, heard })) return [];
  const [symptom] = symptomsHeard(known, heard).filter(({ cue }) => cue.side !== 'partner');
  const pointing = heard.of('elsewhere', 'cause', 'obstacle').filter((cue) => cue.side !== 'partner' && !isAnswered(state.answers, 'sufficiency'));
  const cue = symptom?.cue ?? pointing[0];
  if (!cue) return [];
  const about = likelyCause(known, heard);
  const evidence = [cue, ...pointing.filter((one) => one !== cue && one.messageRef !== cue.messageRef).slice(0, 1)].map(evidenceOf);
  return [{ trigger: 'upstream-cause', evidence, about, sure: about.cause !== undefined }];
}

const isSettled = (decisions: readonly { outcome: string }[]): boolean => decisions.some(({ outcome }) => outcome !== 'to-find-out');

/** Shown by a test or an observation, or said by two people, and nobody says that they know. */
function lacksSkill({ known, heard }: Pick<Scene, 'known' | 'heard'>): boolean {
  const lacking = heard.of('lacks-skill').filter((cue) => !isKnownBeside(heard, cue));
  return lacking.some((cue) => isMeasured(known.words(cue.quote) ?? '')) || new Set(lacking.map(({ by }) => by)).size > 1;
}

/**
 * Nobody knows whether people cannot do it or do not do it. Asked where something shows that it is not done, or whoever asked wonders themselves.
 * A claim that they do not know how is none where something else was shown since.
 */
function gapUnknown(scene: Scene): Signal[] {
  const { known, heard } = scene;
  const put = heard.of('asks-gap').findLast((cue) => cue.side === 'partner');
  if (put && !isAnsweredSince(scene, put)) return [];
  const asking = heard.of('asks-gap').find((cue) => cue.side === 'requester');
  if (heard.of('knows-how').length > 0 || lacksSkill(scene)) return [];
  const claims = heard.of('lacks-skill');
  const shown = heard.of('elsewhere').filter((cue) => cue.side !== 'partner');
  const inTheWay = [...heard.of('obstacle').filter((cue) => cue.side !== 'partner'), ...causesHeard(known, heard).filter(({ cause }) => cause.source === 'S4')];
  const contested = claims.find((claim) => shown.some(({ at }) => at > claim.at));
  if (claims.length > 0 && !contested) return [];
  const cue = asking ?? contested ?? (inTheWay.length === 0 ? shown[0] : undefined);
  return cue ? [{ trigger: 'gap-unknown', evidence: [evidenceOf(cue)], about: {}, sure: false }] : [];
}

/** Whoever asked has written something since. */
function isAnsweredSince({ state, heard }: Scene, put: HeardCue): boolean {
  return (
    heard.all.some((cue) => cue.side === 'requester' && cue.at > put.at) ||
    questionIds.some((id) => state.answers[id]?.some(({ at, by }) => at > put.at && by === state.requester))
  );
}

/** Training is said to be enough without a reason, or something besides what people can do is in the way, and nobody has looked at it yet. */
function trainingOnly({ state, known, heard }: Scene): Signal[] {
  if (state.fitness) return [];
  const inTheWay = heard.of('obstacle').filter((cue) => cue.side !== 'partner' && !heard.inRequest(cue));
  const doubts = heard.of('doubts-training').filter((cue) => cue.side !== 'partner' && !heard.inRequest(cue));
  const isReasoned = heard.of('settled').length > 0 || lacksSkill({ known, heard });
  const enough = isReasoned ? [] : heard.of('only-training').filter((cue) => cue.side !== 'partner');
  const cues = [...inTheWay, ...enough, ...doubts];
  if (cues.length === 0) return [];
  return [{ trigger: 'training-only', evidence: cues.slice(0, 2).map(evidenceOf), about: {}, sure: inTheWay.length > 0 }];
}
