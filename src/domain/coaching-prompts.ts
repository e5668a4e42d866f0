import { decidingWords, outcomeIn } from './coaching-challenge.ts';
import type { CoachingCommand, CoachRules } from './coaching-command.ts';
import type { CoachingEvent } from './coaching-event.ts';
import { type Coaching, isChallengeOpen, type LivePrompt, noCoaching, promptFor, type Signal } from './coaching-state.ts';
import type { PersonId } from './conversation.ts';
import { DomainError } from './errors.ts';
import { lastSaidAt, messagesSince, partnerSaidAt } from './hearing-cues.ts';
import type { QuestionId } from './questions.ts';
import { missingSigners } from './signers.ts';
import type { StartedAlignment } from './state.ts';
import type { TriggerId } from './triggers.ts';

type Of<T extends CoachingCommand['type']> = Extract<CoachingCommand, { type: T }>;

/** More would be no conversation of theirs any more. */
const mostPrompts = 20;
/** Messages of the requester after which the conversation has gone on without the prompt. */
const goneOn = 2;

/** Worth more than any other: an open prompt gives way to it. */
const mostValuable: TriggerId = 'strategy-conflict';

/** What was shown so long ago and not taken up gives way where something else may be asked (milliseconds). */
export const letLie = 30 * 60_000;

/** Which of the twelve questions the answer to a trigger's question belongs to; the others have none. */
export const questionOfTrigger: Readonly<Partial<Record<TriggerId, QuestionId>>> = {
  prescription: 'driver',
  'vague-outcome': 'contribution',
  'lagging-only': 'leading-kpis',
  'no-owner': 'owner',
  'managers-missing': 'manager-role',
  'no-reinforcement': 'reinforcement',
  'training-only': 'sufficiency',
};

/** What is about the L&D partner who said it, and nobody else's to see. */
const ownWords: readonly TriggerId[] = ['self-orientation', 'deliverable-talk'];

/** Whether a trigger may be shown now: once it was agreed only stories are asked for, and what was decided is not put again. */
function fits(state: StartedAlignment, trigger: TriggerId): boolean {
  const { challenge, decisions } = state.coaching ?? noCoaching;
  // What was kept before the facts were there may be looked at once more.
  if (trigger === 'strategy-conflict' && (challenge || decisions.some(({ outcome }) => outcome !== 'kept'))) return false;
  switch (state.status) {
    case 'clarifying':
      return true;
    case 'reviewing':
      // Whoever is waited for themselves does not ask others whether it is still on their list.
      if (trigger === 'stalled') return missingSigners(state).every(({ personId }) => !partnersOf(state).includes(personId));
      return state.signedVersion === 0 || trigger === 'wins-missing';
    case 'aligned':
      return trigger === 'wins-missing';
    case 'suggested':
    case 'paused':
    case 'closed':
    case 'declined':
    case 'withdrawn':
      return false;
    default:
      return state satisfies never;
  }
}

function partnersOf(state: StartedAlignment): PersonId[] {
  return state.partners.map(({ personId }) => personId);
}

/** The open prompt gives way when its reason is gone or the conversation went on without it. */
export function overtakePrompt(state: StartedAlignment, signals: readonly Signal[], rules: CoachRules, now: number): CoachingEvent[] {
  const { coaching } = state;
  const open = coaching?.prompts.find(({ status }) => status === 'open');
  if (!coaching || !open) return [];
  const isOver = isOvertaken(state, coaching, open, signals) || isReplaced(state, open, signals, rules, now);
  return isOver ? [{ type: 'LivePromptOvertaken', at: now, trigger: open.trigger }] : [];
}

/** What the partner chose; else few, and more only where something stands, or stood, against what was asked for. */
function limitOf({ coaching }: StartedAlignment, signals: readonly Signal[], rules: CoachRules): number {
  const { prompts, decisions, challenge, limit } = coaching ?? noCoaching;
  const isContested =
    challenge !== undefined ||
    decisions.length > 0 ||
    [...signals, ...prompts].some(({ trigger, about }) => trigger === mostValuable && about.tension !== 'came-round');
  return limit ?? (isContested ? rules.promptLimits.contested : rules.promptLimits.usual);
}

/** It has not been shown in this conversation. */
function isFresh(prompts: readonly LivePrompt[], { trigger }: Signal): boolean {
  return prompts.every((prompt) => prompt.trigger !== trigger);
}

