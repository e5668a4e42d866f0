import type { Clock } from '../../app/ports.ts';
import type { PersonId } from '../../domain/conversation.ts';
import { createAnswerCache, keyOf } from '../answer-cache.ts';
import { AskError, type AskTeams } from './ask-teams.ts';
import type { Connector, ConnectorAccount, Where } from './connector.ts';
import type { KnownPeople, KnownPerson } from './known-people.ts';
import type { References } from './references.ts';

// Teams has no list of a tenant's people for apps: somebody is looked for where Plumb is, among so many teams and chats at most.
const mostPlacesAsked = 20;
const atATime = 5;

// Whoever is nowhere is not looked for everywhere again at once.
const nobodyMs = 60_000;
const mostNobodies = 5_000;

export type FindPerson = {
  /** Somebody of a tenant. Undefined when nobody of that id is in any place that was asked; rejects with AskError when not all of them answered. */
  find(tenant: string, id: PersonId): Promise<KnownPerson | undefined>;
  /** Somebody who was nowhere may be somewhere now. */
  outdate(tenant: string, id: PersonId): void;
};

type Dependencies = { ask: AskTeams; references: References; connector: Pick<Connector, 'member'>; people: KnownPeople; clock: Clock };

/** Looks in memory, then in somebody's 1:1 chat, then in the teams and group chats that have Plumb. */
export function createFindPerson({ ask, references, connector, people, clock }: Dependencies): FindPerson {
  const nobody = createAnswerCache<true>({ clock, keepMs: nobodyMs, most: mostNobodies });

  async function find(tenant: string, id: PersonId): Promise<KnownPerson | undefined> {
    const known = people.fresh(tenant, id);
    if (known || id === '') return known;
    const { own, others, accountId } = await ask({ tenant, question: 'a place', about: id }, () => placesOf(tenant, id));
    const places = nobody.fresh(keyOf(tenant, id)) ? own : [...own, ...others].slice(0, mostPlacesAsked);
    const unanswered: AskError[] = [];
    for (let from = 0; from < places.length; from += atATime) {
      const answers = await Promise.all(places.slice(from, from + atATime).map((where) => lookIn(tenant, where, accountId ?? id, unanswered)));
      const [account] = answers.flatMap((answer) => answer ?? []);
      if (account) return people.take(tenant, account);
    }
    const [first] = unanswered;
    if (first) throw first;
    nobody.put(keyOf(tenant, id), true);
    return undefined;
  }

  return { find, outdate: (tenant, id) => nobody.outdate(keyOf(tenant, id)) };

  async function placesOf(tenant: string, id: PersonId): Promise<{ own: Where[]; others: Where[]; accountId: string | undefined }> {
    const personId = people.personOf(tenant, id) ?? id;
    const reference = await references.person(tenant, personId);
    const accountId = reference?.accountId ?? people.last(tenant, id)?.accountId;
    // In the chat of somebody who took Plumb away nothing is answered.
    const own = reference?.chat !== undefined && reference.added !== false ? [{ serviceUrl: reference.serviceUrl, conversationId: reference.chat }] : [];
    const teams = (await references.teams(tenant)).map((team) => ({ serviceUrl: team.serviceUrl, conversationId: team.id }));
    const groups = (await references.places(tenant)).filter(({ kind }) => kind === 'groupChat');
    const others = [...teams, ...groups.map(({ serviceUrl, id: conversationId }) => ({ serviceUrl, conversationId }))];
    return { own, others, accountId };
  }

  async function lookIn(tenant: string, where: Where, id: string, unanswered: AskError[]): Promise<ConnectorAccount | undefined> {
    try {
      return await ask({ tenant, question: 'a member', about: `${where.conversationId}/${id}` }, () => connector.member(where, id));
    } catch (error) {
      if (!(error instanceof AskError)) throw error;
      // Where Plumb is not any more nobody is.
      if (error.problem !== 'refused' && error.problem !== 'not found') unanswered.push(error);
      return undefined;
    }
  }
}
