import type { Connector } from './connector.ts';
import { statusOf } from './connector-error.ts';
import { isChatWithApp } from './place.ts';
import type { PlaceReference, References } from './references.ts';

type Dependencies = { connector: Pick<Connector, 'channels'>; references: Pick<References, 'place' | 'team' | 'teams' | 'savePlace'> };

/** A channel or group chat of this tenant that Plumb was told of. A team's id is that of its General channel. Rejects as the store does. */
export async function knownPlace(
  { references }: { references: Pick<References, 'place' | 'team'> },
  tenant: string,
  place: string,
): Promise<PlaceReference | undefined> {
  const known = await references.place(tenant, place);
  if (known) return known;
  const team = await references.team(tenant, place);
  return team && { serviceUrl: team.serviceUrl, botId: team.botId, kind: 'channel', team: place };
}

/** The same, also of channels in which nothing was said yet: Teams is asked for those of each team that has Plumb. Rejects with ConnectorError too. */
export async function findPlace(dependencies: Dependencies, tenant: string, place: string): Promise<PlaceReference | undefined> {
  const { connector, references } = dependencies;
  const known = await knownPlace(dependencies, tenant, place);
  if (known || isChatWithApp(place)) return known;
  for (const { id: team, serviceUrl, botId } of await references.teams(tenant)) {
    const found = (await channelsOf(connector, serviceUrl, team)).some(({ id }) => id === place);
    if (!found) continue;
    const reference: PlaceReference = { serviceUrl, botId, kind: 'channel', team };
    await references.savePlace(tenant, place, reference);
    return reference;
  }
  return undefined;
}

/** A team that Plumb may not look into (any more) has none for it. */
async function channelsOf(connector: Pick<Connector, 'channels'>, serviceUrl: string, team: string): Promise<{ id: string }[]> {
  try {
    return await connector.channels({ serviceUrl, team });
  } catch (error) {
    if (statusOf(error) === 403 || statusOf(error) === 404) return [];
    throw error;
  }
}
