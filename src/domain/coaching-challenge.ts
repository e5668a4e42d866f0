import type { CoachingCommand } from './coaching-command.ts';
import type { CoachingEvent } from './coaching-event.ts';
import {
  type Challenge,
  type ChallengeStep,
  type Coaching,
  type Decision,
  type Evidence,
  isChallengeOpen,
  noCoaching,
  promptFor,
  type Said,
  type SeenTension,
  type Signal,
} from './coaching-state.ts';
import { type HeardCue, isHeardSurely } from './cues.ts';
import { DomainError } from './errors.ts';
import { messagesSince } from './hearing-cues.ts';
import type { StartedAlignment } from './state.ts';

type Of<T extends CoachingCommand['type']> = Extract<CoachingCommand, { type: T }>;
type Answered = Of<'AnswerChallenge'>;

/** Messages of the requester that pass an open step by until Plumb lets it be. */
const passedBy = 2;

/** Plumb itself puts the either/or, once, where nobody from L&D has taken the conversation and the tension is sure. A false challenge is worse than none. */
export function challengeItself(state: StartedAlignment, signals: readonly Signal[], now: number): CoachingEvent[] {
  const { challenge, decisions } = state.coaching ?? noCoaching;
  const signal = signals.find(({ trigger, sure }) => trigger === 'strategy-conflict' && sure);
  if (!signal || challenge || decisions.length > 0 || state.partners.length > 0) return [];
  // The first reply says what was understood and asks one thing: somebody from L&D may take it meanwhile.
  if (now <= state.openedAt) return [];
  // Whoever left the rest to L&D is asked nothing more.
  if (state.status !== 'clarifying' || state.pace === 'partner') return [];
  return [{ type: 'ChallengePut', at: now, challenge: { id: challengeId(state), about: signal.about, evidence: signal.evidence }, of: state.requester }];
}

/** One in a conversation, so that its id follows from that of the conversation. */
function challengeId({ id }: StartedAlignment): string {
  return `${id}:challenge`;
}

/** An L&D partner has Plumb put it. Throws DomainError when there is no such prompt, or when the questions are over. */
export function putChallenge(state: StartedAlignment, { by, trigger }: Of<'PutChallenge'>, now: number): CoachingEvent[] {
  const { challenge } = state.coaching ?? noCoaching;
  const prompt = promptFor(state.coaching, by, trigger);
  if (challenge) return [];
  if (prompt?.status !== 'open' && prompt?.status !== 'dismissed')
    throw new DomainError('unknown_target', 'No live prompt speaks of this any more. Write it in the thread instead.');
  if (state.status !== 'clarifying') throw new DomainError('not_open', 'The questions are over. Write it in the thread instead.');
  const put = { id: challengeId(state), about: prompt.about, evidence: prompt.evidence };
  return [{ type: 'ChallengePut', at: now, challenge: put, putFor: by, trigger, of: state.requester }];
}

/** A press or words on the open step: on to the next, or settled with what was decided. */
export function answerChallenge(state: StartedAlignment, command: Answered, now: number): CoachingEvent[] {
  const challenge = state.coaching?.challenge;
  if (!challenge || challenge.step === 'settled' || (state.status !== 'clarifying' && state.status !== 'reviewing')) return [];
  const { by, act, messageRef, words } = command;
  const { step, id } = challenge;
  const result = resultOf(challenge, step, command);
  const answer: Said | undefined = words && { quote: words, by, messageRef, at: now };
  const isOver = result !== 'fact' && result !== 'focus';
  const answered: CoachingEvent = { type: 'ChallengeAnswered', at: now, by, act, id, step, ...(answer && { answer }), next: isOver ? 'settled' : result };
  if (!isOver) return [answered];
  // After a press their own words are those that they said on the way.
  const own = result === 'changed' ? tellingMost(challenge, by, answer) : [answer, challenge.said.findLast((said) => said.by === by)].find(saysWhy);
  const { about, evidence } = challenge;
  const decision: Decision = { outcome: result, by, at: now, ...(own && { words: own.quote, messageRef: own.messageRef }), about, evidence };
  return [answered, { type: 'FocusDecided', at: now, by, act, decision }];
}

/** "You make a good point, let us do that" agrees, and says nothing of what to: as many characters as such words have, in UTF-16 units. */
export const bareAgreement = 45;

/** The choice that another person put, to which somebody said this: "the more pipeline, the less they panic" agrees, and does not say to what. */
export function putBefore({ outcome, words, by, messageRef = '', evidence }: Decision): Evidence | undefined {
  if (outcome !== 'changed' || !words) return undefined;
  const place = messageRef.slice(0, messageRef.lastIndexOf('/'));
  const [put] = evidence.length === 1 ? evidence : [];
  return put && put.by !== by && put.messageRef.startsWith(`${place}/`) ? put : undefined;
}

// "Hm, the second" takes one of two things, and names neither.
const halfSentence = 25;

// "No", "dunno", "skip": an answer, and nothing that anybody would want to read again in a brief. In UTF-16 units.
const mereWord = 12;

/** "Yes" agrees to what they said when they came round: those are the words that decided. */
export function decidingWords(said: Pick<Evidence, 'quote' | 'messageRef'>, { about, evidence }: SeenTension): Pick<Evidence, 'quote' | 'messageRef'> {
  const turned = about.tension === 'came-round' ? evidence.at(-1) : undefined;
  return turned && said.quote.end - said.quote.start < bareAgreement ? turned : said;
}

function saysWhy(said: Said | undefined): boolean {
  return said !== undefined && lengthOf(said) > mereWord;
}

function lengthOf({ quote }: Said): number {
  return quote.end - quote.start;
}

