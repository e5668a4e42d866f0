import type { WrittenMessage } from '../../app/ports.ts';
import type { PersonId } from '../../domain/conversation.ts';
import { within } from '../within.ts';
import { AskError, type AskTeams } from './ask-teams.ts';
import type { Connector } from './connector.ts';
import { isApp } from './envelope.ts';
import type { KnownPeople } from './known-people.ts';
import type { KnownPlaces } from './known-places.ts';

// A message is kept before Teams gets its answer (within 15 s, Microsoft Learn: "Build a conversational capability"), and ids are only part of that.
const longestWaitMs = 1_000;
// More people than anybody mentions; what is beyond keeps the ids of accounts.
const mostMentions = 50;

type Dependencies = { ask: AskTeams; places: KnownPlaces; connector: Pick<Connector, 'member'>; people: KnownPeople };

/**
 * Puts people's own ids in the place of their accounts' in mentions: activities only have the latter. Never rejects; an id that cannot be told in time stays,
 * and means the same person.
 */
export function createCompleteMentions({ ask, places, connector, people }: Dependencies): (event: WrittenMessage) => Promise<WrittenMessage> {
  return async function complete(event) {
    const { tenant, place } = event.conversation;
    const unknown = [...new Set(event.mentions.map(({ personId }) => personId))].filter((id) => isAccount(tenant, id)).slice(0, mostMentions);
    if (unknown.length > 0) await within(longestWaitMs, Promise.all(unknown.map((id) => lookUp(tenant, place, id))));
    const mentions = event.mentions.map((mention) => ({ ...mention, personId: people.personOf(tenant, mention.personId) ?? mention.personId }));
    return { ...event, mentions };
  };

  /** Whatever is not known to be a person's own id may be an account's. */
  function isAccount(tenant: string, id: PersonId): boolean {
    return !isApp(id) && people.personOf(tenant, id) === undefined && people.last(tenant, id)?.person.id !== id;
  }

  async function lookUp(tenant: string, place: string, id: string): Promise<void> {
    try {
      const { roster } = await places.of(tenant, place);
      const account = await ask({ tenant, question: 'a member', about: `${roster.conversationId}/${id}` }, () => connector.member(roster, id));
      if (account) people.take(tenant, account);
    } catch (error) {
      if (!(error instanceof AskError)) throw error;
    }
  }
}
