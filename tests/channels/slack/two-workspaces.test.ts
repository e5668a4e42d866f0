import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { actionIds } from '../../../src/views/actions.ts';
import type { Running } from '../../e2e/start-plumb.ts';
import type { SeenMessage, SeenPlace } from './fake-slack/seen.ts';
import { alignmentsOf, dumpOf, lessonsOf, lettersOf, placesOnlyIn, rowsOf, snapshotOf, textsOf } from './kept-rows.ts';
import { everythingIn, ids, install, type ManySlacks, type Organisation, openManySlacks, sendSigned } from './many-slacks.ts';

jest.setTimeout(240_000);

const { dana, priya, tomas, sales } = ids;
let many: ManySlacks;
let plumb: Running;
const threads = new Map<Organisation, { channel: string; ts: string }>();

beforeAll(async () => {
  many = await openManySlacks();
  plumb = await many.start();
  many.target(plumb);
  await waitFor(() => /slack\/events/.test(plumb.log.join('')));
  for (const one of all()) expect(await install(plumb, one)).toMatchObject({ status: 200, page: expect.stringContaining('<h1>') });
  await Promise.all(all().map(({ slack }) => slack.do.inviteBot(priya, sales)));
  await Promise.all(all().map(({ slack }) => slack.until(() => slack.chatWithBot(priya).length > 0 && slack.visibleTo(dana).places.some(hasPost), 20_000)));
});

afterAll(async () => {
  await plumb?.stop();
  await many?.close();
});

