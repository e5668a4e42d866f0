import { z } from 'zod';
import { elementsOf } from '../../channels/slack/fake-slack/field-values.ts';
import type { FakeSlack } from '../../channels/slack/fake-slack/open-fake-slack.ts';
import type { Pressed } from '../history.ts';
import { postsIn, type Where } from './posts.ts';

/** A press that Slack delivered and Plumb acknowledged. */
export type PressedInSlack = Pressed & {
  where: Where;
  /** The moment of it, as a ts. */
  at: string;
};

const Value = z.object({ alignment: z.string(), question: z.string() });

/** The field of the form that is filled in: a question that nobody answers by a message. What is written differs each time, or it would change nothing. */
const fieldOfForm = 'data-source';
const FORM_PATIENCE_MS = 4_000;

/**
 * Presses one button of the newest card there that asks a question, or opens the form and fills it in. Undefined when there is none, when the form did not
 * come, or when nobody knows whether it arrived.
 */
export async function pressNewest(slack: FakeSlack, who: string, where: Where, chance: number): Promise<PressedInSlack | undefined> {
  const post = postsIn(slack, where).findLast(({ blocks }) => elementsOf(blocks ?? []).some(({ actionId }) => actionId.endsWith(':skip')));
  const buttons = elementsOf(post?.blocks ?? []);
  const find = (name: string) => buttons.find(({ actionId }) => actionId.endsWith(`:${name}`));
  const value = Value.safeParse(jsonOf(find('skip')?.element['value']));
  const wanted = find(chance < 0.4 ? 'skip' : chance < 0.65 ? 'dont-know' : 'answer-in-form');
  if (!post || !wanted || !value.success) return undefined;
  const { alignment, question } = value.data;
  const about = { as: who, where, alignment, at: slack.state.nextTs() };
  if (!(await arrived(slack.act.press(who, { channel: where.place, ts: post.ts }, wanted.actionId)))) return closed(slack, who);
  if (!wanted.actionId.startsWith('form:')) return { ...about, question, by: 'button' };
  const words = `RevOps pulls report ${post.ts} from the CRM every Friday.`;
  const filled = await slack.until(() => hasField(slack, who), FORM_PATIENCE_MS).catch(() => false);
  if (!filled) return closed(slack, who);
  const sent = await slack.act.submit(who, { [fieldOfForm]: words }).catch(() => undefined);
  // What stays open was refused, or nobody knows.
  if (!sent || slack.visibleTo(who).modals.length > 0) return closed(slack, who);
  return { ...about, question: fieldOfForm, by: 'form', words };
}

async function arrived(answer: Promise<unknown>): Promise<boolean> {
  return answer.then(
    () => true,
    () => false,
  );
}

/** People close what does not fill itself. */
function closed(slack: FakeSlack, who: string): undefined {
  slack.state.stacks.set(who, []);
}

function hasField(slack: FakeSlack, who: string): boolean {
  return slack.visibleTo(who).modals.some(({ blocks }) => blocks.some(({ block_id }) => block_id === fieldOfForm));
}

function jsonOf(text: unknown): unknown {
  return typeof text === 'string' ? JSON.parse(text) : undefined;
}
