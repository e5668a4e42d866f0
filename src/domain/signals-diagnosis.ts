import { type Evidence, noCoaching, type Signal } from './coaching-state.ts';
import type { HeardCue } from './cues.ts';
import { evidenceOf, isKnownBeside, isMeasured, requestEvidence } from './heard.ts';
import { messagesSince } from './hearing-cues.ts';
import { likelyCause, symptomsHeard } from './known-causes.ts';
import { isAnswered } from './questions.ts';
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
 * Nobody knows whether people cannot do it or do not do it: it was asked and not answered, one of them is claimed and nothing shows it, or both are. Where
 * nobody has touched it, what is to be trained has to be one thing that people can do, and nothing else may have been shown to be in the way.
 */
function gapUnknown(scene: Scene): Signal[] {
  const { heard } = scene;
  if (heard.of('settled').length > 0) return [];
  const cue = unansweredGap(scene) ?? unprovenGap(scene);
  const evidence = cue ? [evidenceOf(cue)] : untouchedGap(scene);
  return evidence.length > 0 ? [{ trigger: 'gap-unknown', evidence, about: {}, sure: false }] : [];
}

/** Somebody asked for it, and what came back says neither. */
function unansweredGap(scene: Scene): HeardCue | undefined {
  const { heard } = scene;
  const put = heard.of('asks-gap').at(-1);
  if (!put || (put.side === 'partner' && !isAnsweredSince(scene, put))) return undefined;
  return heard.of('knows-how', 'lacks-skill').some(({ at }) => at > put.at) ? undefined : put;
}

/** Said without anything that shows it, or both were said. */
function unprovenGap(scene: Scene): HeardCue | undefined {
  const { heard } = scene;
  const moved = heard.of('changes-focus').map(({ messageRef }) => messageRef);
  const lacking = heard.of('lacks-skill').filter((cue) => cue.side !== 'partner' && !isKnownBeside(heard, cue) && !moved.includes(cue.messageRef));
  const knowing = heard.of('knows-how').filter((cue) => cue.side !== 'partner');
  if (lacking.length > 0 && knowing.length > 0) return lacking[0];
  if (lacksSkill(scene) || knowing.length > 0) return undefined;
  return lacking[0];
}

/** One thing is to be trained, some words were said since, and nobody has said anything of why it is not done. */
function untouchedGap({ state, heard }: Scene): Evidence[] {
  const messages = state.coaching?.messages ?? [];
  const said = messages.filter(({ by }) => by === state.requester).length;
  const isTouched =
    heard.of('knows-how', 'lacks-skill', 'elsewhere', 'cause', 'obstacle', 'doubts-training', 'asks-gap', 'changes-focus', 'narrowed').length > 0;
  return said < 2 || isTouched || heard.of('fuzzy-topic').length > 0 ? [] : requestEvidence(state);
}

/** Whoever asked has written something since. */
function isAnsweredSince({ state }: Scene, put: HeardCue): boolean {
  return messagesSince(state.coaching ?? noCoaching, [state.requester], put.at) > 0;
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
