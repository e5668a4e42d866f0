import { conversationKey, hasNoThreads, type PersonId } from './conversation.ts';
import type { DomainEvent } from './event.ts';
import type { StartedAlignment } from './state.ts';

/** What somebody's press said about a message that was heard: by its features, never its words. One for each alignment and person; the last one counts. */
export type TaughtLesson = {
  id: string;
  verdict: 'request' | 'not-request';
  features: readonly string[];
  by: PersonId;
  at: number;
  /** The press or message that taught it: undoing that undoes the lesson. */
  act: string;
  /** The thread it was about. */
  thread: string;
};

export type LessonChange =
  | { type: 'taught'; lesson: TaughtLesson }
  | { type: 'undone'; id: string /** Only if this act taught it. */; act?: string }
  /** Somebody started in this thread after all: that nothing there was a request no longer counts. */
  | { type: 'outdated'; thread: string };

/**
 * Whose word counts how often. `perDay`: somebody who tidies up a busy channel says enough in five presses, and a prank is over after them. `perPerson`: a
 * person's newest twenty, so that what one person finds never outweighs a team. `perTenant`: what a message is compared with before it is answered.
 */
export const lessonLimits = { perDay: 5, perPerson: 20, perTenant: 500 } as const;

/** More, or longer ones, are no names of what was recognised. */
const mostFeatures = 80;
const longestFeature = 60;

/** What people taught with what they did to an alignment. A message that nothing was recognised in teaches nothing. */
export function lessonsFrom(state: StartedAlignment, events: readonly DomainEvent[]): LessonChange[] {
  return events.flatMap((event): LessonChange[] => {
    switch (event.type) {
      case 'AlignmentOpened':
        return [...outdated(state), ...(wasStartedByHand(state) ? taught(state, event, 'request') : [])];
      case 'RequestRejected':
        return taught(state, event, 'not-request');
      case 'ActUndone':
        return [{ type: 'undone', id: lessonId(state, event.by), act: event.undone }];
      default:
        return [];
    }
  });
}

/** Plumb opens by itself only where it is sure: everything else was started by somebody who knows better. */
function wasStartedByHand({ heard }: StartedAlignment): boolean {
  return heard !== undefined && heard.band !== 'sure';
}

function outdated({ conversation }: StartedAlignment): LessonChange[] {
  // A chat is one conversation for everything that is said in it.
  return hasNoThreads(conversation) ? [] : [{ type: 'outdated', thread: conversationKey(conversation) }];
}

function taught(state: StartedAlignment, { by, at, act }: { by: PersonId; at: number; act: string }, verdict: TaughtLesson['verdict']): LessonChange[] {
  const features = (state.heard?.features ?? []).filter((feature) => feature.length <= longestFeature).slice(0, mostFeatures);
  if (features.length === 0) return [];
  return [{ type: 'taught', lesson: { id: lessonId(state, by), verdict, features, by, at, act, thread: conversationKey(state.conversation) } }];
}

function lessonId({ id }: StartedAlignment, by: PersonId): string {
  return `${id}:${by}`;
}