describe('several workspaces and an organisation in one Plumb', () => {
  it('talk at once, in conversations with the same ids, each about its own', async () => {
    await Promise.all(all().map(agree));
    expect(new Set(all().map((one) => threads.get(one)?.ts))).toEqual(new Set([threadOf(many.organisations.north).ts]));
    for (const one of all()) {
      const { slack, marker } = one;
      expect(
        slack
          .thread(dana, threadOf(one))
          .map(({ shown }) => shown)
          .join('\n'),
      ).toContain(`Alignment brief: ${marker}`);
      await slack.until(() => slack.chatWithBot(tomas).length > 0, 20_000);
    }
    expectNothingElsewhere();
  });

  it('keep apart what one person does who has the same id in each', async () => {
    const { north, south, grid } = many.organisations;
    await pressIn(north, tomas, 'accept-introduction');
    await pressIn(south, tomas, 'decline-introduction');
    const state = (one: Organisation) => snapshotOf(plumb, 'person', `slack/${one.tenant}/${tomas}`);
    await waitFor(() => state(north).includes('"accepted"') && state(south).includes('"declined"'));
    expect(state(grid)).toContain('"pending"');
    expectNothingElsewhere();
  });

  it('show in Home, in lists and in settings nothing of each other', async () => {
    for (const one of all()) {
      const { slack } = one;
      for (const who of [dana, priya, tomas]) {
        await slack.do.openHome(who);
        await slack.until(() => slack.visibleTo(who).home, 10_000);
        await slack.act.command(who, sales, '/plumb list');
        await slack.act.command(who, sales, '/plumb status');
        await slack.act.command(who, sales, '/plumb settings');
      }
      expect(slack.visibleTo(dana).home?.shown).toContain(one.marker);
    }
    await many.organisations.north.slack.act.command(priya, sales, '/plumb listen off');
    await waitFor(() =>
      rowsOf<{ body: string }>(plumb, "select body from settings where tenant = 'T0NORTH01'").some(({ body }) =>
        body.includes(`"silencedPlaces":["${sales}"]`),
      ),
    );
    expect(
      rowsOf<{ body: string }>(plumb, "select body from settings where tenant <> 'T0NORTH01'").every(({ body }) => body.includes('"silencedPlaces":[]')),
    ).toBe(true);
    await settled();
    expectNothingElsewhere();
  });

  it('refuse every button, form and place of another workspace, and log it without content', async () => {
    const { north, south } = many.organisations;
    await teachAndFail(north);
    await settled();
    const before = dumpOf(plumb, north);
    await pressAll(south, [priya, dana], forgeries(north));
    await settled();
    expect(dumpOf(plumb, north)).toEqual(before);
    expectNothingElsewhere();
    expect(plumb.log.join('')).toContain('A card named an alignment of another organisation; it was refused.');
    expect(plumb.log.join('')).toContain('A card named a programme of another organisation; it was refused.');
    expect(plumb.log.join('')).toContain('A press named a dead letter that is not there or not of this organisation; it was refused.');
  });

  it('take no words of another workspace into their own, although their author has the same id', async () => {
    const { north, south } = many.organisations;
    const { slack, marker } = south;
    const said = await slack.do.say(dana, sales, `We need a ${marker} presentation training for the new hires in May`);
    await slack.until(() => slack.thread(dana, said).at(-1), 20_000);
    const own = alignmentsOf(plumb, south);
    const [place] = placesOnlyIn(north);
    const actions = ['choose-question', 'resolve-person', 'change-something', 'who-said-this'];
    const texts = textsOf(plumb, north).slice(0, 6);
    const forgeries = own.flatMap((alignment) =>
      texts.flatMap((text) =>
        ['owner', 'context'].flatMap((question) =>
          actions.map((action): Forged => ({ action, kind: 'act', value: { alignment, text, name: `${text}:0:40`, question }, place: sales })),
        ),
      ),
    );
    await pressAll(south, [dana], forgeries);
    for (const alignment of own)
      await press(south, dana, { action: 'submit-audience', kind: 'submit', value: { alignment }, place: sales, inputs: { audience: place ?? '' } });
    await slack.do.say(dana, sales, 'What do you have so far?', { thread: said.ts });
    await settled();
    expectNothingElsewhere();
  });

  it('have no way in for a team that nobody installed Plumb in', async () => {
    const before = rowsOf(plumb, 'select count(*) as count from inbox');
    const { north } = many.organisations;
    const [alignment] = alignmentsOf(plumb, north);
    const answer = await sendSigned(plumb, {
      payload: payloadOf({ team: 'T0STRANGE' }, dana, { action: 'answer-in-form', kind: 'form', value: { alignment: alignment ?? '' }, place: sales }),
    });
    expect(answer.text).toBe('');
    const event = { type: 'message', channel: sales, channel_type: 'channel', user: dana, ts: '1795335373.000100', text: 'We need a course on Sandcastle' };
    expect((await sendSigned(plumb, { event: { type: 'event_callback', team_id: 'T0STRANGE', event_id: 'Ev1', event_time: 1, event } })).status).toBe(200);
    expect(rowsOf(plumb, 'select count(*) as count from inbox')).toEqual(before);
    expect(plumb.log.join('')).not.toContain('Sandcastle');
  });

  it('leave no word, name or token in the log, at whatever level', () => {
    const log = plumb.log.join('');
    for (const one of all()) {
      expect(log.toLowerCase()).not.toContain(one.marker.toLowerCase());
      for (const token of one.slack.state.tokens.keys()) expect(log).not.toContain(token);
    }
    expect(log).not.toMatch(/xox[bep]|xoxe|local-client-secret|local-signing-secret/);
  });
});

function all(): Organisation[] {
  return Object.values(many.organisations);
}

