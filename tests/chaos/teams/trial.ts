import { join } from 'node:path';
import { loadPrompts } from '../../../src/prompts.ts';
import { type FakeTeams, openFakeTeams } from '../../channels/teams/fake-teams/open-fake-teams.ts';
import { secondTenant, type TenantSeed, usualTenant } from '../../channels/teams/fake-teams/seed.ts';
import { coachFigures } from '../history.ts';
import { createPlumbs, type Plumbs } from '../plumbs.ts';
import { randomFrom } from '../random.ts';
import { runTrial, type Side, type Trial, withDatabase } from '../run-trial.ts';
import type { Outcome } from '../trial.ts';
import { type Talk, type Talker, talk } from './people.ts';
import { keepOriginals } from './posts.ts';
import { verify } from './verify.ts';
import { createWeather, type Weather } from './weather.ts';

// How often and when Teams tries again is not documented; here Plumb is down about half of the time, so there are many tries.
const retryDelaysMs = [50, 400, 2_000, 5_000, 10_000, 15_000, 15_000, 15_000, 15_000];

/** A second tenant whose team did not consent to more than mentions. */
const tenants: readonly TenantSeed[] = [usualTenant, { ...secondTenant, teams: (secondTenant.teams ?? []).map((team) => ({ ...team, hears: false })) }];

/** Milliseconds to a Wednesday afternoon: working hours in Europe and America, so that nothing that is for one person waits for a better hour. */
export function offsetToWorkingHours(now = Date.now()): number {
  const date = new Date(now);
  date.setUTCHours(14, 0, 0, 0);
  date.setUTCDate(date.getUTCDate() + ((3 - date.getUTCDay() + 7) % 7 || 7));
  return date.getTime() - now;
}

/** People of two tenants talk with Plumb in a local Teams while it is killed `kills` times. Throws when it does not come to rest or does not start. */
export function tryTeams(trial: Trial): Promise<Outcome[]> {
  return withDatabase(trial, async (home, location) => {
    let plumbs: Plumbs | undefined;
    const offset = offsetToWorkingHours();
    const now = () => Date.now() + offset;
    const teams = await openTeamsForTrial({ messagesUrl: () => plumbs && `${plumbs.localUrl()}/api/messages`, now });
    try {
      plumbs = await createPlumbs(home, trial.processes, { env: () => ({ ...teamsEnv(teams), PLUMB_CLOCK_OFFSET: String(offset) }), readyAt: 'local' });
      return await runTrial(trial, plumbs, location, async () => [await teamsSide(teams, trial, now)], now);
    } finally {
      await plumbs?.end();
      await teams.close();
    }
  });
}

export function openTeamsForTrial(options: { messagesUrl: () => string | undefined; now: () => number }): Promise<FakeTeams> {
  return openFakeTeams({ ...options, tenants, retryDelaysMs, rates: true });
}

/** What connects Plumb to that Teams. */
export function teamsEnv(teams: FakeTeams): Record<string, string> {
  const [priya = ''] = teams.people('priya');
  // Without a sign-in it is refused in production.
  return { NODE_ENV: 'development', TEAMS_LOCAL: 'on', TEAMS_ALLOWED_TENANTS: tenants.map(({ id }) => id).join(','), PLUMB_ADMINS: priya };
}

/** Lists an L&D partner, who is told of every request, and lets the talking begin. */
export async function teamsSide(teams: FakeTeams, { seed }: Pick<Trial, 'seed'>, now: () => number): Promise<Side> {
  const [priya = ''] = teams.people('priya');
  await addEverywhere(teams);
  await listPartner(teams, priya);
  await teams.settled();
  const originals = keepOriginals(teams);
  const talkers = talkersIn(teams);
  const words = loadPrompts(join(import.meta.dirname, '../../../prompts')).words;
  const answers = [words.plain('notice.started'), words.plain('notice.already-under-way')];
  const conversation = talk(teams, talkers, words.plain('teams.not-kept'), randomFrom(seed + 3));
  const weather = createWeather(teams, priya, randomFrom(seed + 4));
  return {
    channel: 'teams',
    talk: conversation,
    weather,
    settled: () => teams.settled(),
    async judge(tables, history, kills) {
      const evidence = { teams, talk: conversation, talkers, originals, kills, unanswered: weather.unanswered, answers, now: now() };
      const { misplaced, ...verdict } = await verify(tables, history, evidence);
      for (const item of misplaced.slice(0, 20)) console.log(`misplaced: ${item}`);
      const { neverHeard: never_heard, explained } = verdict;
      const doubled = { again_after_kill: explained.byKill, again_after_lost_answer: explained.byLostAnswer, longest_under_way_ms: explained.longestMs };
      const figures = { ...figuresOf(teams, conversation, weather), ...coachFigures(history), never_heard, ...doubled, misplaced: misplaced.length };
      return { ...verdict, presses: conversation.pressed.length, figures, failed: misplaced.length > 0 };
    },
  };
}

function talkersIn(teams: FakeTeams): Talker[] {
  const north = {
    tenant: teams.tenant('Northwind'),
    marker: 'Quillfeather',
    channels: [teams.channel('sales-leaders'), teams.team('Sales Leaders')],
    mentions: false,
  };
  const south = { tenant: teams.tenant('Southwind'), marker: 'Marrowgate', channels: [teams.channel('deals'), teams.team('Sales South')], mentions: true };
  const [dana = '', tomas = '', keiko = '', olga = ''] = teams.people('dana', 'tomas', 'keiko', 'olga');
  return [
    { ...north, who: dana, chat: teams.chat('Negotiation') },
    { ...north, who: tomas },
    { ...north, who: keiko },
    { ...south, who: olga },
  ];
}

/** Teams tells of each place when Plumb is added there, and of the teams that it is in from the start in this one too. */
async function addEverywhere(teams: FakeTeams): Promise<void> {
  const [dana = '', olga = '', priya = ''] = teams.people('dana', 'olga', 'priya');
  await teams.do.addAppToTeam(dana, teams.team('Sales Leaders'));
  await teams.do.addAppToChat(dana, teams.chat('Negotiation'));
  await teams.do.addAppToTeam(olga, teams.team('Sales South'));
  await teams.do.addApp(priya);
}

async function listPartner(teams: FakeTeams, who: string): Promise<void> {
  const button = 'Add an L&D partner';
  await teams.do.sayToBot(who, 'settings');
  const settings = await teams.until(() => teams.chatWithBot(who).findLast(({ buttons }) => buttons.some(({ title }) => title === button)), 20_000);
  await teams.act.press(who, settings, button);
  await teams.act.submitForm(who, { person: who });
}

function figuresOf(teams: FakeTeams, { pressed, started }: Talk, { unanswered, counts }: Weather): Record<string, number> {
  return {
    forms: pressed.filter(({ by }) => by === 'form').length,
    started_otherwise: started.length,
    answers_lost: unanswered.length,
    ...counts,
    refused_activities: teams.deliveries.filter(({ answer }) => answer.status >= 500).length,
    retried_activities: teams.deliveries.filter(({ attempt }) => attempt > 0).length,
    told_privately: teams.state.messages.filter(({ by, place }) => by === undefined && teams.place(place).kind === 'personal').length,
    posts: teams.state.messages.filter(({ by }) => by === undefined).length,
  };
}
