import type { Clock } from '../../app/ports.ts';
import { createAnswerCache, keyOf } from '../answer-cache.ts';
import { AskError, type AskTeams } from './ask-teams.ts';
import type { Connector } from './connector.ts';
import type { References } from './references.ts';

export type TeamDetails = Awaited<ReturnType<Connector['team']>>;
/** The General channel has the team's id and no name (Microsoft Learn: "Get Teams specific context for your bot"). */
export type TeamChannel = { id: string; name?: string };

// What a team is called and what channels it has; events tell of changes sooner.
const keepTeamsMs = 5 * 60_000;
const mostTeams = 2_000;

/** Each rejects with AskError when Teams does not tell; `last…` are answers that may be out of date. */
export type KnownTeams = {
  details(tenant: string, team: string): Promise<TeamDetails>;
  channels(tenant: string, team: string): Promise<readonly TeamChannel[]>;
  /** As `channels`, or what was last known of them. */
  channelsOrLast(tenant: string, team: string): Promise<readonly TeamChannel[]>;
  /** Where to ask about a team. */
  addressOf(tenant: string, team: string): Promise<string>;
  outdate(tenant: string, team: string): void;
};

type Dependencies = { ask: AskTeams; references: References; connector: Pick<Connector, 'channels' | 'team'>; clock: Clock };

/** Teams that have Plumb, each tenant's for themselves. */
export function createKnownTeams({ ask, references, connector, clock }: Dependencies): KnownTeams {
  const details = createAnswerCache<TeamDetails>({ clock, keepMs: keepTeamsMs, most: mostTeams });
  const lists = createAnswerCache<readonly TeamChannel[]>({ clock, keepMs: keepTeamsMs, most: mostTeams });

  const known: KnownTeams = {
    details: (tenant, team) => details.get(keyOf(tenant, team), () => ask({ tenant, question: 'a team', about: team }, () => askDetails(tenant, team))),
    channels: (tenant, team) =>
      lists.get(keyOf(tenant, team), () =>
        ask({ tenant, question: 'channels', about: team }, async () => connector.channels({ serviceUrl: await known.addressOf(tenant, team), team })),
      ),
    async channelsOrLast(tenant, team) {
      try {
        return await known.channels(tenant, team);
      } catch (error) {
        if (!(error instanceof AskError)) throw error;
        return (error.problem === 'not found' ? undefined : lists.last(keyOf(tenant, team))) ?? [];
      }
    },
    async addressOf(tenant, team) {
      const { serviceUrl } = (await references.team(tenant, team)) ?? (await references.tenant(tenant)) ?? {};
      if (serviceUrl === undefined) throw new AskError('a team', 'unknown place');
      return serviceUrl;
    },
    outdate(tenant, team) {
      for (const cache of [details, lists]) cache.outdate(keyOf(tenant, team));
    },
  };
  return known;

  /** What does not change is kept where other processes find it too. */
  async function askDetails(tenant: string, team: string): Promise<TeamDetails> {
    const told = await connector.team({ serviceUrl: await known.addressOf(tenant, team), team });
    const reference = await references.team(tenant, team);
    const { name = reference?.name, groupId = reference?.groupId, memberCount } = told;
    const kept = { ...(name !== undefined && { name }), ...(groupId !== undefined && { groupId }) };
    if (reference) await references.saveTeam(tenant, team, { ...reference, ...kept });
    return { ...kept, ...(memberCount !== undefined && { memberCount }) };
  }
}
