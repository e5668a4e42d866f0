import type { CoachingCommand } from './coaching-command.ts';
import type { CoachingEvent } from './coaching-event.ts';
import { agreedByNarrowing } from './coaching-pilot.ts';
import { type Coaching, type Evidence, isChallengeOpen, type LivePrompt, noCoaching } from './coaching-state.ts';
import type { PersonId } from './conversation.ts';
import type { StartedAlignment } from './state.ts';
import { takesPart } from './taking-part.ts';

type HearCues = Extract<CoachingCommand, { type: 'HearCues' }>;

/** Remembers what was heard in a message, once, and that somebody who takes part wrote at all. */
export function hearCues(state: StartedAlignment, command: HearCues, now: number): CoachingEvent[] {
  const { by, act, messageRef } = command;
  const { cues: known, messages = [] } = state.coaching ?? noCoaching;
  if (!isHeard(state, messageRef)) return [];
  const cues = command.cues.filter((cue) => !known.some((heard) => heard.messageRef === cue.messageRef));
  const isNews = messageRef !== state.requestMessage && !messages.some((message) => message.messageRef === messageRef);
  // Of what people say among themselves while it waits or is agreed, not even that they said it is kept.
  const counts = isNews && (state.status === 'clarifying' || state.status === 'reviewing') && takesPart(state, by);
  if (cues.length === 0 && !counts) return [];
  return [{ type: 'CuesHeard', at: now, by, act, messageRef, cues }, ...agreedByNarrowing(state, { by, act }, cues, now)];
}

/** Of what was only suggested, nothing but the request is heard; of what is over, nothing. */
function isHeard({ status, requestMessage }: StartedAlignment, messageRef: string): boolean {
  if (status === 'suggested') return messageRef === requestMessage;
  return status === 'clarifying' || status === 'reviewing' || status === 'paused' || status === 'aligned';
}

/** Nobody has written for so long (milliseconds): the conversation rests, and there is time for what nobody has spoken of. */
export const restsAfter = 20 * 60_000;

/** When somebody who answers wrote last (epoch milliseconds): the requester, or whoever else was asked. The request itself does not count. */
export function lastSaidAt(state: StartedAlignment): number | undefined {
  const messages = (state.coaching?.messages ?? []).filter(({ by }) => isAnswering(state, by));
  const answers = Object.values(state.answers).flatMap((given) =>
    given.filter(({ source, text, by, at, messageRef }) => {
      const isOpening = at === state.openedAt || messageRef === state.requestMessage;
      return source === 'said' && text !== undefined && !isOpening && isAnswering(state, by);
    }),
  );
  return [...messages, ...answers].reduce<number | undefined>((last, { at }) => (last === undefined || at > last ? at : last), undefined);
}

function isAnswering(state: StartedAlignment, personId: PersonId): boolean {
  if (personId === state.requester) return true;
  if (isPartner(state, personId)) return false;
  return state.asked?.of === personId || state.coaching?.probe?.of === personId || takesPart(state, personId);
}

/** When an L&D partner wrote last (epoch milliseconds): what they asked themselves is answered first. */
export function partnerSaidAt(state: StartedAlignment): number | undefined {
  return state.coaching?.messages?.findLast(({ by }) => isPartner(state, by))?.at;
}

function isPartner({ partners }: StartedAlignment, by: PersonId): boolean {
  return partners.some(({ personId }) => personId === by);
}

/** Whether an L&D partner took it on, or wrote something, since that moment (epoch milliseconds). */
export function isPartnerActive({ partners, coaching }: StartedAlignment, partner: PersonId, since: number): boolean {
  const took = partners.find(({ personId }) => personId === partner)?.tookItAt;
  const said = coaching?.messages?.findLast(({ by }) => by === partner)?.at;
  return Math.max(took ?? 0, said ?? 0) >= since;
}

/** How often these people have written since that moment: what came at once counts once. */
export function messagesSince({ messages = [] }: Coaching, people: readonly PersonId[], after: number): number {
  return new Set(messages.filter(({ by, at }) => at > after && people.includes(by)).map(({ at }) => at)).size;
}

/** A message was edited or deleted, or its author is forgotten: what the coach had from it goes, and what stood on it alone. */
export function removeCues({ coaching }: StartedAlignment, messageRef: string, now: number): CoachingEvent[] {
  if (!coaching || !heardIn(coaching).includes(messageRef)) return [];
  const events: CoachingEvent[] = [{ type: 'CuesRemoved', at: now, messageRef }];
  const open = coaching.prompts.find((prompt) => prompt.status === 'open' && standsOn(prompt, messageRef));
  if (open) events.push({ type: 'LivePromptOvertaken', at: now, trigger: open.trigger });
  const { challenge } = coaching;
  // Of two things that stand against each other one is gone.
  if (challenge && isChallengeOpen(coaching) && challenge.evidence.some((evidence) => evidence.messageRef === messageRef))
    events.push({ type: 'ChallengeLeft', at: now, id: challenge.id });
  return events;
}

/** Whether what the brief says of decisions and the pilot came from this message. */
export function decidedIn({ coaching }: StartedAlignment, messageRef: string): boolean {
  if (!coaching) return false;
  const { decisions, pilot } = coaching;
  const decided = decisions.some((decision) => decision.messageRef === messageRef || standsOn(decision, messageRef));
  return decided || (pilot?.status === 'agreed' && pilot.messageRef === messageRef);
}

/** Whether nothing else speaks for it than this message. */
export function standsOn({ evidence }: Pick<LivePrompt, 'evidence'>, messageRef: string): boolean {
  return evidence.length > 0 && evidence.every((one) => one.messageRef === messageRef);
}

/** The messages whose words the coach keeps, of everybody or of one person. */
export function heardIn(coaching: Coaching, personId?: PersonId): string[] {
  const { cues, prompts, challenge, decisions, pilot, tension } = coaching;
  const said: { by: PersonId; messageRef: string }[] = [
    ...cues,
    ...prompts.flatMap(({ evidence, answer }): Evidence[] => [...evidence, ...(answer ? [answer] : [])]),
    ...(challenge ? [...challenge.evidence, ...challenge.said] : []),
    ...(tension?.evidence ?? []),
    ...decisions.flatMap(({ evidence, by, messageRef }) => [...evidence, ...(messageRef === undefined ? [] : [{ by, messageRef }])]),
    ...(pilot?.status === 'agreed' ? [pilot] : []),
  ];
  return [...new Set(said.filter(({ by }) => personId === undefined || by === personId).map(({ messageRef }) => messageRef))];
}
