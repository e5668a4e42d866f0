/*
 * A small local Teams for our tests: it stands where the Bot Connector of Teams stands, keeps everything in memory and answers as the documentation
 * says, strictly.
 *
 *   const teams = await openFakeTeams({ messagesUrl: () => `${plumb.url}/api/messages` });
 *   const [dana] = teams.people('dana');
 *   const said = await teams.do.say(dana, teams.channel('sales-leaders'), '@Plumb we need a negotiation course');
 *   const reply = await teams.until(() => teams.thread(dana, said).at(-1));
 *   await teams.act.press(dana, reply, 'Later');
 *   teams.fault('post', { kind: 'documented', error: 'Throttled', retryAfterSeconds: 1 });
 *   expect(teams.callsTo('post')).toHaveLength(2);
 *   await teams.close();
 *
 * Without `messagesUrl` activities go nowhere, and the connector alone is tested: teams.serviceUrl() with teams.connector's paths below. The usual tenant
 * is seed.ts'. With `authorize` activities carry a token, with `authorized` calls need one (open-id-server.ts has both).
 */
import type { AddressInfo } from 'node:net';
import { createDeliver, type Delivery } from './deliver.ts';
import { createFaults, type Fault, type FaultFor } from './faults.ts';
import { createInteract, type Interact } from './interact.ts';
import type { BotApp, Call, Operation, Person, Place } from './model.ts';
import { createPeople, type People, type Said } from './people.ts';
import { seed, type TenantSeed, usualApp, usualTenant } from './seed.ts';
import { type Seen, type SeenMessage, seenBy } from './seen.ts';
import { createServer } from './serve.ts';
import { createState, person, personalPlace, place as placeIn, type State, serviceUrl } from './state.ts';

export type FakeTeamsOptions = {
  /** The app's /api/messages. Asked again for each request. */
  messagesUrl?: string | (() => string | undefined) | undefined;
  tenants?: readonly TenantSeed[];
  app?: Partial<BotApp>;
  /** Gives the Authorization header of an activity; none when left out. */
  authorize?: (serviceUrl: string) => Promise<string>;
  /** Whether a call of the connector may be made with that Authorization header; any or none will do when left out. */
  authorized?: (authorization: string | undefined) => boolean | Promise<boolean>;
  /** Answers 429 beyond the documented rates of a conversation. */
  rates?: boolean;
  /** Between tries of an activity that was not taken. 20 and 100 when left out. */
  retryDelaysMs?: readonly number[];
  timeoutMs?: number;
  invokeTimeoutMs?: number;
  /** Epoch milliseconds, for message ids. */
  now?: () => number;
  /** 0 for a free one. */
  port?: number;
};

export type FakeTeams = {
  /** http://127.0.0.1:port */
  url: string;
  app: BotApp;
  /** The bot's account id (28:…). */
  botId: string;
  state: State;
  /** What people do in Teams. */
  do: People;
  /** What people do with what the app shows. */
  act: Interact;
  /** Ends with a slash. Of the first tenant unless told. */
  serviceUrl(tenant?: string): string;
  tenant(name?: string): string;
  /** Entra object ids of people by their handles. */
  people(...handles: string[]): string[];
  person(idOrHandle: string): Person;
  /** To look at or to change by hand. */
  place(id: string): Place;
  team(name: string): string;
  channel(name: string): string;
  chat(name: string): string;
  /** The id of the 1:1 chat with the bot, whether or not the app is added there. */
  personal(idOrHandle: string): string;
  visibleTo(who: string): Seen;
  /** What a person sees in a thread without its first message; in a group chat everything after that message. */
  thread(who: string, said: Said): SeenMessage[];
  /** What a person sees in the 1:1 chat with the bot. */
  chatWithBot(who: string): SeenMessage[];
  /** The next call of that kind ('*': any) goes wrong. */
  fault(operation: Operation | '*', fault: Fault, options?: FaultFor): void;
  clearFaults(): void;
  calls: readonly Call[];
  callsTo(operation: Operation): Call[];
  /** All tries of everything that was sent to the app. */
  deliveries: readonly Delivery[];
  /** Activities that were sent, first tries only, by type or by the name of an invoke. */
  sent(type: string): Delivery[];
  /** Sends an activity again as it is, as the connector may. */
  sendAgain(delivery: Delivery): Promise<void>;
  /** Resolves when no activity is on its way or waits for another try. */
  settled(): Promise<void>;
  /** Waits until there is something; throws after `ms` (5,000). */
  until<T>(look: () => T | undefined | false, ms?: number): Promise<T>;
  close(): Promise<void>;
};

