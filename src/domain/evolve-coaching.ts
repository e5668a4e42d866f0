import { rememberAct } from './acts.ts';
import type { CoachingEvent } from './coaching-event.ts';
import { questionOfTrigger } from './coaching-prompts.ts';
import { type Challenge, type Coaching, isChallengeOpen, type LivePrompt, noCoaching, type Pilot, type Probe } from './coaching-state.ts';
import type { HeardCue } from './cues.ts';
import { standsOn } from './hearing-cues.ts';
import { isAnswered } from './questions.ts';
import type { StartedAlignment } from './state.ts';
import type { TriggerId } from './triggers.ts';

// Enough for the longest conversation; more would only make every snapshot longer.
const cuesRemembered = 200;
const messagesRemembered = 50;

type Of<T extends CoachingEvent['type']> = Extract<CoachingEvent, { type: T }>;

/** The state after one more event of the coach. */
export function evolveCoaching(state: StartedAlignment, event: CoachingEvent): StartedAlignment {
  const next = { ...state, coaching: coachingAfter(state.coaching ?? noCoaching, event, state.requestMessage) };
  switch (event.type) {
    case 'LivePromptAsked':
      return askedInstead(next, event);
    case 'PromptAnswered':
      return remembered(withoutAnsweredQuestion(next, event.trigger), event);
    case 'ChallengeAnswered':
    case 'FocusDecided':
    case 'PilotDeclined':
    case 'PilotAgreed':
      return remembered(next, event);
    case 'CuesHeard':
    case 'CuesRemoved':
    case 'TensionSeen':
    case 'LivePromptShown':
    case 'LivePromptOvertaken':
    case 'LivePromptDismissed':
    case 'LivePromptExplained':
    case 'PromptLimitSet':
    case 'ChallengePut':
    case 'ChallengeLeft':
      return next;
    case 'PilotProposed': {
      // One question at a time: what was asked is put again once this one is answered, or passed by.
      const { asked: _waits, ...rest } = next;
      return rest;
    }
    default:
      return event satisfies never;
  }
}

function coachingAfter(coaching: Coaching, event: CoachingEvent, requestMessage: string | undefined): Coaching {
  switch (event.type) {
    case 'CuesHeard':
      return heard(coaching, event, requestMessage);
    case 'CuesRemoved':
      return withoutMessage(coaching, event.messageRef);
    case 'TensionSeen': {
      const { tension: _eased, ...rest } = coaching;
      return event.tension ? { ...rest, tension: event.tension } : rest;
    }
    case 'LivePromptShown':
      return { ...coaching, prompts: [...coaching.prompts, { ...event.prompt, at: event.at, status: 'open' }] };
    case 'LivePromptOvertaken':
      return withPrompt(coaching, event.trigger, (prompt) => (prompt.status === 'open' ? { ...prompt, status: 'overtaken' } : prompt));
    case 'LivePromptDismissed':
      return withPrompt(coaching, event.trigger, (prompt) => ({ ...prompt, status: 'dismissed' }));
    case 'LivePromptAsked': {
      const { by, at, of, trigger, edited } = event;
      const asked = { by, at, ...(edited && { edited }) };
      return { ...withPrompt(coaching, trigger, (prompt) => ({ ...prompt, status: 'asked', asked })), probe: { of, at, prompt: trigger } };
    }
    case 'LivePromptExplained':
      return coaching;
    case 'PromptAnswered': {
      const answer = { ...event.answer, act: event.act };
      return unprobed(
        withPrompt(coaching, event.trigger, (prompt) => ({ ...prompt, answer })),
        ({ prompt }) => prompt === event.trigger,
      );
    }
    case 'PromptLimitSet': {
      const { limit: _usual, ...rest } = coaching;
      return event.limit === undefined ? rest : { ...rest, limit: event.limit };
    }
    case 'ChallengePut':
      return put(coaching, event);
    case 'ChallengeAnswered':
      return challengeAnswered(coaching, event);
    case 'ChallengeLeft':
      return unprobed(
        coaching.challenge ? { ...coaching, challenge: { ...coaching.challenge, step: 'settled' } } : coaching,
        ({ challenge }) => challenge === event.id,
      );
    case 'FocusDecided':
      return { ...coaching, decisions: [...coaching.decisions, { ...event.decision, act: event.act }] };
    case 'PilotProposed':
      return { ...coaching, pilot: { status: 'proposed', at: event.at }, pilotProposedAt: event.at };
    case 'PilotDeclined':
    case 'PilotAgreed':
      return { ...coaching, pilot: pilotOf(event) };
    default:
      return event satisfies never;
  }
}