/** From the request to the signed brief. */
async function agree(one: Organisation): Promise<void> {
  const { slack, marker } = one;
  const said = await slack.do.say(dana, sales, `Can we get a two-day ${marker} negotiation course for our 60 account managers before the end of March?`);
  threads.set(one, said);
  const reply = await slack.until(() => slack.thread(dana, said).at(-1), 20_000);
  await slack.act.press(dana, reply, 'Answer in a form');
  await slack.until(() => slack.visibleTo(dana).modals.at(-1)?.callbackId === 'plumb-form', 10_000);
  const at = (words: string) => `${words} at ${marker} Foods`;
  await slack.act.submit(dana, {
    driver: at('We lost 9% margin since May, the board wants it back'),
    contribution: at('Account managers hold price by trading instead of discounting, so margin returns'),
    sufficiency: at('Training plus a discount approval rule that sales ops changes'),
    owner: `Priya ${marker}`,
    'owner-role': at('Priya opens each session and reviews two deals a week'),
    'manager-role': `Tomas ${marker} coaches one deal with each rep every week`,
    'leading-kpis': 'Discount rate from 14% to 9% by June',
    'data-source': at('Salesforce, sales ops pulls it weekly'),
    'weekly-call': 'Mondays at 9:00, Priya and Tomas',
    context: at('Hospital buyers who compare three offers'),
    reinforcement: at('Weekly deal coaching and a checklist'),
    budget: at('Yes, 20k decided by Priya'),
  });
  const draft = await slack.until(() => withButton(slack.thread(dana, said), 'looks-right'), 20_000);
  await slack.act.press(dana, draft, 'Looks right');
  await slack.until(() => slack.thread(dana, said).some(({ shown }) => shown.startsWith('Agreed.')), 20_000);
}

/** A lesson, and something that could not be delivered. */
async function teachAndFail(one: Organisation): Promise<void> {
  const { slack, marker } = one;
  await slack.act.command(priya, sales, '/plumb listen on');
  const said = await slack.do.say(dana, sales, `We need a ${marker} presentation training for the new hires in May`);
  const reply = await slack.until(() => slack.thread(dana, said).at(-1), 20_000);
  await slack.act.press(dana, reply, 'Not a request');
  slack.fault('chat.postMessage', { kind: 'error', error: 'invalid_blocks' }, { times: 3 });
  await slack.do.say(dana, sales, `We need a ${marker} coaching workshop for all managers in June`);
  await waitFor(() => lettersOf(plumb, one).length > 0 && lessonsOf(plumb, one).length > 0);
  slack.clearFaults();
}

type Forged = { action: string; kind: 'act' | 'form' | 'submit'; value: Record<string, string>; place: string; inputs?: Record<string, string> };

/** Every button and form that there is, naming everything of that workspace. */
function forgeries(of: Organisation): Forged[] {
  const [place = ''] = placesOnlyIn(of);
  const [text = ''] = textsOf(plumb, of);
  const whatever = [...lettersOf(plumb, of), ...lessonsOf(plumb, of)];
  const inputs = {
    person: tomas,
    audience: place,
    where: place,
    place,
    request: 'A course',
    answer: 'Nine',
    driver: 'Nine',
    question: 'driver',
    correction: 'No',
    note: 'N',
  };
  const [alignment = ''] = rowsOf<{ id: string }>(plumb, `select id from aggregates where kind = 'programme' and tenant = '${of.tenant}'`).map(({ id }) => id);
  const value = {
    alignment,
    programme: alignment,
    place,
    text,
    name: `${text}:0:40`,
    question: 'driver',
    person: tomas,
    other: '0',
    version: '1',
    week: '2026-W48',
  };
  const all = (action: string, id: string) => (['act', 'form', 'submit'] as const).map((kind) => ({ action, kind, value: { ...value, id }, place, inputs }));
  return [
    ...actionIds.filter((action) => action !== 'forget-me').flatMap((action) => all(action, whatever[0] ?? '')),
    ...whatever.flatMap((id) => ['replay-dead-letter', 'undo-lesson'].flatMap((action) => all(action, id))),
  ];
}

let presses = 0;

