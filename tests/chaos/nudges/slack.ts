import { elementsOf } from '../../channels/slack/fake-slack/field-values.ts';
import type { Block, Call } from '../../channels/slack/fake-slack/model.ts';
import type { FakeSlack } from '../../channels/slack/fake-slack/open-fake-slack.ts';
import type { SeenMessage } from '../../channels/slack/fake-slack/seen.ts';
import { readHistory, twice } from '../history.ts';
import { randomFrom } from '../random.ts';
import { allPosts, outboxIdOf } from '../slack/posts.ts';
import { openSlackForTrial, slackEnv } from '../slack/trial.ts';
import { neverPosted, notStanding } from '../slack/verify.ts';
import { createWeather } from '../slack/weather.ts';
import { agreed, briefPatienceMs, type Given, isQuestion, type NudgeWorld, orUnknown, type Programme, patienceMs, type Tap } from './world.ts';

const FORM_PATIENCE_MS = 4_000;

type World = { now: () => number; seed: number; requestUrl: () => string | undefined };

/** A local Slack over HTTP in which Dana asks and signs, Tomas and Keiko are asked, and Sam has the figures. */
export async function openSlackWorld({ now, seed, requestUrl }: World): Promise<NudgeWorld> {
  const slack = await openSlackForTrial({ requestUrl, metadata: 'readable', now });
  const [dana = '', tomas = '', keiko = '', sam = ''] = slack.people('dana', 'tomas', 'keiko', 'sam');
  const asked = [tomas, keiko, sam];
  const weather = createWeather(slack, randomFrom(seed + 2));
  const accepted = new Set<string>();
  return {
    env: slackEnv(slack, 'http'),
    readyAt: 'public',
    zones: { [tomas]: 'Europe/Madrid', [keiko]: 'Asia/Tokyo', [sam]: 'Africa/Lagos' },
    agree: (programme) => agree(slack, dana, programme),
    async acceptIntroductions() {
      for (const who of asked) {
        for (const message of slack.chatWithBot(who).filter((one) => !accepted.has(one.ts) && buttonIn(one, 'accept-introduction'))) {
          await slack.act.press(who, message, buttonIn(message, 'accept-introduction') ?? '');
          accepted.add(message.ts);
        }
      }
      return accepted.size;
    },
    async answerAll(tap, number) {
      const given: Given[] = [];
      for (const who of asked) given.push(...(await answer(slack, who, tap, number)));
      return given;
    },
    weather: { ...weather, clear: async () => slack.clearFaults() },
    settled: () => slack.settled(),
    async standing(tables) {
      const history = await readHistory(tables);
      return {
        missing: [...neverPosted(slack, history), ...(await notStanding(tables, slack))],
        doubled: twice(allPosts(slack).flatMap((post) => outboxIdOf(post) ?? [])).map((id) => `outbox row ${id} stands twice`),
        explained: 0,
        complaints: refused(slack).map((call) => `${call.method}: ${call.answer}`),
        questions: Object.fromEntries(asked.map((who) => [who, slack.chatWithBot(who).filter(({ shown }) => isQuestion(shown)).length])),
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

async function agree(slack: FakeSlack, dana: string, { request, weeklyCall }: Programme): Promise<void> {
  const said = await slack.do.say(dana, slack.channel('sales-leaders'), `@Plumb ${request}`);
  const press = async (name: string, patience = patienceMs): Promise<boolean> => {
    const found = await slack.until(() => slack.thread(dana, said).findLast((one) => buttonIn(one, name)), patience).catch(() => undefined);
    if (found) await slack.act.press(dana, found, buttonIn(found, name) ?? '');
    else if (patience === patienceMs) throw new Error(`Nobody saw the button "${name}".`);
    return found !== undefined;
  };
  await press('answer-in-form');
  await slack.until(() => slack.visibleTo(dana).modals.some(({ blocks }) => has(blocks, 'driver')), patienceMs);
  await slack.act.submit(dana, { ...agreed, 'weekly-call': weeklyCall });
  await press('challenge-as-asked', briefPatienceMs);
  await press('looks-right');
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
  const given: Given[] = [];
  const write = (words: string): string => {
    given.push({ as: who, words });
    return words;
  };
  const filling = Object.fromEntries(
    modal.blocks.filter(isField).flatMap(({ block_id: id = '' }): [string, string][] => {
      if (id === 'plumb-choice') return [[id, tap]];
      if (id.startsWith('status-')) return [[id, tap.toLowerCase()]];
      if (id === 'note' || id.startsWith('note-')) return [[id, write(`${who} ${number()}`)]];
      return id.startsWith('reading-') ? [[id, write(String(1_000 + number()))]] : [];
    }),
  );
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
