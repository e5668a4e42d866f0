import { type FakeSlack, openFakeSlack } from '../../channels/slack/fake-slack/open-fake-slack.ts';
import { usualScopes, usualTeam } from '../../channels/slack/fake-slack/seed.ts';
import { coachFigures } from '../history.ts';
import { createPlumbs, type Plumbs } from '../plumbs.ts';
import { randomFrom } from '../random.ts';
import { runTrial, type Side, type Trial, withDatabase } from '../run-trial.ts';
import type { Outcome } from '../trial.ts';
import { type Talk, talk } from './people.ts';
import { verify } from './verify.ts';
import { createWeather, type Weather } from './weather.ts';

export type Transport = 'http' | 'socket';
/** Whether Plumb may read the metadata of its posts, by which it recognises them. */
type Metadata = 'readable' | 'unreadable';
export type SlackTrial = Trial & { transport: Transport; metadata: Metadata };

// Slack tries again after 0, 60,000 and 300,000 ms, which is long beside a restart; here Plumb is down about half of the time, so there are more tries.
const retryDelaysMs = [50, 400, 2_000, 5_000, 10_000, 15_000, 15_000, 15_000, 15_000];

/** People talk with Plumb in a local Slack while it is killed `kills` times. Throws when it does not come to rest or does not start. */
export function trySlack(trial: SlackTrial): Promise<Outcome[]> {
  return withDatabase(trial, async (home, location) => {
    let plumbs: Plumbs | undefined;
    const slack = await openSlackForTrial({ requestUrl: () => plumbs && `${plumbs.publicUrl()}/slack/events`, metadata: trial.metadata });
    try {
      // Over Socket Mode there is no public listener.
      const readyAt = trial.transport === 'http' ? 'public' : 'local';
      plumbs = await createPlumbs(home, trial.processes, { env: () => slackEnv(slack, trial.transport), readyAt });
      return await runTrial(trial, plumbs, location, async () => [slackSide(slack, trial)]);
    } finally {
      await plumbs?.end();
      await slack.close();
    }
  });
}

export function openSlackForTrial(options: { requestUrl: () => string | undefined; metadata: Metadata; now?: () => number }): Promise<FakeSlack> {
  const { metadata, ...rest } = options;
  return openFakeSlack({ ...rest, retryDelaysMs, teams: [teamFor(metadata)] });
}

/** What connects Plumb to that Slack. */
export function slackEnv(slack: FakeSlack, transport: Transport): Record<string, string> {
  const way: Record<string, string> = transport === 'http' ? { SLACK_SIGNING_SECRET: slack.app.signingSecret } : { SLACK_APP_TOKEN: slack.app.appToken };
  return { ...way, SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: slack.botToken() };
}

function teamFor(metadata: Metadata): typeof usualTeam {
  const scopes = usualScopes.filter((scope) => metadata === 'readable' || scope !== 'metadata.message:read');
  return { ...usualTeam, scopes, channels: (usualTeam.channels ?? []).map((channel) => ({ ...channel, bot: true })) };
}

/** Lets the talking begin. */
export function slackSide(slack: FakeSlack, { seed, metadata }: Pick<SlackTrial, 'seed' | 'metadata'>): Side {
  const conversation = talk(slack, randomFrom(seed + 1));
  const weather = createWeather(slack, randomFrom(seed + 2));
  return {
    channel: 'slack',
    talk: conversation,
    weather: { ...weather, clear: async () => slack.clearFaults() },
    settled: () => slack.settled(),
    async judge(tables, history, kills) {
      const verdict = await verify(tables, history, { slack, talk: conversation, tenant: usualTeam.id, kills, unanswered: weather.unanswered });
      // Where they cannot be recognised, those under way at a kill may come twice.
      const duplicatePosts = metadata === 'readable' ? verdict.duplicatePosts : verdict.unexplained;
      const figures = { ...figuresOf(slack, conversation, weather), ...coachFigures(history) };
      return {
        ...verdict,
        duplicatePosts,
        presses: conversation.pressed.length,
        figures: { ...figures, never_heard: verdict.neverHeard, doubled_under_way: verdict.duplicatePosts.length - duplicatePosts.length },
        failed: false,
      };
    },
  };
}

function figuresOf(slack: FakeSlack, { pressed, started }: Talk, { unanswered }: Weather): Record<string, number> {
  return {
    forms: pressed.filter(({ by }) => by === 'form').length,
    commands: started.length,
    answers_lost: unanswered.size,
    refused_events: slack.deliveries.filter(({ kind, answer }) => kind === 'events_api' && answer.status >= 500).length,
    retried_events: slack.deliveries.filter(({ attempt }) => attempt > 0).length,
    posts: slack.callsTo('chat.postMessage').length,
  };
}