function pilotOf(event: Of<'PilotDeclined'> | Of<'PilotAgreed'>): Pilot {
  const { at, by, act } = event;
  if (event.type === 'PilotDeclined') return { status: 'declined', at, by, act };
  const { group, outcome, until, messageRef } = event;
  return { status: 'agreed', at, by, act, group, ...(outcome && { outcome }), ...(until && { until }), messageRef };
}

function heard(coaching: Coaching, { by, at, act, messageRef, cues }: Of<'CuesHeard'>, requestMessage: string | undefined): Coaching {
  const { messages = [] } = coaching;
  const isNew = messageRef !== requestMessage && !messages.some((message) => message.messageRef === messageRef);
  return {
    ...coaching,
    cues: [...coaching.cues, ...cues].slice(-cuesRemembered),
    ...(isNew && { messages: [...messages, { by, at, messageRef, act }].slice(-messagesRemembered) }),
  };
}

function withPrompt(coaching: Coaching, trigger: TriggerId, change: (prompt: LivePrompt) => LivePrompt): Coaching {
  return { ...coaching, prompts: coaching.prompts.map((prompt) => (prompt.trigger === trigger ? change(prompt) : prompt)) };
}

/** What was waited for has come: an open challenge is waited for again, otherwise nothing is. */
function unprobed(coaching: Coaching, isOver: (probe: Probe) => boolean): Coaching {
  const { probe, ...rest } = coaching;
  if (!probe || !isOver(probe)) return coaching;
  const { challenge } = coaching;
  const isWaiting = challenge && isChallengeOpen(coaching) && probe.challenge !== challenge.id;
  return isWaiting ? { ...rest, probe: { of: probe.of, at: challenge.stepAt ?? challenge.at, challenge: challenge.id } } : rest;
}

function put(coaching: Coaching, { at, challenge, putFor, trigger, of }: Of<'ChallengePut'>): Coaching {
  const turned = challenge.about.tension === 'came-round' ? challenge.evidence.at(-1) : undefined;
  // Whoever came round by themselves has chosen: what is left is whether that is agreed.
  const start: Pick<Challenge, 'step' | 'said'> = turned ? { step: 'focus', said: [{ ...turned, at, step: 'either-or' }] } : { step: 'either-or', said: [] };
  const opened: Challenge = { ...challenge, at, ...(putFor !== undefined && { putFor }), ...start };
  const next: Coaching = { ...coaching, challenge: opened, probe: { of, at, challenge: challenge.id } };
  if (trigger === undefined || putFor === undefined) return next;
  return withPrompt(next, trigger, (prompt) => ({ ...prompt, status: 'asked', asked: { by: putFor, at } }));
}

function challengeAnswered(coaching: Coaching, { id, at, act, step, answer, next }: Of<'ChallengeAnswered'>): Coaching {
  const { challenge } = coaching;
  if (challenge?.id !== id) return coaching;
  const said = answer ? [...challenge.said, { ...answer, act, step }] : challenge.said;
  const after: Coaching = { ...coaching, challenge: { ...challenge, step: next, said, stepAt: at, path: [...(challenge.path ?? []), { step, act }] } };
  const { probe, ...rest } = after;
  if (next === 'settled') return unprobed(after, (waiting) => waiting.challenge === id);
  return probe ? { ...rest, probe: { of: probe.of, at, challenge: id } } : after;
}

/** While questions are asked, the one that the prompt is about is the open one: its answer is read for it. */
function askedInstead(state: StartedAlignment, { trigger, of, at }: Of<'LivePromptAsked'>): StartedAlignment {
  const questionId = questionOfTrigger[trigger];
  if (!questionId || state.status !== 'clarifying') return state;
  const followUp = isAnswered(state.answers, questionId);
  const followedUp = followUp && !state.followedUp.includes(questionId) ? [...state.followedUp, questionId] : state.followedUp;
  return { ...state, asked: { questionId, of, at, followUp }, followedUp };
}

/** What was answered before the prompt does not stay open behind it. */
function withoutAnsweredQuestion(state: StartedAlignment, trigger: TriggerId): StartedAlignment {
  const { asked, ...rest } = state;
  return asked && asked.questionId === questionOfTrigger[trigger] && isAnswered(state.answers, asked.questionId) ? rest : state;
}

