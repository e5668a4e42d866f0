import { promptFor } from '../domain/coaching-state.ts';
import type { Command } from '../domain/command.ts';
import type { Quote } from '../domain/conversation.ts';
import type { PersonAction } from '../domain/permissions.ts';
import { type FieldProblem, fieldError } from '../views/forms.ts';
import { isLimitChoice, promptLimits, promptQuestion, questionLimit } from '../views/live-prompt.ts';
import { pilotLimit } from '../views/pilot.ts';
import { answerLimit } from '../views/prefill.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { challengeAnswer } from './hear-cues.ts';
import { peopleAround } from './people-around.ts';
import type { InboundEvent } from './ports.ts';
import { coachContext } from './speak-coaching.ts';
import { sideOf } from './standing.ts';
import { isAllowed, isOpenStep } from './take-coaching.ts';
import { obeyPress, outdated, type Pressed, pressedAlignment, refuse } from './take-press.ts';
import type { Turn } from './turn.ts';
import { contextOf } from './view-context.ts';

const submits = {
  'submit-edit-prompt': 'AskPrompt',
  'submit-prompt-limit': 'SetPromptLimit',
  'submit-challenge-answer': 'AnswerChallenge',
  'submit-pilot': 'AgreePilot',
} as const satisfies Readonly<Record<string, PersonAction>>;
type Submit = keyof typeof submits;
type Submitted = Extract<InboundEvent, { type: 'FormSubmitted' }>;

/** Whether a form that came back is one of the coach. */
export function isCoachingSubmit(submit: string): submit is Submit {
  return Object.hasOwn(submits, submit);
}

/** A form of the coach came back: mistakes go beside their fields, otherwise it is decided like a press. */
export async function takeCoachingForm(dependencies: HandleDependencies, turn: Turn, rowId: string, event: Submitted, submit: Submit): Promise<void> {
  const pressed = await pressedAlignment(dependencies, turn, event);
  if (!pressed) {
    turn.responses.set(rowId, { kind: 'notice', text: dependencies.prompts.words.plain('notice.unknown-button') });
    return;
  }
  if (!isAllowed(pressed, submits[submit])) return refuse(dependencies, turn, rowId, pressed, { type: submits[submit] });
  const read = await readForm(dependencies, turn, submit, event.inputs, pressed);
  if (read === undefined) return outdated(dependencies, turn, rowId, pressed);
  if ('errors' in read) {
    turn.responses.set(rowId, { kind: 'errors', errors: read.errors });
    return;
  }
  await obeyPress(dependencies, turn, rowId, pressed, read.order);
  if (submit === 'submit-prompt-limit' && !turn.responses.has(rowId))
    turn.responses.set(rowId, { kind: 'notice', text: dependencies.prompts.words.plain('notice.saved') });
}

type Read = { order: Command } | { errors: Readonly<Record<string, string>> } | undefined;

async function readForm(dependencies: HandleDependencies, turn: Turn, submit: Submit, inputs: Submitted['inputs'], pressed: Pressed): Promise<Read> {
  switch (submit) {
    case 'submit-edit-prompt':
      return readQuestion(dependencies, turn, inputs['question'], pressed);
    case 'submit-prompt-limit': {
      const chosen = inputs['limit'];
      if (isLimitChoice(chosen)) return { order: { type: 'SetPromptLimit', ...pressed.by, limit: promptLimits[chosen] } };
      return { errors: { limit: await problem(dependencies, turn, pressed, 'choice') } };
    }
    case 'submit-challenge-answer':
      return readChallengeAnswer(dependencies, turn, inputs['answer'], pressed);
    case 'submit-pilot':
      return readPilot(dependencies, turn, inputs, pressed);
    default:
      return submit satisfies never;
  }
}

/** What stands unchanged is asked as it was suggested, and not kept as words of theirs. */
async function readQuestion(dependencies: HandleDependencies, turn: Turn, written: string | undefined, pressed: Pressed): Promise<Read> {
  const { state, value, by } = pressed;
  const text = written?.trim() ?? '';
  if (text === '') return { errors: { question: await problem(dependencies, turn, pressed, 'required') } };
  const { words } = dependencies.prompts;
  if (text.length > questionLimit) return { errors: { question: words.plain('coach.edit-too-long', { count: String(questionLimit) }) } };
  const prompt = promptFor(state.coaching, by.by, value.prompt);
  if (!prompt) return undefined;
  const ctx = await coachContext(dependencies, turn, await contextOf(dependencies, turn, state), state);
  const isOwn = text !== promptQuestion(ctx, state, prompt);
  return { order: { type: 'AskPrompt', ...by, trigger: prompt.trigger, ...(isOwn && { edited: keep(turn, pressed, 'prompt', text) }) } };
}

async function readChallengeAnswer(dependencies: HandleDependencies, turn: Turn, written: string | undefined, pressed: Pressed): Promise<Read> {
  const { state, value, by } = pressed;
  const text = written?.trim() ?? '';
  if (!isOpenStep(state, value)) return undefined;
  if (text === '' || text.length > answerLimit)
    return { errors: { answer: await problem(dependencies, turn, pressed, text === '' ? 'required' : 'too-long') } };
  const reading = await dependencies.language.readReply(
    { text, tenant: turn.tenantLanguage, around: peopleAround(turn, state.conversation.place) },
    { followUp: false, answered: [], addressed: true, mentions: [], people: [], side: sideOf(state, turn.settings, by.by), probed: 'challenge' },
  );
  return {
    order: challengeAnswer(state, by, reading, { words: keep(turn, pressed, 'challenge', text), text, messageRef: textIdOf(turn, pressed, 'challenge') }),
  };
}

async function readPilot(dependencies: HandleDependencies, turn: Turn, inputs: Submitted['inputs'], pressed: Pressed): Promise<Read> {
  const [group = '', outcome = '', until = ''] = ['group', 'outcome', 'until'].map((field) => inputs[field]?.trim().slice(0, pilotLimit));
  if (group === '') return { errors: { group: await problem(dependencies, turn, pressed, 'required') } };
  // One text for all three, so that it is one message that can be taken back.
  const said = [group, outcome, until].filter((part) => part !== '').join('\n');
  const { textId } = keep(turn, pressed, 'pilot', said);
  const at = (part: string, from: number): Quote => ({ textId, start: from, end: from + part.length });
  const afterGroup = group.length + 1;
  const afterOutcome = afterGroup + (outcome === '' ? 0 : outcome.length + 1);
  const order: Command = {
    type: 'AgreePilot',
    ...pressed.by,
    group: at(group, 0),
    ...(outcome !== '' && { outcome: at(outcome, afterGroup) }),
    ...(until !== '' && { until: at(until, afterOutcome) }),
    messageRef: textId,
  };
  return { order };
}

/** Keeps what was typed into a form, if something refers to it in the end. Acts are unique in their workspace, texts among all of them. */
function keep(turn: Turn, pressed: Pressed, what: string, body: string): Quote {
  const textId = textIdOf(turn, pressed, what);
  turn.texts.set(textId, { textId, messageRef: textId, author: pressed.by.by, body, at: turn.now });
  return { textId, start: 0, end: body.length };
}

function textIdOf({ tenant }: Turn, { by }: Pressed, what: string): string {
  return `${tenant}:${by.act}:${what}`;
}

async function problem(dependencies: HandleDependencies, turn: Turn, { state }: Pressed, kind: FieldProblem): Promise<string> {
  return fieldError(await contextOf(dependencies, turn, state), kind);
}
