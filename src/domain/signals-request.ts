import type { Signal } from './coaching-state.ts';
import { evidenceOf, figuresIn, requestEvidence } from './heard.ts';
import { isAnswered } from './questions.ts';
import type { Scene } from './signals.ts';
import { type WideTopic, wideTopic } from './wide-topic.ts';

/** What the request itself gives occasion to, as long as nothing that was said since answers it. */
export function requestSignals(scene: Scene): Signal[] {
  return [...prescription(scene), ...panic(scene), ...fuzzyTopic(scene), ...vagueOutcome(scene), ...tooBroad(scene)];
}

function prescription({ state, known, heard }: Scene): Signal[] {
  const evidence = requestEvidence(state);
  const isAnsweredSince = state.answers.driver?.some(({ messageRef }) => messageRef !== state.requestMessage) && isAnswered(state.answers, 'driver');
  if (evidence.length === 0 || isAnsweredSince) return [];
  const reasons = heard.of('priority', 'symptom').filter((cue) => cue.side !== 'partner');
  const isReasoned = reasons.some((cue) => !heard.inRequest(cue)) || givesReason({ state, known, heard });
  const isOpenMinded = heard.of('doubts-training', 'settled').some((cue) => cue.side === 'requester');
  return isReasoned || isOpenMinded ? [] : [{ trigger: 'prescription', evidence, about: { missing: 'driver' }, sure: true }];
}

/** The request itself says what in the business it is about: an objective, or what goes wrong with a figure. */
function givesReason({ state, known, heard }: Omit<Scene, 'tension'>): boolean {
  const inDriver = (state.answers.driver ?? []).some(({ messageRef, status, text }) => {
    // One number alone says how many people or days.
    const words = (text && known.words(text)) ?? '';
    return status === 'clear' && messageRef === state.requestMessage && (figuresIn(words) > 1 || /[%€$£]/.test(words));
  });
  const inCues = heard.of('priority', 'symptom').some((cue) => heard.inRequest(cue) && (cue.cue === 'priority' || figuresIn(known.words(cue.quote) ?? '') > 0));
  return inDriver || inCues;
}

/** Pressed for twice, or for everybody at once, and nobody has said yet what hangs on the date. */
function panic({ state, known, heard }: Scene): Signal[] {
  const pressing = heard.of('urgency').filter((cue) => cue.side === 'requester');
  const [first] = pressing;
  if (!first || heard.of('changes-focus', 'narrowed').some((cue) => cue.by === state.requester)) return [];
  const words = pressing.map(({ quote }) => (known.words(quote) ?? '').toLowerCase());
  const times = Math.max(pressing.length, known.knowledge.urgency.filter((word) => words.some((said) => said.includes(word))).length);
  const wide = heard.of('whole-force').some((cue) => heard.inRequest(cue));
  if (times < 2 && !wide) return [];
  return [{ trigger: 'panic', evidence: pressing.slice(0, 2).map(evidenceOf), about: {}, sure: times > 2 || (times > 1 && wide) }];
}

/** A word for a wide area stands for the whole request, and nobody has said what it means here. */
function fuzzyTopic(scene: Scene): Signal[] {
  const { state, heard } = scene;
  if (isAnswered(state.answers, 'contribution') || state.coaching?.decisions.length || heard.of('changes-focus').some((cue) => cue.by === state.requester))
    return [];
  if (heard.of('doubts-training').some((cue) => heard.inRequest(cue)) || givesReason(scene) || scene.tension) return [];
  const wide = wideTopic(scene);
  if (!wide || isSpecified(scene, wide)) return [];
  return [{ trigger: 'fuzzy-topic', evidence: [wide.evidence], about: { topic: wide.topic.id }, sure: true }];
}

/** The request names what it is about besides that word, or the word is itself one of the things that its area can mean. */
function isSpecified({ state, known }: Scene, { evidence }: WideTopic): boolean {
  const topic = state.understood.topic && known.words(state.understood.topic)?.toLowerCase();
  const word = known.words(evidence.quote)?.toLowerCase() ?? '';
  return topic !== undefined && !topic.includes(word) && !word.includes(topic);
}

function vagueOutcome({ state, heard }: Scene): Signal[] {
  if (isClearlyAnswered(state.answers.contribution)) return [];
  const cue = heard.of('vague-outcome').find((one) => one.side !== 'partner');
  return cue ? [{ trigger: 'vague-outcome', evidence: [evidenceOf(cue)], about: { missing: 'behaviour' }, sure: true }] : [];
}

function isClearlyAnswered(answers: readonly { status: string }[] | undefined): boolean {
  return answers?.some(({ status }) => status === 'clear') ?? false;
}

function tooBroad({ state, heard }: Scene): Signal[] {
  const pilot = state.coaching?.pilot;
  if (pilot && pilot.status !== 'proposed') return [];
  const cue = heard.of('whole-force').find((one) => one.side !== 'partner');
  if (!cue || heard.of('narrowed').some((one) => one.side !== 'partner' && one.at > cue.at)) return [];
  return [{ trigger: 'too-broad', evidence: [evidenceOf(cue)], about: {}, sure: cue.side === 'requester' }];
}
