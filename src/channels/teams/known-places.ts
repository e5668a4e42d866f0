import type { Clock } from '../../app/ports.ts';
import { createAnswerCache, keyOf } from '../answer-cache.ts';
import { AskError, type AskTeams } from './ask-teams.ts';
import type { Where } from './connector.ts';
import type { KnownTeams } from './known-teams.ts';
import { isChatWithApp } from './place.ts';
import type { References } from './references.ts';
import { knownPlace } from './shared-places.ts';

/**
 * What a place is, and whose roster says who reads it. A channel is read by its whole team: Plumb's package asks for no private or shared channels, which
 * have members of their own (Microsoft Learn: "Adapting Microsoft Teams App for Private and Shared Channels").
 */
export type KnownPlace = { kind: 'channel'; team: string; roster: Where } | { kind: 'groupChat' | 'personal'; roster: Where };

const keepPlacesMs = 60_000;
const mostPlaces = 5_000;

export type KnownPlaces = {
  /** A place of this tenant that Plumb knows; any other can only be somebody's 1:1 chat. Rejects with AskError. */
  of(tenant: string, place: string): Promise<KnownPlace>;
  last(tenant: string, place: string): KnownPlace | undefined;
  outdate(tenant: string, place: string): void;
};

type Dependencies = { ask: AskTeams; references: References; teams: KnownTeams; clock: Clock };

export function createKnownPlaces({ ask, references, teams, clock }: Dependencies): KnownPlaces {
  const places = createAnswerCache<KnownPlace>({ clock, keepMs: keepPlacesMs, most: mostPlaces });
  return {
    async of(tenant, place) {
      const known = places.fresh(keyOf(tenant, place));
      if (known) return known;
      const found = await ask({ tenant, question: 'a place', about: place }, () => find(tenant, place));
      // A place that is not known yet may be in a moment.
      if (found.kind !== 'personal') places.put(keyOf(tenant, place), found);
      return found;
    },
    last: (tenant, place) => places.last(keyOf(tenant, place)),
    outdate: (tenant, place) => places.outdate(keyOf(tenant, place)),
  };

  async function find(tenant: string, place: string): Promise<KnownPlace> {
    const known = await knownPlace({ references }, tenant, place);
    if (known?.kind === 'groupChat') return { kind: 'groupChat', roster: { serviceUrl: known.serviceUrl, conversationId: place } };
    const team = known?.team ?? (await teamThatLists(tenant, place));
    if (team !== undefined) return { kind: 'channel', team, roster: { serviceUrl: await teams.addressOf(tenant, team), conversationId: team } };
    const { serviceUrl } = (await references.tenant(tenant)) ?? {};
    // A channel without a team is none of which could be said who reads it.
    if (serviceUrl === undefined || known) throw new AskError('a place', 'unknown place');
    return { kind: 'personal', roster: { serviceUrl, conversationId: place } };
  }

  /** For channels in which nothing was said yet. */
  async function teamThatLists(tenant: string, place: string): Promise<string | undefined> {
    if (isChatWithApp(place)) return undefined;
    for (const { id } of await references.teams(tenant)) {
      if ((await teams.channelsOrLast(tenant, id)).some((channel) => channel.id === place)) return id;
    }
    return undefined;
  }
}
