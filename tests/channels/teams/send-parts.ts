import type { OutboundMessage } from '../../../src/app/ports.ts';
import { createConnector } from '../../../src/channels/teams/connector.ts';
import { createPace } from '../../../src/channels/teams/pace.ts';
import { createReferences } from '../../../src/channels/teams/references.ts';
import { createSend } from '../../../src/channels/teams/send.ts';
import { createSignIn } from '../../../src/channels/teams/sign-in.ts';
import { createTell } from '../../../src/channels/teams/tell.ts';
import type { ConversationRef } from '../../../src/domain/conversation.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { Card } from '../../../src/views/card.ts';
import { sqliteDatabase } from '../../store/databases.ts';
import { createLog, type Logged } from '../slack/send-parts.ts';
import { type FakeTeams, openFakeTeams } from './fake-teams/open-fake-teams.ts';
import type { TenantSeed } from './fake-teams/seed.ts';

export type Sending = Awaited<ReturnType<typeof openSending>>;

type Options = { patienceMs?: number; rates?: boolean; tenants?: readonly TenantSeed[] };

/** The way out to a local Teams. Plumb knows the channel sales-leaders, the group chat Negotiation, and the chats of priya and sam, who added it. */
export async function openSending({ patienceMs = 2_000, rates = false, tenants }: Options = {}) {
  const teams = await openFakeTeams({ rates, ...(tenants && { tenants }) });
  const database = await sqliteDatabase();
  const { logger, lines } = createLog();
  const clock = { now: Date.now };
  const store = await openStore(database.location, { clock });
  const references = createReferences({ store, clock, logger });
  const connector = createConnector({ authentication: createSignIn({ app: undefined, logger }).authentication, appId: undefined, patienceMs });
  const answered: ConversationRef[] = [];
  const pace = createPace();
  const words = { more: 'There is more.' };
  await learn(teams, references);
  return {
    teams,
    references,
    connector,
    logger,
    lines: lines as readonly Logged[],
    answered,
    send: createSend({ connector, references, words, logger, answered: (conversation) => answered.push(conversation), pace }),
    tell: createTell({ connector, references, words, logger, pace }),
    async close() {
      await teams.close();
      await store.close();
      await database.drop();
    },
  };
}

async function learn(teams: FakeTeams, references: ReturnType<typeof createReferences>): Promise<void> {
  const tenant = teams.tenant();
  const common = { tenant, serviceUrl: teams.serviceUrl(), botId: teams.botId, activityId: '1', at: Date.now(), by: undefined, thread: '' };
  const team = { id: teams.team('Sales Leaders') };
  await references.learn({ ...common, kind: 'channel', place: teams.channel('sales-leaders'), team });
  await references.learn({ ...common, kind: 'groupChat', place: teams.chat('Negotiation'), team: undefined });
  for (const handle of ['priya', 'sam']) {
    const { id: personId, accountId } = teams.person(handle);
    const by = { personId, accountId, external: false };
    await references.learn({ ...common, kind: 'personal', place: teams.personal(handle), team: undefined, by });
  }
}

export const card = (text: string, more: Partial<Card> = {}): Card => ({
  summary: `${text} (summary)`,
  blocks: [{ type: 'text', text }],
  actions: [{ action: 'later', label: 'Later' }],
  ...more,
});

export function inConversation(teams: FakeTeams, place: string, thread: string, more: Partial<OutboundMessage> = {}): OutboundMessage {
  const conversation: ConversationRef = { channel: 'teams', tenant: teams.tenant(), place, thread };
  return { id: 'm-1', to: { kind: 'conversation', conversation }, audience: 'thread', card: card('Who owns it?'), ...more };
}

export function toPerson(teams: FakeTeams, handle: string, more: Partial<OutboundMessage> = {}): OutboundMessage {
  const to: OutboundMessage['to'] = { kind: 'person', channel: 'teams', tenant: teams.tenant(), personId: teams.person(handle).id };
  return { id: 'm-1', to, audience: 'private', card: card('Shall I ask?'), ...more };
}
