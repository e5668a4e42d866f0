import { answerChallenge, challengeItself, decideAmongPeople, leaveChallenge, putChallenge, seeTension } from './coaching-challenge.ts';
import type { CoachingCommand } from './coaching-command.ts';
import type { CoachingEvent } from './coaching-event.ts';
import { agreePilot, declinePilot, proposePilot } from './coaching-pilot.ts';
import { answerPrompt, askPrompt, dismissPrompt, explainPrompt, overtakePrompt, setPromptLimit, showPrompt } from './coaching-prompts.ts';
import type { DomainEvent } from './event.ts';
import { evolveCoaching } from './evolve-coaching.ts';
import { hearCues } from './hearing-cues.ts';
import { reopenIfSigned } from './reviewing.ts';
import type { StartedAlignment } from './state.ts';

type Coach = Extract<CoachingCommand, { type: 'Coach' }>;

/** What the coach does: at most one open prompt, at most one challenge. Throws DomainError. */
export function decideCoaching(state: StartedAlignment, command: CoachingCommand, now: number): DomainEvent[] {
  const events = decided(state, command, now);
  // Decisions and the pilot stand in the brief that was signed.
  return [...reopenIfSigned(state, now, events.some(changesBrief)), ...events];
}

function changesBrief({ type }: CoachingEvent): boolean {
  return type === 'FocusDecided' || type === 'PilotAgreed';
}

function decided(state: StartedAlignment, command: CoachingCommand, now: number): CoachingEvent[] {
  switch (command.type) {
    case 'HearCues':
      return hearCues(state, command, now);
    case 'Coach':
      return coach(state, command, now);
    case 'AskPrompt':
      return askPrompt(state, command, now);
    case 'DismissPrompt':
      return dismissPrompt(state, command, now);
    case 'ExplainPrompt':
      return explainPrompt(state, command, now);
    case 'SetPromptLimit':
      return setPromptLimit(state, command, now);
    case 'PutChallenge':
      return putChallenge(state, command, now);
    case 'AnswerChallenge':
      return answerChallenge(state, command, now);
    case 'AnswerPrompt':
      return answerPrompt(state, command, now);
    case 'AgreePilot':
      return agreePilot(state, command, now);
    case 'DeclinePilot':
      return declinePilot(state, command, now);
    default:
      return command satisfies never;
  }
}

/** What follows from everything that was noticed: first what is over, then at most one thing that is new. */
function coach(state: StartedAlignment, { signals, rules }: Coach, now: number): CoachingEvent[] {
  if (state.status !== 'clarifying' && state.status !== 'reviewing' && state.status !== 'aligned') return [];
  const events: CoachingEvent[] = [];
  const after = (step: (current: StartedAlignment) => CoachingEvent[]) => {
    const happened = step(events.reduce(evolveCoaching, state));
    events.push(...happened);
    return happened.length > 0;
  };
  after((current) => decideAmongPeople(current, now));
  after((current) => leaveChallenge(current, now));
  after((current) => seeTension(current, signals, now));
  after((current) => overtakePrompt(current, signals, rules, now));
  after((current) => showPrompt(current, signals, rules, now));
  // A challenge and a first group at once would be too much to ask of anybody.
  if (!after((current) => challengeItself(current, signals, now))) after((current) => proposePilot(current, signals, now));
  return events;
}
