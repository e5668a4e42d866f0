import { z } from 'zod';
import type { Pressed } from '../history.ts';
import { call } from './call.ts';
import type { Shown } from './people.ts';

/** A press in the room. */
export type PressedHere = Pressed & {
  thread: string;
  /** Plumb's newest post in the thread at that moment: it has to change, or another has to follow. */
  post: string;
};

const Action = z.object({ data: z.object({ action: z.string(), value: z.record(z.string(), z.string()), form: z.boolean().optional() }) });
const Actions = z.looseObject({ actions: z.array(z.unknown()).optional() });
const Response = z.looseObject({ kind: z.string() });
const Form = z.object({ kind: z.literal('form'), submit: z.string(), value: z.record(z.string(), z.string()) });

/** The field of the form that is filled in: a question that nobody answers by a message. What is written differs each time, or it would change nothing. */
const fieldOfForm = 'data-source';

export type PressResult = { kind: 'done'; pressed: PressedHere } | { kind: 'told' | 'unknown' | 'gone' | 'nothing to press' };

/**
 * Presses one button of the newest card in a thread that asks a question. `told`: a line came back and nothing else was to happen. `unknown`: no answer
 * came, so it is not pressed again. `gone`: the card was shown a moment ago and is not there any more.
 */
export async function pressNewest(url: string, shown: readonly Shown[], who: { as: string; thread: string }, chance: number): Promise<PressResult> {
  const post = shown.findLast(({ app, thread, card }) => app && thread === who.thread && actionOf(card, 'skip'));
  if (!post) return { kind: 'nothing to press' };
  const name = chance < 0.35 ? 'skip' : chance < 0.6 ? 'dont-know' : chance < 0.75 ? 'why' : 'answer-in-form';
  const action = actionOf(post.card, name);
  const { alignment, question } = actionOf(post.card, 'skip')?.value ?? {};
  if (!action || alignment === undefined || question === undefined) return { kind: 'nothing to press' };
  const press = { as: who.as, postId: post.id, action: action.action, value: action.value };
  const pressed = { ...who, alignment, post: post.id };
  if (!action.form) return resultOf(await call(`${url}/room/actions`, { ...press, inputs: {} }), { ...pressed, question, by: 'button' });
  const opened = await call(`${url}/room/forms`, press);
  const form = Form.safeParse(opened.body);
  if (opened.status !== 200 || !form.success) return opened.status === 404 ? { kind: 'gone' } : { kind: 'unknown' };
  const { submit, value } = form.data;
  const words = `RevOps pulls report ${post.id} from the CRM every Friday.`;
  const sent = await call(`${url}/room/forms/submit`, { as: who.as, postId: post.id, submit, value, inputs: { [fieldOfForm]: words } });
  return resultOf(sent, { ...pressed, question: fieldOfForm, by: 'form', words });
}

function actionOf(card: unknown, name: string) {
  const actions = Actions.safeParse(card).data?.actions ?? [];
  return actions.flatMap((action) => Action.safeParse(action).data?.data ?? []).find(({ action }) => action === name);
}

function resultOf({ status, body }: { status: number; body: unknown }, pressed: PressedHere): PressResult {
  if (status === 404) return { kind: 'gone' };
  if (status === 0 || status >= 500) return { kind: 'unknown' };
  if (status !== 200) throw new Error(`The room refused a press with ${status}: ${JSON.stringify(body)}`);
  const { kind } = Response.parse(body);
  return kind === 'notice' || kind === 'errors' ? { kind: 'told' } : { kind: 'done', pressed };
}

/** What an L&D partner did with the coach, and was acknowledged. */
export type Coached = { thread: string; alignment: string; what: 'claim' | 'ask-prompt' };

/**
 * The L&D partner takes a conversation over and has what occurs to Plumb at once asked in their name. Their own chat may not show it yet: at night and on
 * weekends a prompt waits.
 */
export async function takeOver(url: string, shown: readonly Shown[], { as, thread }: { as: string; thread: string }): Promise<Coached[]> {
  const post = shown.find(({ app, card, thread: of }) => app && of === thread && actionOf(card, 'claim'));
  const { alignment } = actionOf(post?.card, 'claim')?.value ?? {};
  if (!post || alignment === undefined) return [];
  const done: Coached[] = [];
  for (const [what, more] of [
    ['claim', {}],
    ['ask-prompt', { prompt: 'prescription' }],
  ] as const) {
    const answer = await call(`${url}/room/actions`, { as, postId: post.id, action: what, value: { alignment, ...more }, inputs: {} });
    if (answer.status !== 200) return done;
    if (Response.parse(answer.body).kind === 'nothing') done.push({ thread, alignment, what });
  }
  return done;
}