function isOvertaken(state: StartedAlignment, coaching: Coaching, { trigger, to, at }: LivePrompt, signals: readonly Signal[]): boolean {
  const isStillThere = signals.some((signal) => signal.trigger === trigger) && fits(state, trigger);
  if (!isStillThere || !partnersOf(state).some((partner) => to.includes(partner))) return true;
  return messagesSince(coaching, to, at) > 0 || messagesSince(coaching, [state.requester], at) >= goneOn;
}

/** Something else can be shown in its place, and it was not taken up or is worth less. */
function isReplaced(state: StartedAlignment, open: LivePrompt, signals: readonly Signal[], rules: CoachRules, now: number): boolean {
  const { prompts } = state.coaching ?? noCoaching;
  if (prompts.length >= limitOf(state, signals, rules)) return false;
  const fresh = signals.filter((signal) => isFresh(prompts, signal) && fits(state, signal.trigger) && !isHeldBack(state, signal, rules, now));
  return fresh.some((signal) => signal.trigger === mostValuable || now - open.at >= letLie);
}

/**
 * While somebody is in the middle of an answer nothing is shown; after a partner wrote, nothing but what is about those very words, and not even that
 * where they asked something.
 */
function isHeldBack(state: StartedAlignment, { trigger }: Signal, { midAnswerMs }: CoachRules, now: number): boolean {
  const isJustNow = (at: number | undefined) => at !== undefined && now - at < midAnswerMs;
  if (isJustNow(lastSaidAt(state))) return true;
  const partnerAt = partnerSaidAt(state);
  return isJustNow(partnerAt) && (!ownWords.includes(trigger) || state.peopleAsked?.at === partnerAt);
}

/** It ended or begins anew: a prompt that is still open is about nothing any more. */
export function dropPrompt({ coaching }: StartedAlignment, now: number): CoachingEvent[] {
  const open = coaching?.prompts.find(({ status }) => status === 'open');
  return open ? [{ type: 'LivePromptOvertaken', at: now, trigger: open.trigger }] : [];
}

/** The most valuable prompt that the L&D partners of the conversation may be shown now, if any. */
export function showPrompt(state: StartedAlignment, signals: readonly Signal[], rules: CoachRules, now: number): CoachingEvent[] {
  const coaching = state.coaching ?? noCoaching;
  const { prompts } = coaching;
  if (
    state.partners.length === 0 ||
    prompts.length >= limitOf(state, signals, rules) ||
    prompts.some(({ status }) => status === 'open') ||
    isChallengeOpen(coaching)
  )
    return [];
  const waits = waitsForAnswer(coaching);
  const fresh = signals.filter((signal) => {
    const { trigger } = signal;
    return isFresh(prompts, signal) && fits(state, trigger) && !isHeldBack(state, signal, rules, now) && (!waits || trigger === 'stalled');
  });
  const chosen = choose(state, fresh, signals, rules.rarer);
  if (!chosen) return [];
  const { signal, to } = chosen;
  const { trigger, evidence, about, wording } = signal;
  return [{ type: 'LivePromptShown', at: now, prompt: { trigger, to, evidence, about, ...(wording && { wording }) } }];
}

/** Something was asked, and nobody has said anything since. */
function waitsForAnswer(coaching: Coaching): boolean {
  const { probe } = coaching;
  return probe?.prompt !== undefined && messagesSince(coaching, [probe.of], probe.at) === 0;
}

type Chosen = { signal: Signal; to: readonly PersonId[] };

/** What a partner dismissed again and again comes last for them, and then only when it is sure or nothing else is there. */
function choose(state: StartedAlignment, fresh: readonly Signal[], all: readonly Signal[], rarer: CoachRules['rarer']): Chosen | undefined {
  for (const signal of fresh) {
    const to = readersOf(state, signal).filter((partner) => !rarer[partner]?.includes(signal.trigger));
    if (to.length > 0) return { signal, to };
  }
  const signal = fresh.find(({ trigger, sure }) => sure || all.every((other) => other.trigger === trigger));
  return signal && { signal, to: readersOf(state, signal) };
}

function readersOf(state: StartedAlignment, { trigger, evidence }: Signal): PersonId[] {
  const partners = partnersOf(state);
  const speakers = partners.filter((partner) => ownWords.includes(trigger) && evidence.some(({ by }) => by === partner));
  return speakers.length > 0 ? speakers : partners;
}

