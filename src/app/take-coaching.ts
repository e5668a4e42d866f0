import { promptFor } from '../domain/coaching-state.ts';
import type { By, Command } from '../domain/command.ts';
import { may, type PersonAction, rolesOf } from '../domain/permissions.ts';
import type { AlignmentState, StartedAlignment } from '../domain/state.ts';
import type { TriggerId } from '../domain/triggers.ts';
import type { ActionId } from '../views/actions.ts';
import type { Form } from '../views/card.ts';
import { challengeForm } from '../views/challenge.ts';
import type { CoachContext } from '../views/coach-words.ts';
import { editPromptForm, livePromptCard, promptLimitForm } from '../views/live-prompt.ts';
import { pilotForm } from '../views/pilot.ts';
import { dismissedHabit } from './coach.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { InboundEvent } from './ports.ts';
import type { PressValue } from './press-command.ts';
import { privatelyTo } from './say.ts';
import { askedBy, coachContext, promptPost } from './speak-coaching.ts';
import { maySeeAnswers, obeyPress, outdated, type Pressed, pressedAlignment, refuse } from './take-press.ts';
import type { Turn } from './turn.ts';
import { contextOf } from './view-context.ts';

const presses = [
  'ask-prompt',
  'dismiss-prompt',
  'why-prompt',
  'put-challenge',
  'challenge-as-asked',
  'challenge-other-focus',
  'challenge-find-out',
  'challenge-agree',
  'decline-pilot',
] as const satisfies ActionId[];
type CoachingPress = (typeof presses)[number];

/** The press of the coach that an action means, if it is one. */
export function coachingPress(action: string): CoachingPress | undefined {
  return presses.find((id) => id === action);
}

/** A press on a card of the coach. Who may do it, the permission table says before anything is looked up: nobody else learns whether there is a prompt. */
export async function takeCoachingPress(
  dependencies: HandleDependencies,
  turn: Turn,
  rowId: string,
  event: Extract<InboundEvent, { type: 'ActionTaken' }>,
  action: CoachingPress,
): Promise<void> {
  const pressed = await pressedAlignment(dependencies, turn, event);
  if (!pressed) {
    turn.responses.set(rowId, { kind: 'notice', text: dependencies.prompts.words.plain('notice.unknown-button') });
    return;
  }
  const { alignment, value, by, state } = pressed;
  const order = orderOf(action, value, by);
  if (!order) return outdated(dependencies, turn, rowId, pressed);
  if (!isAllowed(pressed, order.type)) return refuse(dependencies, turn, rowId, pressed, order);
  if (order.type === 'AnswerChallenge' && !isOpenStep(state, value)) return outdated(dependencies, turn, rowId, pressed);
  const known = alignment.events.length;
  await obeyPress(dependencies, turn, rowId, pressed, order);
  for (const happened of alignment.events.slice(known)) {
    if (happened.type === 'LivePromptDismissed') turn.habits.push({ personId: happened.by, what: dismissedHabit(happened.trigger) });
    if (happened.type === 'LivePromptAsked') await showOnHome(dependencies, turn, rowId, event, alignment.state, happened.trigger);
    if (happened.type === 'LivePromptExplained') turn.responses.set(rowId, { kind: 'notice', text: explanation(dependencies, happened.trigger) });
  }
}

/** Asked from Home and not from the prompt's own card: Home shows that it is gone, and says what became of it. */
async function showOnHome(
  dependencies: HandleDependencies,
  turn: Turn,
  rowId: string,
  { personId, postId }: Extract<InboundEvent, { type: 'ActionTaken' }>,
  state: AlignmentState,
  trigger: TriggerId,
): Promise<void> {
  if (state.status === 'new') return;
  const prompt = promptFor(state.coaching, personId, trigger);
  const card = await dependencies.store.posts.platformIdAt(privatelyTo(turn, personId).to, promptPost(state, trigger, personId));
  if (!prompt || (postId !== undefined && card === postId)) return;
  const ctx = await coachContext(dependencies, turn, await contextOf(dependencies, turn, state), state);
  turn.responses.set(rowId, { kind: 'notice', text: livePromptCard(ctx, state, prompt, { to: personId }).summary, alsoOn: 'home' });
}

type PersonOrder = Extract<Command, { by: string }>;