/** Opens a Teams on 127.0.0.1 (see the top of this file). */
export async function openFakeTeams(options: FakeTeamsOptions = {}): Promise<FakeTeams> {
  const state = createState({ ...usualApp, ...options.app }, options.now ?? Date.now);
  seed(state, options.tenants ?? [usualTenant]);
  const faults = createFaults();
  const { messagesUrl } = options;
  const deliver = createDeliver({
    state,
    url: () => (typeof messagesUrl === 'function' ? messagesUrl() : messagesUrl),
    authorize: options.authorize,
    retryDelaysMs: options.retryDelaysMs ?? [20, 100],
    timeoutMs: options.timeoutMs ?? 15_000,
    invokeTimeoutMs: options.invokeTimeoutMs ?? 5_000,
  });
  const people = createPeople(state, deliver);
  const act = createInteract(state, deliver);
  const server = createServer({ state, people, act, faults, rates: options.rates ?? false, ...(options.authorized && { authorized: options.authorized }) });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  state.origin = `http://127.0.0.1:${portOf(server.address())}`;
  return {
    url: state.origin,
    app: state.app,
    botId: state.botId,
    state,
    do: people,
    act,
    ...looks(state),
    ...sights(state),
    fault: faults.add,
    clearFaults: faults.clear,
    calls: state.calls,
    callsTo: (operation) => state.calls.filter((call) => call.operation === operation),
    deliveries: deliver.tries,
    sent: (type) => deliver.tries.filter(({ attempt, activity }) => attempt === 0 && (activity['type'] === type || activity['name'] === type)),
    sendAgain: async (delivery) => void (await deliver.activity(delivery.activity)),
    settled: deliver.settled,
    until: (look, ms = 20_000) => until(state, look, ms),
    async close() {
      deliver.stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function looks(state: State): Pick<FakeTeams, 'serviceUrl' | 'tenant' | 'people' | 'person' | 'place' | 'team' | 'channel' | 'chat' | 'personal'> {
  const tenant = (name?: string): string => [...state.tenants.values()].find((one) => name === undefined || one.name === name)?.id ?? missing(`tenant ${name}`);
  const byHandle = (idOrHandle: string): Person =>
    [...state.people.values()].find((one) => one.id === idOrHandle || one.handle === idOrHandle) ?? missing(`person ${idOrHandle}`);
  const place = (name: string, kind: 'channel' | 'groupChat'): string =>
    [...state.places.values()].find((one) => one.kind === kind && one.name === name && !one.deleted)?.id ?? missing(`${kind} ${name}`);
  return {
    serviceUrl: (id) => serviceUrl(state, id ?? tenant()),
    tenant,
    people: (...handles) => handles.map((handle) => byHandle(handle).id),
    person: byHandle,
    place: (id) => placeIn(state, id),
    team: (name) => [...state.teams.values()].find((one) => one.name === name)?.id ?? missing(`team ${name}`),
    channel: (name) => place(name, 'channel'),
    chat: (name) => place(name, 'groupChat'),
    personal: (idOrHandle) => personalPlace(state, person(state, byHandle(idOrHandle).id)).id,
  };
}

function sights(state: State): Pick<FakeTeams, 'visibleTo' | 'thread' | 'chatWithBot'> {
  const messagesIn = (who: string, place: string): SeenMessage[] => seenBy(state, who).places.find((one) => one.id === place)?.messages ?? [];
  return {
    visibleTo: (who) => seenBy(state, who),
    thread(who, said) {
      const all = messagesIn(who, said.place);
      if (placeIn(state, said.place).kind === 'channel') return all.find((one) => one.id === said.root)?.replies ?? [];
      return all.slice(all.findIndex((one) => one.id === said.id) + 1);
    },
    chatWithBot: (who) => messagesIn(who, personalPlace(state, person(state, who)).id),
  };
}

function until<T>(state: State, look: () => T | undefined | false, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (act: () => void) => {
      clearTimeout(timer);
      clearInterval(again);
      unsubscribe();
      act();
    };
    const tryIt = () => {
      try {
        const found = look();
        if (found !== undefined && found !== false) end(() => resolve(found));
      } catch (error) {
        end(() => reject(error));
      }
    };
    const calls = () => state.calls.slice(-8).map((call) => `${call.operation} ${call.status} ${call.reason}`);
    const timer = setTimeout(() => end(() => reject(new Error(`It did not happen within ${ms} ms. Last calls: ${calls().join(', ')}.`))), ms);
    const again = setInterval(tryIt, 50);
    const unsubscribe = state.onChange(() => queueMicrotask(tryIt));
    queueMicrotask(tryIt);
  });
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The local Teams has no port.');
  return address.port;
}

function missing(what: string): never {
  throw new Error(`There is no ${what} in this Teams.`);
}
