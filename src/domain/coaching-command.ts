import type { Signal } from './coaching-state.ts';
import type { By } from './command.ts';
import type { PersonId, Quote } from './conversation.ts';
import type { HeardCue } from './cues.ts';
import type { TriggerId } from './triggers.ts';

/** Live prompts in one conversation at most, where no partner chose another limit; `contested`: where something stands against what was asked for. */
export type PromptLimits = { usual: number; contested: number };

/** How the coach is to behave, from settings and what each partner made of earlier prompts. */
export type CoachRules = {
  promptLimits: PromptLimits;
  /** A message by the person who is asked keeps prompts back for so long (milliseconds). */
  midAnswerMs: number;
  /** Triggers that a partner has dismissed often: shown to them only where nothing else is. */
  rarer: Readonly<Record<PersonId, readonly TriggerId[]>>;
};

export type CoachingCommand =
  | ({ type: 'HearCues'; messageRef: string; cues: readonly HeardCue[] } & By)
  /** What is to be shown now, from everything that was noticed; given after each turn, and when the timer of the coach is due. */
  | { type: 'Coach'; signals: readonly Signal[]; rules: CoachRules }
  | ({ type: 'AskPrompt'; trigger: TriggerId; edited?: Quote } & By)
  | ({ type: 'DismissPrompt'; trigger: TriggerId } & By)
  | ({ type: 'ExplainPrompt'; trigger: TriggerId } & By)
  /** `limit` undefined: as it is usual again. */
  | ({ type: 'SetPromptLimit'; limit: number | undefined } & By)
  /** An L&D partner lets Plumb put the challenge that a prompt speaks of. */
  | ({ type: 'PutChallenge'; trigger: TriggerId } & By)
  /** A press or words on the open step. `choice` absent: free words, `cues` say what was heard in them; `let-be`: they would rather not say. */
  | ({
      type: 'AnswerChallenge';
      choice?: 'as-asked' | 'other-focus' | 'to-find-out' | 'agree' | 'let-be';
      words?: Quote;
      messageRef: string;
      cues: readonly HeardCue['cue'][];
    } & By)
  /** Words that came after a prompt was asked, and answer it. `choseOther`: they take the other of two things that were put in it. */
  | ({ type: 'AnswerPrompt'; trigger: TriggerId; words: Quote; messageRef: string; cues: readonly HeardCue['cue'][]; choseOther?: true } & By)
  | ({ type: 'AgreePilot'; group: Quote; outcome?: Quote; until?: Quote; messageRef: string } & By)
  | ({ type: 'DeclinePilot' } & By);
