import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Running, startPlumb } from '../e2e/start-plumb.ts';
import { elementsOf } from './slack/fake-slack/field-values.ts';
import { type FakeSlack, openFakeSlack } from './slack/fake-slack/open-fake-slack.ts';
import { rowsOf } from './slack/kept-rows.ts';
import { type FakeTeams, openFakeTeams } from './teams/fake-teams/open-fake-teams.ts';

// Two conversations to the signed brief, on a machine that may be busy.
jest.setTimeout(120_000);

const patienceMs = 30_000;
/** The same in both: tenant, people, place, and, as both count from the same moment in the same way, messages. */
const ids = { tenant: 'T0PLUMB01', dana: 'U0DANA001', tomas: 'U0TOMAS01', sales: 'C0SALES01' } as const;
const { dana, tomas, sales } = ids;
const inSlack = 'Quillfeather';
const inTeams = 'Marrowgate';

let plumb: Running;
let slack: FakeSlack;
let teams: FakeTeams;

beforeAll(async () => {
  const startedAt = nextWorkingHour(Date.now());
  slack = await openFakeSlack({
    requestUrl: () => `${slackAddress()}/slack/events`,
    now: () => startedAt,
    teams: [
      {
        id: ids.tenant,
        name: inSlack,
        people: [
          { id: dana, name: 'dana', realName: `Dana ${inSlack}` },
          { id: tomas, name: 'tomas', realName: `Tomas ${inSlack}` },
        ],
        channels: [{ id: sales, name: 'sales', bot: true }],
      },
    ],
  });
  teams = await openFakeTeams({
    messagesUrl: () => `${plumb.url}/api/messages`,
    now: () => startedAt,
    tenants: [
      {
        id: ids.tenant,
        name: inTeams,
        people: [
          { id: dana, handle: 'dana', name: `Dana ${inTeams}` },
          { id: tomas, handle: 'tomas', name: `Tomas ${inTeams}` },
        ],
        teams: [{ id: 'C0TEAM001', name: 'Sales', app: true, channels: [{ id: sales, name: 'sales' }] }],
      },
    ],
  });
  teams.state.nextId = countingLikeSlack(startedAt);
  plumb = await startPlumb({
    env: {
      HOST: '127.0.0.1',
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: slack.botToken(),
      SLACK_SIGNING_SECRET: slack.app.signingSecret,
      TEAMS_LOCAL: 'on',
      ENCODER: 'off',
      PLUMB_CLOCK_OFFSET: String(startedAt - Date.now()),
    },
  });
  while (!/slack\/events/.test(plumb.log.join(''))) await pause(20);
});

afterAll(async () => {
  await plumb?.stop();
  await slack?.close();
  await teams?.close();
});

describe('Slack and Teams in one process with one store', () => {
  it('lead two conversations whose ids are all the same to two briefs', async () => {
    const [slackThread, teamsThread] = await Promise.all([agreeInSlack(), agreeInTeams()]);
    expect(teamsThread).toBe(slackThread);
    const opened = rowsOf<{ body: string }>(plumb, "select body from events where type = 'AlignmentOpened' order by body").map(({ body }) => JSON.parse(body));
    expect(opened.map(({ conversation }) => conversation.channel).toSorted()).toEqual(['slack', 'teams']);
    expect(new Set(opened.map(({ conversation: { channel: _, ...where } }) => JSON.stringify(where))).size).toBe(1);
  });

  it('told neither of them anything of the other', async () => {
    const toldSlack = JSON.stringify([slack.calls, slack.deliveries.map(({ answer }) => answer.body)]);
    const toldTeams = JSON.stringify([teams.calls, teams.deliveries.map(({ answer }) => answer.body)]);
    expect(toldSlack).toContain(inSlack);
    expect(toldSlack).not.toContain(inTeams);
    expect(toldTeams).toContain(inTeams);
    expect(toldTeams).not.toContain(inSlack);
  });

  it('forget somebody on one platform, whose namesake on the other keeps what they said', async () => {
    const words = (marker: string): number => rowsOf<{ body: string }>(plumb, 'select body from texts').filter(({ body }) => body.includes(marker)).length;
    const before = words(inSlack);
    expect(Math.min(before, words(inTeams))).toBeGreaterThan(1);
    await teams.do.sayToBot(dana, 'forget me');
    const asked = await teams.until(() => teams.chatWithBot(dana).findLast(({ buttons }) => buttons.some(({ title }) => title === 'Forget me')), patienceMs);
    await teams.act.press(dana, asked, 'Forget me');
    await teams.until(() => words(inTeams) === 0, patienceMs);
    expect(words(inSlack)).toBe(before);
    // Nor does the state of the one name her any more, or that of the other a former participant.
    const states = rowsOf<{ snapshot: string }>(plumb, "select snapshot from aggregates where kind <> 'person'").map(({ snapshot }) => snapshot);
    for (const state of states) expect(state.includes(`"${dana}"`)).toBe(state.includes('"slack"'));
  });
});

