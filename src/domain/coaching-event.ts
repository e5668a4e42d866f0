import type { Challenge, Decision, Evidence, LivePrompt, Said, SeenTension } from './coaching-state.ts';
import type { PersonId, Quote } from './conversation.ts';
import type { HeardCue } from './cues.ts';
import type { TriggerId } from './triggers.ts';

type At = { at: number };
type By = At & { by: PersonId; act: string };

/** What the coach noticed and did, and what people made of it. */
export type CoachingEvent =
  | ({ type: 'CuesHeard'; messageRef: string; cues: readonly HeardCue[] } & By)
  /** What was heard in one message no longer counts: it was edited, deleted, or its author is forgotten. */
  | ({ type: 'CuesRemoved'; messageRef: string } & At)
  /** Something stands against something, or, without one, no longer does. Nothing is said of it. */
  | ({ type: 'TensionSeen'; tension?: SeenTension } & At)
  | ({ type: 'LivePromptShown'; prompt: Pick<LivePrompt, 'trigger' | 'to' | 'evidence' | 'about' | 'wording'> } & At)
  | ({ type: 'LivePromptOvertaken'; trigger: TriggerId } & At)
  | ({ type: 'LivePromptDismissed'; trigger: TriggerId } & By)
  | ({ type: 'LivePromptAsked'; trigger: TriggerId; of: PersonId; edited?: Quote } & By)
  | ({ type: 'LivePromptExplained'; trigger: TriggerId } & By)
  | ({ type: 'PromptAnswered'; trigger: TriggerId; answer: Said } & By)
  | ({ type: 'PromptLimitSet'; limit?: number } & By)
  /** `trigger`: the prompt that spoke of it. */
  | ({ type: 'ChallengePut'; challenge: Pick<Challenge, 'id' | 'about' | 'evidence'>; putFor?: PersonId; trigger?: TriggerId; of: PersonId } & At)
  | ({ type: 'ChallengeAnswered'; id: string; step: 'either-or' | 'fact' | 'focus'; answer?: Said; next: 'fact' | 'focus' | 'settled' } & By)
  /** Nobody took it up, and the conversation went on. */
  | ({ type: 'ChallengeLeft'; id: string } & At)
  | ({ type: 'FocusDecided'; decision: Decision } & By)
  | ({ type: 'PilotProposed'; evidence: readonly Evidence[] } & At)
  | ({ type: 'PilotDeclined' } & By)
  | ({ type: 'PilotAgreed'; group: Quote; outcome?: Quote; until?: Quote; messageRef: string } & By);
