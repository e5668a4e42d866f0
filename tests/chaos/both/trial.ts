import type { FakeSlack } from '../../channels/slack/fake-slack/open-fake-slack.ts';
import type { FakeTeams } from '../../channels/teams/fake-teams/open-fake-teams.ts';
import { createPlumbs, type Plumbs } from '../plumbs.ts';
import { runTrial, type Trial, withDatabase } from '../run-trial.ts';
import { openSlackForTrial, slackEnv, slackSide } from '../slack/trial.ts';
import { offsetToWorkingHours, openTeamsForTrial, teamsEnv, teamsSide } from '../teams/trial.ts';
import type { Outcome } from '../trial.ts';

/** People talk in a local Slack and in a local Teams with one Plumb that serves both. Throws when it does not come to rest or does not start. */
export function tryBoth(trial: Trial): Promise<Outcome[]> {
  return withDatabase(trial, async (home, location) => {
    let plumbs: Plumbs | undefined;
    const offset = offsetToWorkingHours();
    const now = () => Date.now() + offset;
    const metadata = 'readable';
    const slack = await openSlackForTrial({ requestUrl: () => plumbs && `${plumbs.publicUrl()}/slack/events`, metadata, now });
    const teams = await openTeamsForTrial({ messagesUrl: () => plumbs && `${plumbs.localUrl()}/api/messages`, now });
    try {
      plumbs = await createPlumbs(home, trial.processes, { env: () => envOf(slack, teams, offset), readyAt: 'public' });
      const begin = async () => [await teamsSide(teams, trial, now), slackSide(slack, { ...trial, metadata })];
      return await runTrial(trial, plumbs, location, begin, now);
    } finally {
      await plumbs?.end();
      await teams.close();
      await slack.close();
    }
  });
}

function envOf(slack: FakeSlack, teams: FakeTeams, offset: number): Record<string, string> {
  return { ...slackEnv(slack, 'http'), ...teamsEnv(teams), PLUMB_CLOCK_OFFSET: String(offset) };
}
