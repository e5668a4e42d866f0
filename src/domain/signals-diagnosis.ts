import { type Evidence, noCoaching, type Signal } from './coaching-state.ts';
import type { CueKind, HeardCue } from './cues.ts';
import { evidenceOf, isKnownBeside, isMeasured, messageOf, requestEvidence } from './heard.ts';
import { messagesSince } from './hearing-cues.ts';
import { likelyCause, symptomsHeard } from './known-causes.ts';
import { currentAnswers, isAnswered } from './questions.ts';
import type { Scene } from './signals.ts';
import type { StartedAlignment } from './state.ts';
import { wideTopic } from './wide-topic.ts';

/** What lies behind the request: what stands against it, what is upstream of the complaint, and whether people cannot or do not. */
export function diagnosisSignals(scene: Scene): Signal[] {
  return [...strategyConflict(scene), ...upstreamCause(scene), ...gapUnknown(scene), ...trainingOnly(scene)];
}

function strategyConflict({ tension }: Scene): Signal[] {
  return tension ? [{ trigger: 'strategy-conflict', evidence: tension.evidence, about: tension.about, sure: tension.sure }] : [];
}

/**
 * Something is complained of that often has its cause elsewhere, or something points there and does not stand alone; and nobody has shown that people do
 * not know how, or that it was looked at.
 */
function upstreamCause(scene: Scene): Signal[] {
  const { state, known, heard } = scene;
  if (isSettled(state.coaching?.decisions ?? []) || heard.of('settled').length > 0 || lacksSkill(scene)) return [];
  const [symptom] = symptomsHeard(known, heard).filter(({ cue }) => cue.side !== 'partner');
  const pointing = heard.of('elsewhere', 'cause', 'obstacle').filter((cue) => cue.side !== 'partner' && !isAnswered(state.answers, 'sufficiency'));
  // A word for a wide area is asked for where nobody knows yet what it is: then one thing that points elsewhere is enough.
  const isBacked = wideTopic(scene) !== undefined || new Set(pointing.map(({ cue }) => cue)).size > 1;
  const cue = symptom?.cue ?? (isBacked ? pointing[0] : undefined);
  const about = likelyCause(known, heard);
  if (!cue) return undecided(state).map((evidence) => ({ trigger: 'upstream-cause', evidence, about, sure: false }));
  const evidence = [cue, ...pointing.filter((one) => one !== cue && one.messageRef !== cue.messageRef).slice(0, 1)].map(evidenceOf);
  return [{ trigger: 'upstream-cause', evidence, about, sure: about.cause !== undefined }];
}

/** The either/or was handed to the partners, and nothing is decided: a fact that can be looked up is the next step (METHOD §4). */
function undecided({ coaching }: StartedAlignment): (readonly Evidence[])[] {
  const { prompts, decisions } = coaching ?? noCoaching;
  return prompts
    .filter(({ trigger, evidence }) => trigger === 'strategy-conflict' && decisions.length === 0 && evidence.length > 0)
    .map(({ evidence }) => evidence.slice(-2));
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
function untouchedGap(scene: Scene): Evidence[] {
  const { state, heard } = scene;
  const messages = state.coaching?.messages ?? [];
  const said = messages.filter(({ by }) => by === state.requester).length;
  const isTouched =
    heard.of('knows-how', 'lacks-skill', 'elsewhere', 'cause', 'obstacle', 'doubts-training', 'asks-gap', 'changes-focus', 'narrowed').length > 0;
  return said < 2 || isTouched || wideTopic(scene) ? [] : requestEvidence(state);
}

/** Whoever asked has written something since. */
function isAnsweredSince({ state }: Scene, put: HeardCue): boolean {
  return messagesSince(state.coaching ?? noCoaching, [state.requester], put.at) > 0;
}

/** Training is said to be enough without a reason, or not to be enough, or something besides what people can do is in the way; and nobody has looked at it. */
function trainingOnly(scene: Scene): Signal[] {
  const { state, heard } = scene;
  if (state.fitness) return [];
  const later = (...kinds: CueKind[]) => heard.of(...kinds).filter((cue) => cue.side !== 'partner' && !heard.inRequest(cue));
  const inTheWay = later('obstacle');
  const doubts = later('doubts-training');
  const refused = currentAnswers(state.answers, 'sufficiency').flatMap((answer): Evidence[] => {
    const { text, by, messageRef } = answer;
    return text && isNo.test(scene.known.words(text) ?? '') ? [{ quote: text, by, messageRef }] : [];
  });
  // One thing in the way that nothing else speaks for is as often a remark in passing.
  const isBacked =
    new Set(inTheWay.map(({ messageRef }) => messageRef)).size > 1 ||
    later('elsewhere', 'cause').length > 0 ||
    doubts.length + refused.length > 0 ||
    wideTopic(scene) !== undefined;
  // Where all that was said speaks for the request, such a thing is an action besides training.
  const telling = heard.contradicted < hardly ? doubts : [...inTheWay, ...doubts];
  const evidence = [...refused, ...(isBacked ? telling.map(evidenceOf) : []), ...enough(scene).map(evidenceOf)];
  if (evidence.length === 0) return [];
  return [{ trigger: 'training-only', evidence: evidence.slice(0, 2), about: {}, sure: isBacked && inTheWay.length > 0 }];
}

// Found on threads by eleven authors: below it, two prompts of seven were right.
const hardly = 0.5;

const isNo = /^\W*(?:no\b|nope|not\b|never|partly|only (?:partly|half)|half)/i;
// A reason takes more words than that.
const bareYes = 40;

/** "Yes", and nothing that says why. */
function enough(scene: Scene): HeardCue[] {
  const { known, heard } = scene;
  if (heard.of('settled').length > 0 || lacksSkill(scene)) return [];
  return heard.of('only-training').filter((cue) => cue.side !== 'partner' && messageOf(known, cue).length < bareYes);
}
