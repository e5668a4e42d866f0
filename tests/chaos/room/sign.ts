import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { call } from './call.ts';
import { type Shown, visible } from './people.ts';

const Action = z.object({ data: z.object({ action: z.string(), value: z.record(z.string(), z.string()), form: z.boolean().optional() }) });
const Actions = z.looseObject({ actions: z.array(z.unknown()).optional() });
/** Of more buttons than fit in one row, the rows stand among the blocks. */
const Card = Actions.extend({ body: z.array(Actions).optional() });
const Form = z.object({ kind: z.literal('form'), submit: z.string(), value: z.record(z.string(), z.string()) });
export type Button = { postId: string; action: string; value: Record<string, string>; form: boolean };

const PATIENCE_MS = 20_000;

/** The buttons of this name that somebody sees, oldest first. */
export function buttonsOf(shown: readonly Shown[], name: string, thread?: string): Button[] {
  return shown
    .filter((message) => message.app && (thread === undefined || message.thread === thread))
    .flatMap(({ id, card }) =>
      rowsOf(card)
        .flatMap((action) => Action.safeParse(action).data?.data ?? [])
        .filter(({ action }) => action === name)
        .map(({ action, value, form }) => ({ postId: id, action, value, form: form ?? false })),
    );
}

function rowsOf(card: unknown): unknown[] {
  const { actions = [], body = [] } = Card.safeParse(card).data ?? {};
  return [...actions, ...body.flatMap((block) => block.actions ?? [])];
}

/** Waits for the newest button of this name; undefined when it does not come. */
async function awaitButton(url: string, as: string, name: string, thread?: string, patienceMs = PATIENCE_MS): Promise<Button | undefined> {
  const end = performance.now() + patienceMs;
  do {
    const button = buttonsOf((await visible(url, as)) ?? [], name, thread).at(-1);
    if (button) return button;
    await sleep(100);
  } while (performance.now() < end);
  return undefined;
}

async function press(url: string, as: string, name: string, { thread, inputs = {} }: { thread?: string; inputs?: Record<string, string> } = {}): Promise<void> {
  const button = await awaitButton(url, as, name, thread);
  if (!button) throw new Error(`${as} never saw the button "${name}".`);
  const { postId, action, value, form } = button;
  if (!form) return expectDone(await call(`${url}/room/actions`, { as, postId, action, value, inputs }), name);
  const opened = Form.parse((await call(`${url}/room/forms`, { as, postId, action, value })).body);
  expectDone(await call(`${url}/room/forms/submit`, { as, postId, submit: opened.submit, value: opened.value, inputs }), name);
}

function expectDone({ status, body }: { status: number; body: unknown }, what: string): void {
  const refused = status !== 200 || z.looseObject({ kind: z.literal('errors') }).safeParse(body).success;
  if (refused) throw new Error(`The room refused "${what}" with ${status}: ${JSON.stringify(body)}`);
}

/** One brief that Dana signs, with a programme behind it. `call`: when its weekly call is, in words. */
export async function signBrief(url: string, { request, weeklyCall }: { request: string; weeklyCall: string }): Promise<void> {
  const said = await call(`${url}/room/messages`, { as: 'dana', place: 'sales-leaders', thread: '', text: `@Plumb ${request}` });
  const { thread } = z.object({ thread: z.string() }).parse(said.body);
  await press(url, 'dana', 'answer-in-form', { thread, inputs: { ...answers, 'weekly-call': weeklyCall } });
  if (await awaitButton(url, 'dana', 'challenge-as-asked', thread, 1_500)) await press(url, 'dana', 'challenge-as-asked', { thread });
  await press(url, 'dana', 'looks-right', { thread });
}

const answers = {
  driver: 'We have to grow revenue from existing accounts by 30 % this year, and the pipeline is too thin for that.',
  owner: 'Sam Okafor owns this on the business side.',
  'leading-kpis': 'Second meetings per account manager, from 1 to 3 a week.',
  contribution: 'They ask for a meeting in a second department of each account every month, so the pipeline grows from accounts we have.',
  sufficiency: 'Partly. It helps them start, but the bonus still rewards any deal at any price, and that has to change too.',
  'owner-role': 'Sam opens every Monday review with one account story and no longer approves discounts by chat.',
  'manager-role': 'Tomas Herrera and Keiko Mori: each week we sit in on two account calls per person and coach for half an hour after them.',
  'data-source': 'The dashboard of the CRM.',
  context: 'Hospital groups with a central purchasing team.',
  reinforcement: 'A deal clinic every second week, a one-page account plan, and a practice call with the manager after a month.',
  budget: 'None yet, the budget is decided with finance next month.',
};

/** Everybody who was introduced says yes. */
export async function acceptAll(url: string, people: readonly string[], times: number): Promise<void> {
  for (const as of people) {
    const accepted = new Set<string>();
    const end = performance.now() + PATIENCE_MS;
    while (accepted.size < times && performance.now() < end) {
      for (const { postId, value } of buttonsOf((await visible(url, as)) ?? [], 'accept-introduction')) {
        if (accepted.has(postId)) continue;
        expectDone(await call(`${url}/room/actions`, { as, postId, action: 'accept-introduction', value, inputs: {} }), 'accept-introduction');
        accepted.add(postId);
      }
      await sleep(100);
    }
    if (accepted.size < times) throw new Error(`${as} was introduced ${accepted.size} of ${times} times.`);
  }
}