function orderOf(action: CoachingPress, { prompt: trigger }: PressValue, by: By): PersonOrder | undefined {
  const answer = { type: 'AnswerChallenge' as const, ...by, messageRef: by.act, cues: [] };
  switch (action) {
    case 'ask-prompt':
      return trigger && { type: 'AskPrompt', ...by, trigger };
    case 'dismiss-prompt':
      return trigger && { type: 'DismissPrompt', ...by, trigger };
    case 'why-prompt':
      return trigger && { type: 'ExplainPrompt', ...by, trigger };
    case 'put-challenge':
      return trigger && { type: 'PutChallenge', ...by, trigger };
    case 'challenge-as-asked':
      return { ...answer, choice: 'as-asked' };
    case 'challenge-other-focus':
      return { ...answer, choice: 'other-focus' };
    case 'challenge-find-out':
      return { ...answer, choice: 'to-find-out' };
    case 'challenge-agree':
      return { ...answer, choice: 'agree' };
    case 'decline-pilot':
      return { type: 'DeclinePilot', ...by };
    default:
      return action satisfies never;
  }
}

/** Whether whoever pressed may do this here. */
export function isAllowed({ state, by }: Pressed, action: PersonAction): boolean {
  return may(action, rolesOf(state, by.by, by.standing));
}

/** Whether a card still shows the step that is open: an older one may stand there, or be forged. */
export function isOpenStep({ coaching }: StartedAlignment, { challenge, step }: PressValue): boolean {
  const open = coaching?.challenge;
  return open !== undefined && open.id === challenge && open.step === step;
}

/** Why such a question helps, and where that comes from. */
function explanation({ prompts }: HandleDependencies, trigger: NonNullable<PressValue['prompt']>): string {
  const { because, source } = prompts.livePrompts[trigger];
  const from = prompts.words.plain('common.source', { source: prompts.words.plain(`source.${source}`) });
  return `${because} ${from}`;
}

const forms = ['edit-prompt', 'prompt-limit', 'answer-challenge', 'agree-pilot'] as const satisfies ActionId[];
type CoachingForm = (typeof forms)[number];

/** The form of the coach that an action opens, if it is one. */
export function coachingForm(action: string): CoachingForm | undefined {
  return forms.find((id) => id === action);
}

const formActions: Readonly<Record<CoachingForm, PersonAction>> = {
  'edit-prompt': 'AskPrompt',
  'prompt-limit': 'SetPromptLimit',
  'answer-challenge': 'AnswerChallenge',
  'agree-pilot': 'AgreePilot',
};

/** Opens a form of the coach for those who may send it. */
export async function openCoachingForm(
  dependencies: HandleDependencies,
  turn: Turn,
  rowId: string,
  event: Extract<InboundEvent, { type: 'FormRequested' }>,
  kind: CoachingForm,
): Promise<void> {
  const pressed = await pressedAlignment(dependencies, turn, event);
  if (!pressed) {
    turn.responses.set(rowId, { kind: 'notice', text: dependencies.prompts.words.plain('notice.unknown-button') });
    return;
  }
  if (!isAllowed(pressed, formActions[kind])) return refuse(dependencies, turn, rowId, pressed, { type: formActions[kind] });
  // An owner may answer, and does not read what goes on privately.
  if (!(await maySeeAnswers(dependencies, turn, rowId, pressed))) return;
  const { state } = pressed;
  const ctx = await coachContext(dependencies, turn, await contextOf(dependencies, turn, state), state);
  const form = formOf(ctx, kind, pressed);
  if (form) turn.responses.set(rowId, { kind: 'form', form });
  else await outdated(dependencies, turn, rowId, pressed);
}

function formOf(ctx: CoachContext, kind: CoachingForm, { state, value, by }: Pressed): Form | undefined {
  const { coaching } = state;
  switch (kind) {
    case 'edit-prompt': {
      const prompt = promptFor(state.coaching, by.by, value.prompt);
      return prompt?.status === 'open' || prompt?.status === 'dismissed' ? editPromptForm(ctx, state, prompt) : undefined;
    }
    case 'prompt-limit':
      return promptLimitForm(ctx, state);
    case 'answer-challenge': {
      const challenge = coaching?.challenge;
      if (!challenge || challenge.step === 'settled' || !isOpenStep(state, value)) return undefined;
      return challengeForm(ctx, state, challenge, challenge.step, askedBy(state));
    }
    case 'agree-pilot':
      return pilotForm(ctx, state);
    default:
      return kind satisfies never;
  }
}
