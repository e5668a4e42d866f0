import { elementsOf } from '../../channels/slack/fake-slack/field-values.ts';
import type { Block, Call } from '../../channels/slack/fake-slack/model.ts';
import type { FakeSlack } from '../../channels/slack/fake-slack/open-fake-slack.ts';
import type { SeenMessage } from '../../channels/slack/fake-slack/seen.ts';
import { readHistory, twice } from '../history.ts';
import { randomFrom } from '../random.ts';
import { allPosts, outboxIdOf } from '../slack/posts.ts';
import { openSlackForTrial, slackEnv, type Transport } from '../slack/trial.ts';
import { neverPosted, notStanding } from '../slack/verify.ts';
import { createWeather } from '../slack/weather.ts';
import { filledIn, type Given, isQuestion, type NudgeWorld, orUnknown, patienceMs, peopleIn, type Tap } from './world.ts';

const FORM_PATIENCE_MS = 4_000;

type World = { now: () => number; seed: number; transport: Transport; requestUrl: () => string | undefined };

/** A local Slack in which Dana asks and signs, Tomas and Keiko are asked, and Sam has the figures. */
export async function openSlackWorld({ now, seed, transport, requestUrl }: World): Promise<NudgeWorld> {
  const slack = await openSlackForTrial({ requestUrl, metadata: 'readable', now });
  const [dana = '', ...asked] = slack.people('dana', 'tomas', 'keiko', 'sam');
  const weather = createWeather(slack, randomFrom(seed + 2));
  const { questions, ...people } = peopleIn<SeenMessage>(dana, {
    asked,
    chat: (who) => slack.chatWithBot(who),
    nameOf: ({ ts }) => ts,
    offers: (message, button) => buttonIn(message, button) !== undefined,
    press: (who, message, button) => slack.act.press(who, message, buttonIn(message, button) ?? ''),
    async fillIn(who, answers) {
      await slack.until(() => slack.visibleTo(who).modals.some(({ blocks }) => has(blocks, 'driver')), patienceMs);
      await slack.act.submit(who, answers);
    },
    async say(who, text) {
      const said = await slack.do.say(who, slack.channel('sales-leaders'), text);
      return () => slack.thread(who, said);
    },
    until: slack.until,
    answer: (who, tap, number) => answer(slack, who, tap, number),
  });
  return {
    ...people,
    env: slackEnv(slack, transport),
    readyAt: transport === 'http' ? 'public' : 'local',
    weather: { ...weather, clear: async () => slack.clearFaults() },
    settled: () => slack.settled(),
    async standing(tables) {
      const history = await readHistory(tables, 'slack');
      return {
        missing: [...neverPosted(slack, history), ...(await notStanding(tables, slack))],
        doubled: twice(allPosts(slack).flatMap((post) => outboxIdOf(post) ?? [])).map((id) => `outbox row ${id} stands twice`),
        explained: 0,
        complaints: refused(slack).map((call) => `${call.method}: ${call.answer}`),
        questions: questions(),
      };
    },
    close: () => slack.close(),
  };
}

/** What Slack did not take. Pictures that it could not fetch while Plumb was away count only when the same words did not go out later. */
function refused({ calls }: FakeSlack): Call[] {
  return calls.filter((call, at) => {
    if (!call.answer.startsWith('invalid_')) return false;
    const wentOut = calls.slice(at + 1).some((later) => later.answer === 'ok' && isSame(later, call));
    return !(wentOut && showsPicture(call));
  });
}

function isSame(one: Call, other: Call): boolean {
  return one.method === other.method && ['channel', 'ts', 'text'].every((name) => one.body[name] === other.body[name]);
}

function showsPicture({ body }: Call): boolean {
  return /"type":\s*"image"/.test(typeof body['blocks'] === 'string' ? body['blocks'] : JSON.stringify(body['blocks'] ?? []));
}

/** Answers the newest question: with one tap and a line, with figures, or in the form that takes several programmes. */
async function answer(slack: FakeSlack, who: string, tap: Tap, number: () => number): Promise<Given[]> {
  const newest = slack.chatWithBot(who).findLast(({ shown, blocks }) => isQuestion(shown) && elementsOf(blocks).length > 0);
  const wanted = newest && elementsOf(newest.blocks).find(({ label }) => ['Answer', 'Add a line', 'Send the figures'].includes(label));
  if (!newest || !wanted) return [];
  slack.state.stacks.set(who, []);
  if (!(await orUnknown(slack.act.press(who, newest, wanted.actionId)))) return [];
  const modal = await orUnknown(slack.until(() => slack.visibleTo(who).modals.find(({ blocks, submit }) => submit && blocks.some(isField)), FORM_PATIENCE_MS));
  if (!modal) return [];
  const ids = modal.blocks.filter(isField).flatMap(({ block_id: id }) => id ?? []);
  const { filling, given } = filledIn(ids, { as: who, status: tap.toLowerCase(), number });
  if (ids.includes('plumb-choice')) filling['plumb-choice'] = tap;
  const sent = await orUnknown(slack.act.submit(who, filling, modal.id));
  // What stays open was refused, or nobody knows.
  const arrived = sent !== undefined && slack.visibleTo(who).modals.every(({ id }) => id !== modal.id);
  return arrived ? given : [];
}

function isField({ type }: Block): boolean {
  return type === 'input';
}

function has(blocks: readonly Block[], id: string): boolean {
  return blocks.some(({ block_id }) => block_id === id);
}

function buttonIn({ blocks }: SeenMessage, name: string): string | undefined {
  return elementsOf(blocks).find(({ actionId }) => actionId.endsWith(`:${name}`))?.actionId;
}