function payloadOf({ team }: Pick<Organisation, 'team'>, who: string, { action, kind, value, place, inputs = {} }: Forged): Record<string, unknown> {
  presses += 1;
  const enterprise = team.startsWith('T0GRID') ? { id: 'E0GRID001', name: 'Grid' } : null;
  const common = {
    user: { id: who, team_id: team },
    team: { id: team, domain: 'x' },
    enterprise,
    is_enterprise_install: enterprise !== null,
    trigger_id: `${presses}.forged`,
    api_app_id: 'A0PLUMB01',
    token: 'x',
  };
  if (kind !== 'submit') {
    const message = { ts: '1795335373.000100', thread_ts: '1795335373.000100', type: 'message', text: '' };
    const actions = [{ type: 'button', action_id: `${kind}:0:${action}`, block_id: 'b', value: JSON.stringify(value), action_ts: '1' }];
    return {
      type: 'block_actions',
      ...common,
      channel: { id: place, name: 'x' },
      message,
      container: { type: 'message', channel_id: place, message_ts: message.ts },
      actions,
    };
  }
  const values = Object.fromEntries(Object.entries(inputs).map(([id, typed]) => [id, { field: { type: 'plain_text_input', value: typed } }]));
  const metadata = JSON.stringify({ submit: action, value, context: { place, thread: '1795335373.000100' } });
  const view = { id: 'V1', type: 'modal', callback_id: 'plumb-form', private_metadata: metadata, blocks: [], state: { values } };
  return { type: 'view_submission', ...common, view };
}

/** A few at a time, as people do. */
async function pressAll(one: Organisation, people: readonly string[], forgeries: readonly Forged[]): Promise<void> {
  const waiting = people.flatMap((who) => forgeries.map((forged) => ({ who, forged })));
  const next = async (): Promise<void> => {
    for (let each = waiting.shift(); each; each = waiting.shift()) await press(one, each.who, each.forged);
  };
  await Promise.all([next(), next(), next(), next()]);
}

async function press(one: Organisation, who: string, forged: Forged): Promise<void> {
  const { status, text } = await sendSigned(plumb, { payload: payloadOf(one, who, forged) });
  expect(status).toBe(200);
  for (const other of all()) if (other !== one) expect(text).not.toContain(other.marker);
}

/** Presses a button of theirs in their chat with Plumb. */
async function pressIn({ slack }: Organisation, who: string, action: string): Promise<void> {
  const [message, button] = await slack.until(() => {
    const messages = slack.chatWithBot(who);
    return messages.flatMap((one) => buttonsOf(one).flatMap((id) => (id.endsWith(`:${action}`) ? [[one, id] as const] : [])))[0];
  }, 20_000);
  await slack.act.press(who, message, button);
}

function withButton(messages: readonly SeenMessage[], action: string): SeenMessage | undefined {
  return messages.findLast((message) => buttonsOf(message).some((id) => id.endsWith(`:${action}`)));
}

function buttonsOf({ blocks }: SeenMessage): string[] {
  return [...JSON.stringify(blocks).matchAll(/"action_id":"([^"]+)"/g)].map(([, id = '']) => id);
}

function hasPost({ messages }: SeenPlace): boolean {
  return messages.some(({ fromApp }) => fromApp);
}

function threadOf(one: Organisation): { channel: string; ts: string } {
  return threads.get(one) ?? { channel: sales, ts: '' };
}

/** Nobody was given a word of another organisation: not in a call, an answer, a view, or something only one person sees. */
function expectNothingElsewhere(): void {
  for (const one of all()) {
    const everything = everythingIn(one).toLowerCase();
    expect(everything).toContain(one.marker.toLowerCase());
    for (const other of all()) if (other !== one) expect([one.tenant, everything.includes(other.marker.toLowerCase())]).toEqual([one.tenant, false]);
  }
}

/** Nothing is on its way any more; what failed may wait for its next try. */
async function settled(): Promise<void> {
  await Promise.all(all().map(({ slack }) => slack.settled()));
  const waiting = () => rowsOf<{ count: number }>(plumb, "select count(*) as count from inbox where status = 'waiting' and attempts = 0")[0]?.count ?? 0;
  const unsent = () =>
    rowsOf<{ count: number }>(plumb, "select count(*) as count from outbox where status = 'waiting' and attempts = 0 and due_at <= stored_at")[0]?.count ?? 0;
  await waitFor(() => waiting() === 0 && unsent() === 0);
}

async function waitFor(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It did not happen within half a minute.');
}