const request = (marker: string): string => `@Plumb can we get a two-day ${marker} negotiation course for our 60 account managers before the end of March?`;

function filledIn(marker: string): Record<string, string> {
  const at = (words: string): string => `${words} at ${marker} Foods`;
  return {
    driver: at('We lost 9% margin since May, the board wants it back'),
    contribution: at('Account managers hold price by trading instead of discounting, so margin returns'),
    sufficiency: at('Training plus a discount approval rule that sales ops changes'),
    owner: `Tomas ${marker}`,
    'owner-role': at('Tomas opens each session and reviews two deals a week'),
    'manager-role': at('Each manager coaches one deal with each rep every week'),
    'leading-kpis': 'Discount rate from 14% to 9% by June',
    'data-source': at('Salesforce, sales ops pulls it weekly'),
    'weekly-call': 'Mondays at 9:00, Dana and Tomas',
    context: at('Hospital buyers who compare three offers'),
    reinforcement: at('Weekly deal coaching and a checklist'),
    budget: at('Yes, 20k decided by Tomas'),
  };
}

/** From the request to the signed brief; gives the id of the thread. */
async function agreeInSlack(): Promise<string> {
  const said = await slack.do.say(dana, sales, request(inSlack));
  const thread = () => slack.thread(dana, said);
  await slack.act.press(dana, await slack.until(() => thread().at(-1), patienceMs), 'Answer in a form');
  await slack.until(() => slack.visibleTo(dana).modals.at(-1)?.callbackId === 'plumb-form', patienceMs);
  await slack.act.submit(dana, filledIn(inSlack));
  const draft = await slack.until(
    () => thread().findLast(({ blocks }) => elementsOf(blocks).some(({ actionId }) => actionId.endsWith(':looks-right'))),
    patienceMs,
  );
  await slack.act.press(dana, draft, 'Looks right');
  await slack.until(() => thread().some(({ shown }) => shown.includes('Agreed.')), patienceMs);
  return said.ts;
}

async function agreeInTeams(): Promise<string> {
  const said = await teams.do.say(dana, sales, request(inTeams));
  const thread = () => teams.thread(dana, said);
  const withButton = (label: string) => teams.until(() => thread().findLast(({ buttons }) => buttons.some(({ title }) => title === label)), patienceMs);
  await teams.act.press(dana, await withButton('Answer in a form'), 'Answer in a form');
  await teams.act.submitForm(dana, filledIn(inTeams));
  await teams.act.press(dana, await withButton('Looks right'), 'Looks right');
  await teams.until(() => thread().some(({ shown }) => shown.includes('Agreed.')), patienceMs);
  return said.id;
}

/** Ids as Slack has them: seconds and a counter of six digits. */
function countingLikeSlack(startedAt: number): () => string {
  let last = 0;
  return () => {
    last = Math.max(last + 1, startedAt * 1_000);
    return `${Math.floor(last / 1_000_000)}.${String(last % 1_000_000).padStart(6, '0')}`;
  };
}

function slackAddress(): string {
  return /"url":"([^"]+)\/slack\/events"/.exec(plumb.log.join(''))?.[1] ?? '';
}

/** A Wednesday afternoon, so that nothing waits for a better hour. */
function nextWorkingHour(now: number): number {
  const date = new Date(now);
  date.setUTCHours(14, 0, 0, 0);
  date.setUTCDate(date.getUTCDate() + ((3 - date.getUTCDay() + 7) % 7 || 7));
  return date.getTime();
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