/** The partner has it asked in the thread, in these or their own words. Throws DomainError when nobody was shown it, or the conversation went on. */
export function askPrompt(state: StartedAlignment, { by, act, trigger, edited }: Of<'AskPrompt'>, now: number): CoachingEvent[] {
  const prompt = shownPrompt(state, by, trigger);
  if (prompt.status === 'asked') return [];
  if (prompt.status === 'overtaken' || state.status === 'withdrawn')
    throw new DomainError('outdated', 'The conversation has gone on since. Write it in the thread if it still helps.');
  return [{ type: 'LivePromptAsked', at: now, by, act, trigger, of: state.requester, ...(edited && { edited }) }];
}

/** Not now: it does not come again. */
export function dismissPrompt(state: StartedAlignment, { by, act, trigger }: Of<'DismissPrompt'>, now: number): CoachingEvent[] {
  return shownPrompt(state, by, trigger).status === 'open' ? [{ type: 'LivePromptDismissed', at: now, by, act, trigger }] : [];
}

/** A partner asks why a question helps. Throws DomainError where they were shown no such prompt. */
export function explainPrompt(state: StartedAlignment, { by, act, trigger }: Of<'ExplainPrompt'>, now: number): CoachingEvent[] {
  return [{ type: 'LivePromptExplained', at: now, by, act, trigger: shownPrompt(state, by, trigger).trigger }];
}

function shownPrompt(state: StartedAlignment, personId: PersonId, trigger: TriggerId): LivePrompt {
  const prompt = promptFor(state.coaching, personId, trigger);
  if (!prompt) throw new DomainError('unknown_target', 'There is no such prompt in this conversation.');
  return prompt;
}

/** How many prompts there may be in this conversation, those that were shown included; or as many as is usual. */
export function setPromptLimit({ coaching }: StartedAlignment, { by, act, limit }: Of<'SetPromptLimit'>, now: number): CoachingEvent[] {
  if (limit === undefined) return coaching?.limit === undefined ? [] : [{ type: 'PromptLimitSet', at: now, by, act }];
  const most = Math.min(Math.max(Math.round(limit), 0), mostPrompts);
  return !Number.isFinite(limit) || coaching?.limit === most ? [] : [{ type: 'PromptLimitSet', at: now, by, act, limit: most }];
}

/** Words of the person who was asked. To an either/or they may decide it; to the question of everybody at once they may name a first group. */
export function answerPrompt(state: StartedAlignment, command: Of<'AnswerPrompt'>, now: number): CoachingEvent[] {
  const { by, act, trigger, words, messageRef, cues, choseOther } = command;
  const { prompts, probe, decisions, pilot } = state.coaching ?? noCoaching;
  const prompt = prompts.find((shown) => shown.trigger === trigger && shown.status === 'asked' && !shown.answer);
  if (!prompt || (probe?.of !== by && by !== state.requester)) return [];
  const answer = { quote: words, by, messageRef, at: now };
  const events: CoachingEvent[] = [{ type: 'PromptAnswered', at: now, by, act, trigger, answer }];
  const isOpen = state.status === 'clarifying' || state.status === 'reviewing';
  const outcome = outcomeIn(cues);
  const { about, evidence } = prompt;
  if (trigger === 'strategy-conflict' && isOpen && outcome && decisions.length === 0) {
    const own = decidingWords({ quote: words, messageRef }, prompt);
    events.push({ type: 'FocusDecided', at: now, by, act, decision: { outcome, by, at: now, words: own.quote, messageRef: own.messageRef, about, evidence } });
  }
  // Whatever gave the occasion: a partner put two things in their own words, and the other one was taken.
  const { asked } = prompt;
  if (trigger !== 'strategy-conflict' && isOpen && asked?.edited && choseOther && decisions.length === 0) {
    const put = { quote: asked.edited, by: asked.by, messageRef };
    events.push({ type: 'FocusDecided', at: now, by, act, decision: { outcome: 'changed', by, at: now, words, messageRef, about: {}, evidence: [put] } });
  }
  if (trigger === 'too-broad' && isOpen && cues.includes('narrowed') && pilot?.status !== 'agreed')
    events.push({ type: 'PilotAgreed', at: now, by, act, group: words, messageRef });
  return events;
}
