import type { AddressInfo } from 'node:net';
import restify from 'restify';
import type { InboundEvent, Intake, InteractionResponse } from '../../../src/app/ports.ts';
import { createCommands } from '../../../src/channels/teams/commands.ts';
import { createConnector } from '../../../src/channels/teams/connector.ts';
import { createDispatch } from '../../../src/channels/teams/dispatch.ts';
import { createGraph } from '../../../src/channels/teams/graph.ts';
import { createInvokes } from '../../../src/channels/teams/invokes.ts';
import { createMessagesInGraph } from '../../../src/channels/teams/messages-in-graph.ts';
import { createPace } from '../../../src/channels/teams/pace.ts';
import { createReceiver } from '../../../src/channels/teams/receiver.ts';
import { createReferences } from '../../../src/channels/teams/references.ts';
import { createSignIn } from '../../../src/channels/teams/sign-in.ts';
import { createTell } from '../../../src/channels/teams/tell.ts';
import type { TeamsWords } from '../../../src/channels/teams/words.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { createLog } from '../../app/kit.ts';
import { readPayload } from '../../fixtures/teams/read-payload.ts';
import { sqliteDatabase } from '../../store/databases.ts';
import { type FakeTeams, openFakeTeams } from './fake-teams/open-fake-teams.ts';
import type { TenantSeed } from './fake-teams/seed.ts';
import { openGraphDouble } from './graph-double.ts';

/** Every word is its own name, so that a test can tell which one was said. */
const words = new Proxy({} as TeamsWords, { get: (_, name) => String(name) });

export const tenant = '6c1f0a52-3d2e-4c7b-9a41-5b0c7f2e1a01';
export const dana = 'd0000000-1111-4222-8333-444444440001';
export const tomas = 'd0000000-1111-4222-8333-444444440002';
export const dealDesk = '19:7dealdeskCHANNEL00000000000001@thread.tacv2';

/** Where the recorded payloads come from: the team with its channel, and one chat where Plumb is not. */
const recorded: TenantSeed = {
  id: tenant,
  name: 'Recorded',
  people: [
    { id: dana, handle: 'dana', name: 'Dana Whitfield' },
    { id: tomas, handle: 'tomas', name: 'Tomás Ferreira' },
  ],
  teams: [{ id: '19:bR4salesTEAM0generalCHANNELx1@thread.tacv2', name: 'Sales', app: true, channels: [{ id: dealDesk, name: 'Deal desk' }] }],
  chats: [{ id: '19:5e0f1a2b3c4d4e5f8a9b0c1d2e3f4a5b@thread.v2', name: 'Deals', members: ['dana', 'tomas'], app: false }],
};

type Loose = Record<string, unknown>;
export type Answered = { status: number; body: string; json: Loose };
export type WaysIn = Awaited<ReturnType<typeof openWaysIn>>;

type Options = {
  /** What everything that somebody does is answered with, or how. */
  answer?: InteractionResponse | Intake['interact'];
  /** Dana has added Plumb for herself. */
  added?: boolean;
  addLink?: string;
  patienceMs?: number;
  /** Microsoft Graph can be asked what Teams keeps of messages. */
  graph?: boolean;
};

/** The real ways in behind restify, with a local Teams on the other side and an app that remembers what it was given. */
export async function openWaysIn({ answer = { kind: 'nothing' }, added = true, addLink, patienceMs, graph = false }: Options = {}) {
  const received: InboundEvent[] = [];
  const log = createLog();
  const clock = { now: () => 1_700_000_000_000 };
  const database = await sqliteDatabase();
  const store = await openStore(database.location, { clock });
  let url = '';
  const teams = await openFakeTeams({ messagesUrl: () => url, tenants: [{ ...recorded, ...(added && { added: ['dana'] }) }] });
  const state: { answer: InteractionResponse | Intake['interact'] } = { answer };
  const intake: Intake = {
    receive: async () => 'stored',
    seen: async () => undefined,
    async interact(event, onStored) {
      received.push(event);
      if (typeof state.answer === 'function') return state.answer(event, onStored);
      onStored?.();
      return state.answer;
    },
  };
  const connector = createConnector({ authentication: createSignIn({ app: undefined, logger: log }).authentication, appId: undefined });
  const references = createReferences({ store, clock, logger: log });
  const pace = createPace();
  const tell = createTell({ connector, references, words, logger: log, pace });
  const double = graph ? await openGraphDouble({ state: teams.state }) : undefined;
  const team = [...teams.state.teams.values()][0]?.groupId;
  const reading = double && createGraph({ url: double.url, token: async () => 'token' });
  const inGraph = reading && createMessagesInGraph({ graph: reading, tenant, botId: teams.botId, groupOf: async () => team, logger: log });
  const interaction = {
    intake: () => intake,
    words,
    tell,
    connector,
    pace,
    references,
    ...(inGraph && { inGraph }),
    clock,
    logger: log,
    ...(addLink !== undefined && { addLink }),
    ...(patienceMs !== undefined && { patienceMs }),
  };
  const directory = { personOf: () => undefined, nameOf: () => undefined, forget: () => undefined };
  const take = createDispatch({
    intake: () => intake,
    references,
    directory,
    allowedTenants: [],
    invokes: createInvokes(interaction),
    commands: createCommands(interaction),
    clock,
    logger: log,
  });
  const receiver = createReceiver({ signIn: createSignIn({ app: undefined, logger: log }), local: true, take, logger: log });
  const server = restify.createServer();
  receiver.mount(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`;
  return {
    teams,
    received,
    log,
    references,
    /** Only with `graph`. */
    graph: double,
    /** Somebody wrote this long ago, as Teams keeps it. */
    kept({ id, by, text, root, place = dealDesk }: { id: string; by: string; text: string; root?: string; place?: string }): void {
      const said = { deleted: false, edited: false, reactions: [], views: new Map() };
      teams.state.messages.push({ id, place, root, by, text, activity: { text }, ...said });
    },
    /** From now on everything is answered so. */
    answers: (next: InteractionResponse | Intake['interact']) => {
      state.answer = next;
    },
    /** A recorded invoke, as this Teams would send it; `change` is put over it. */
    invoke: (name: string, change: Loose = {}) => send(url, { ...asHere(teams, readPayload(`invokes/${name}`)), ...change }),
    /** The same of what the Agents Playground sends. */
    playground: (name: string) => send(url, { ...asHere(teams, readPayload(`playground/${name}`)) }),
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.server.closeAllConnections();
      });
      await teams.close();
      await double?.close();
      await store.close();
      await database.drop();
    },
  };
}

/** The recorded payload with the addresses and account ids of this Teams. */
function asHere(teams: FakeTeams, payload: unknown): Loose {
  const text = JSON.stringify(payload)
    .replaceAll('29:1dana-wHbV0rk3sQ9yTzL2mNcXeUaJpFgRiKoD', teams.person('dana').accountId)
    .replaceAll('28:3f9c1b7e-52d4-4a86-8e0b-9d7a6c5b4e01', teams.botId)
    .replaceAll('a:1Kd0danaCHATwithPLUMB-q7WmZrTfYxBvNcLsEeUo', teams.personal('dana'));
  return { ...Object(JSON.parse(text)), serviceUrl: teams.serviceUrl() };
}

async function send(url: string, activity: Loose): Promise<Answered> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(activity) });
  const body = await response.text();
  return { status: response.status, body, json: body === '' ? {} : (JSON.parse(body) as Loose) };
}

/** The text of everything that Dana sees in her chat with Plumb. */
export function saidTo({ teams }: WaysIn, who: string): string {
  return JSON.stringify(teams.chatWithBot(who));
}