/** Of what they said, the words that tell what it is about: those for the other thing before a figure that they looked up for it. */
function tellingMost({ said }: Challenge, by: string, answer: Said | undefined): Said | undefined {
  if (answer && lengthOf(answer) > bareAgreement) return answer;
  const own: (Said & { step?: ChallengeStep })[] = [...(answer ? [answer] : []), ...said.filter((one) => one.by === by).toReversed()];
  const chose = own.find(({ step, quote }) => step === 'either-or' && quote.end - quote.start > halfSentence);
  if (chose) return chose;
  return own.toSorted((one, other) => lengthOf(other) - lengthOf(one))[0];
}

/** What comes of an answer: whoever insists keeps the request at once, whatever the step. */
function resultOf({ about }: Challenge, step: ChallengeStep, { choice, cues }: Answered): Decision['outcome'] | 'fact' | 'focus' {
  const said = choice ?? (cues.includes('keeps-request') ? 'as-asked' : cues.includes('changes-focus') ? 'other-focus' : undefined);
  if (said === 'as-asked') return 'kept';
  if (said === 'let-be') return 'to-find-out';
  switch (step) {
    case 'either-or':
      // Without a likely cause there is no fact that would decide it.
      if (about.cause !== undefined) return 'fact';
      return said === 'to-find-out' ? 'to-find-out' : 'focus';
    case 'fact':
      return 'focus';
    case 'focus':
      return said === 'agree' || said === 'other-focus' ? 'changed' : 'to-find-out';
    default:
      return step satisfies never;
  }
}

/** Nobody took it up: it is let be, and what it was about stays to be found out. A signed brief stays as it is. */
export function leaveChallenge(state: StartedAlignment, now: number): CoachingEvent[] {
  const { coaching, requester } = state;
  const challenge = coaching?.challenge;
  if (!challenge || challenge.step === 'settled') return [];
  const left: CoachingEvent = { type: 'ChallengeLeft', at: now, id: challenge.id };
  if (state.status === 'aligned') return [left];
  const last = coaching.messages?.findLast(({ by }) => by === requester);
  if (!last || messagesSince(coaching, [requester], challenge.stepAt ?? challenge.at) < passedBy) return [];
  const { about, evidence } = challenge;
  return [left, { type: 'FocusDecided', at: now, by: requester, act: last.act, decision: { outcome: 'to-find-out', by: requester, at: now, about, evidence } }];
}

/** The outcome that somebody's words to an either/or come to, where they say so. */
export function outcomeIn(cues: readonly HeardCue['cue'][]): 'kept' | 'changed' | undefined {
  if (cues.includes('keeps-request')) return 'kept';
  return cues.includes('changes-focus') ? 'changed' : undefined;
}

/** Keeps in mind what stands against what: in the turn in which somebody comes round it is gone. */
export function seeTension({ coaching, status }: StartedAlignment, signals: readonly Signal[], now: number): CoachingEvent[] {
  const signal = signals.find(({ trigger }) => trigger === 'strategy-conflict');
  const isOver = status === 'aligned' || (coaching?.decisions.length ?? 0) > 0;
  const before = coaching?.tension;
  if (!signal || isOver) return before ? [{ type: 'TensionSeen', at: now }] : [];
  const refs = (evidence: readonly Evidence[]) => evidence.map(({ messageRef }) => messageRef).join(' ');
  if (before && refs(before.evidence) === refs(signal.evidence)) return [];
  return [{ type: 'TensionSeen', at: now, tension: { about: signal.about, evidence: signal.evidence } }];
}

/** People put the either/or themselves, or it was in the air: the requester came round or insists, and that is kept in their words, once. */
export function decideAmongPeople(state: StartedAlignment, now: number): CoachingEvent[] {
  const { coaching, requester, requestMessage } = state;
  if (
    !coaching ||
    coaching.decisions.some(({ outcome }) => outcome !== 'kept') ||
    isChallengeOpen(coaching) ||
    (state.status !== 'clarifying' && state.status !== 'reviewing')
  )
    return [];
  const cues = coaching.cues.filter(isHeardSurely);
  const index = cues.findLastIndex(({ by, cue, messageRef }) => by === requester && messageRef !== requestMessage && outcomeIn([cue]) !== undefined);
  const cue = cues[index];
  const outcome = cue && outcomeIn([cue.cue]);
  const tension = cue && tensionBefore(coaching, cue, cues.slice(0, index), now);
  // Who insisted may still come round; who insists twice has said it once.
  if (!outcome || !tension || (coaching.decisions.length > 0 && outcome === 'kept')) return [];
  const { quote, messageRef } = decidingWords(cue, tension);
  const act = coaching.messages?.find((message) => message.messageRef === cue.messageRef)?.act ?? cue.messageRef;
  const decision: Decision = { outcome, by: requester, at: now, words: quote, messageRef, ...tension };
  return [{ type: 'FocusDecided', at: now, by: requester, act, decision }];
}

/** What these words decide: a prompt that was asked, a tension that was there when they came, or an either/or that somebody put before. */
function tensionBefore({ prompts, tension }: Coaching, cue: HeardCue, before: readonly HeardCue[], now: number): SeenTension | undefined {
  const prompt = prompts.find(({ trigger, asked }) => trigger === 'strategy-conflict' && asked !== undefined && cue.at >= asked.at);
  if (prompt) return { about: prompt.about, evidence: prompt.evidence };
  if (tension && cue.at === now) return tension;
  const put = before.findLast((earlier) => earlier.cue === 'either-or' && earlier.side !== 'requester');
  return put && { about: {}, evidence: [{ quote: put.quote, by: put.by, messageRef: put.messageRef }] };
}