function remembered(state: StartedAlignment, { act, by }: { act: string; by: string }): StartedAlignment {
  return { ...state, acts: rememberAct(state.acts, { act, by }) };
}

/** Nothing is kept of what came from one message, nor of what stood on it alone; what was shown because of it stays shown. */
function withoutMessage(coaching: Coaching, messageRef: string): Coaching {
  const others = <T extends { messageRef: string }>(said: readonly T[]) => said.filter((one) => one.messageRef !== messageRef);
  const { challenge, pilot, tension, ...rest } = coaching;
  const decisions = coaching.decisions.filter((decision) => decision.messageRef !== messageRef && !standsOn(decision, messageRef));
  return {
    ...rest,
    cues: others(coaching.cues),
    prompts: coaching.prompts.map((prompt) => {
      const kept = prompt.answer?.messageRef === messageRef ? withoutReply(prompt) : prompt;
      return { ...kept, evidence: others(kept.evidence) };
    }),
    ...(challenge && { challenge: { ...challenge, evidence: others(challenge.evidence), said: others(challenge.said) } }),
    decisions: decisions.map((decision) => ({ ...decision, evidence: others(decision.evidence) })),
    ...(tension && !tension.evidence.some((one) => one.messageRef === messageRef) && { tension }),
    ...pilotUnless(coaching, pilot?.status === 'agreed' && pilot.messageRef === messageRef),
  };
}

function withoutReply({ answer: _answer, ...prompt }: LivePrompt): LivePrompt {
  return prompt;
}

/** What was proposed and is no longer agreed is proposed still. */
function pilotUnless({ pilot, pilotProposedAt }: Coaching, isGone: boolean): Pick<Coaching, 'pilot'> {
  if (pilot && !isGone) return { pilot };
  return pilot && pilotProposedAt !== undefined ? { pilot: { status: 'proposed', at: pilotProposedAt } } : {};
}

const ofFocus: readonly HeardCue['cue'][] = ['changes-focus', 'keeps-request'];

/** Takes back what one act decided, agreed or answered, and the words that it was heard in. */
export function withoutAct(state: StartedAlignment, act: string): StartedAlignment {
  if (!state.coaching) return state;
  const { pilot, ...coaching } = state.coaching;
  const undone = coaching.decisions.filter((decision) => decision.act === act).flatMap(({ messageRef }) => messageRef ?? []);
  const next: Coaching = {
    ...coaching,
    cues: coaching.cues.filter(({ cue, messageRef }) => !(ofFocus.includes(cue) && undone.includes(messageRef))),
    prompts: coaching.prompts.map((prompt) => (prompt.answer?.act === act ? withoutReply(prompt) : prompt)),
    decisions: coaching.decisions.filter((decision) => decision.act !== act),
    ...pilotUnless(state.coaching, pilot !== undefined && pilot.status !== 'proposed' && pilot.act === act),
  };
  return { ...state, coaching: stepBack(next, act, state.requester) };
}

/** The challenge waits again where that act took it further. */
function stepBack(coaching: Coaching, act: string, of: string): Coaching {
  const { challenge } = coaching;
  const index = challenge?.path?.findIndex((step) => step.act === act) ?? -1;
  const from = challenge?.path?.[index];
  if (!challenge || !from) return coaching;
  const { stepAt = challenge.at } = challenge;
  const back: Challenge = {
    ...challenge,
    step: from.step,
    path: challenge.path?.slice(0, index) ?? [],
    said: challenge.said.filter((said) => said.act !== act),
  };
  return { ...coaching, challenge: back, probe: { of, at: stepAt, challenge: challenge.id } };
}

/** Begun anew: only what was shown is remembered, so that nothing is shown twice, and how much of it a partner wants. */
export function startedAnew(state: StartedAlignment): StartedAlignment {
  if (!state.coaching) return state;
  const { limit, prompts, challenge, pilotProposedAt, messages } = state.coaching;
  const shown = prompts.map(({ trigger, to, at, status }): LivePrompt => {
    return { trigger, to, at, evidence: [], about: {}, status: status === 'open' ? 'overtaken' : status };
  });
  const coaching: Coaching = {
    ...noCoaching,
    prompts: shown,
    ...(limit !== undefined && { limit }),
    ...(challenge && { challenge: { id: challenge.id, at: challenge.at, about: {}, evidence: [], step: 'settled', said: [] } }),
    ...(pilotProposedAt !== undefined && { pilotProposedAt }),
    ...(messages && { messages }),
  };
  return { ...state, coaching };
}
