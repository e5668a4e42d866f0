import type { PersonId } from '../../domain/conversation.ts';
import { AskError, type AskTeams } from './ask-teams.ts';
import type { Connector, ConnectorAccount, Where } from './connector.ts';
import type { KnownPeople, KnownPerson } from './known-people.ts';
import type { References } from './references.ts';

// Teams has no list of a tenant's people for apps: somebody is looked for where Plumb is, among so many teams and chats at most.
const mostPlacesAsked = 20;
const atATime = 5;

/** Somebody of a tenant. Undefined when nobody of that id is in any place that was asked; rejects with AskError when not all of them answered. */
export type FindPerson = (tenant: string, id: PersonId) => Promise<KnownPerson | undefined>;

type Dependencies = { ask: AskTeams; references: References; connector: Pick<Connector, 'member'>; people: KnownPeople };

/** Looks in memory, then in somebody's 1:1 chat, then in the teams and group chats that have Plumb. */
export function createFindPerson({ ask, references, connector, people }: Dependencies): FindPerson {
  return async function find(tenant, id) {
    const known = people.fresh(tenant, id);
    if (known || id === '') return known;
    const { places, accountId } = await ask({ tenant, question: 'a place', about: id }, () => placesOf(tenant, id));
    const unanswered: AskError[] = [];
    for (let from = 0; from < places.length; from += atATime) {
      const answers = await Promise.all(places.slice(from, from + atATime).map((where) => lookIn(tenant, where, accountId ?? id, unanswered)));
      const [account] = answers.flatMap((answer) => answer ?? []);
      if (account) return people.take(tenant, account);
    }
    const [first] = unanswered;
    if (first) throw first;
    return undefined;
  };

  async function placesOf(tenant: string, id: PersonId): Promise<{ places: Where[]; accountId: string | undefined }> {
    const personId = people.personOf(tenant, id) ?? id;
    const reference = await references.person(tenant, personId);
    const accountId = reference?.accountId ?? people.last(tenant, id)?.accountId;
    // In the chat of somebody who took Plumb away nothing is answered.
    const chat = reference?.chat !== undefined && reference.added !== false ? [{ serviceUrl: reference.serviceUrl, conversationId: reference.chat }] : [];
    const teams = (await references.teams(tenant)).map((team) => ({ serviceUrl: team.serviceUrl, conversationId: team.id }));
    const groups = (await references.places(tenant)).filter(({ kind }) => kind === 'groupChat');
    const chats = groups.map((group) => ({ serviceUrl: group.serviceUrl, conversationId: group.id }));
    return { places: [...chat, ...teams, ...chats].slice(0, mostPlacesAsked), accountId };
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
