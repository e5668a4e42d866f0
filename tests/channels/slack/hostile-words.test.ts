import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { questionIds } from '../../../src/domain/questions.ts';
import type { Running } from '../../e2e/start-plumb.ts';
import { startPlumb } from '../../e2e/start-plumb.ts';
import { type FakeSlack, openFakeSlack } from './fake-slack/open-fake-slack.ts';

jest.setTimeout(90_000);

/** What somebody might type to have it taken for Slack's own language, with a word by which it is found again. */
const hostile =
  'Zebra <!channel> <!here|x> <!subteam^S1> <@U0SAM0001> <https://evil.example|our bank> *b* _i_ ~s~ `c` ```d``` > q :bomb: &lt;!everyone&gt; @channel @here';
const [dana, priya, sales] = ['U0DANA001', 'U0PRIYA01', 'C0SALES01'];

let slack: FakeSlack;
let plumb: Running;

beforeAll(async () => {
  slack = await openFakeSlack({
    requestUrl: () => /"url":"([^"]+\/slack\/events)"/.exec(plumb?.log.join('') ?? '')?.[1],
    teams: [
      {
        id: 'T0PLUMB01',
        name: 'Northwind',
        people: [
          { id: dana, name: 'dana', realName: 'Dana <!channel> *Bold* <https://evil.example|x> Zebra' },
          { id: priya, name: 'priya', realName: 'Priya & <!here> _Raman_ Zebra', isAdmin: true },
          { id: 'U0SAM0001', name: 'sam' },
        ],
        channels: [{ id: sales, name: 'sales-<!channel>-*zebra*', bot: true }],
      },
    ],
  });
  plumb = await startPlumb({
    env: { SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: slack.botToken(), SLACK_SIGNING_SECRET: slack.app.signingSecret, HOST: '127.0.0.1', ENCODER: 'off' },
  });
  await slack.until(() => plumb.log.join('').includes('/slack/events'));
});
afterAll(async () => {
  await plumb?.stop();
  await slack?.close();
});

it('whatever people write comes back as words, everywhere that it is shown', async () => {
  const said = await slack.do.say(
    dana,
    sales,
    `<@${slack.state.installs[0]?.botUserId}> We need a negotiation training on ${escaped(hostile)} for our managers before March`,
    { raw: true },
  );
  const first = await slack.until(() => slack.thread(dana, said).find(({ fromApp }) => fromApp), 20_000);
  await slack.act.press(dana, first, 'Answer in a form');
  await slack.until(() => slack.visibleTo(dana).modals.at(-1)?.callbackId === 'plumb-form', 10_000);
  await slack.act.submit(dana, Object.fromEntries(questionIds.map((id) => [id, `${id} is ${hostile}`])));
  const withButton = (action: string) => slack.thread(dana, said).findLast(({ blocks }) => JSON.stringify(blocks).includes(`:${action}"`));
  // What is still unclear is asked once more each.
  for (let asked = ''; !withButton('looks-right'); ) {
    const next = await slack.until(() => withButton('looks-right') ?? (withButton('skip')?.ts === asked ? undefined : withButton('skip')), 20_000);
    asked = next.ts;
    if (!withButton('looks-right')) await slack.act.press(dana, next, 'Skip');
  }
  const draft = () => withButton('looks-right') ?? first;
  for (const label of ['Who said this?', 'Change something', 'Export as Markdown', 'Choose who sees it']) await slack.act.press(dana, draft(), label);
  await slack.act.press(dana, draft(), 'Looks right');
  await slack.act.command(dana, sales, '/plumb list');
  await slack.act.command(dana, sales, `/plumb start ${hostile}`);
  await slack.do.openHome(dana);
  await slack.do.openHome(priya);
  await slack.until(() => slack.visibleTo(priya).home && slack.visibleTo(dana).home, 20_000);
  await slack.settled();
  const shown = [...slack.calls.map(({ body }) => body), ...slack.deliveries.map(({ answer }) => answer.body), ...slack.state.ephemerals];
  const texts = shown.flatMap(textsIn);
  expect(texts.filter((text) => text.includes('Zebra')).length).toBeGreaterThan(20);
  const special = texts
    .flatMap((text) => text.match(/<[^>]*>?/g) ?? [])
    .filter((one) => !/^<(@[UW]\w+|!date\^\d+\^[^<>|]*\|[^<>]*|https?:\/\/(northwind\.slack\.com|127\.0\.0\.1)[^<>]*)>$/.test(one));
  expect(special).toEqual([]);
  expect(slack.calls.filter(({ answer }) => /^invalid/.test(answer))).toEqual([]);
  expect(plumb.log.join('')).not.toMatch(/Zebra|evil/);
});

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Texts that Slack reads as its own language: mrkdwn, and the text of messages. What is plain_text, a value or metadata it shows as it is. */
function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { type, text, ...rest } = value as Record<string, unknown>;
  const read = typeof text === 'string' && type !== 'plain_text' && !(type === 'text' || type === 'link') ? [text] : textsIn(text);
  return [...read, ...Object.entries(rest).flatMap(([key, inner]) => (key === 'private_metadata' || key === 'metadata' ? [] : textsIn(inner)))];
}
