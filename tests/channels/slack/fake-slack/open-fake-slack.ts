/*
 * A small local Slack for our tests: it stands where slack.com stands, keeps everything in memory and answers as the documentation says, strictly.
 *
 *   const slack = await openFakeSlack({ requestUrl: () => `${plumb.url}/slack/events` });
 *   // give the app: SLACK_API_URL=slack.apiUrl, SLACK_BOT_TOKEN=slack.botToken(), SLACK_SIGNING_SECRET=slack.app.signingSecret
 *   const [dana] = slack.people('dana');
 *   const said = await slack.do.say(dana, slack.channel('sales-leaders'), 'We need a negotiation course');
 *   const reply = await slack.until(() => slack.thread(dana, said).at(-1));
 *   await slack.act.press(dana, reply, 'Later');
 *   slack.fault('chat.postMessage', { kind: 'rate-limited', retryAfterSeconds: 1 });
 *   expect(slack.callsTo('chat.postMessage')).toHaveLength(2);
 *   await slack.close();
 *
 * Without `requestUrl` events wait for a Socket Mode connection (SLACK_APP_TOKEN=slack.app.appToken) or go nowhere. The usual workspace is seed.ts'.
 */
import type { AddressInfo } from 'node:net';
import { createAnnounce } from './announce.ts';
import { createResponder } from './apply-answer.ts';
import { createDeliver, type Delivery } from './deliver.ts';
import { createFaults, type Fault, type FaultFor } from './faults.ts';
import { createInteract, type Interact } from './interact.ts';
import { type AppSecrets, type Call, type Install, SlackError } from './model.ts';
import { approve, issueToken } from './oauth.ts';
import { createPeople, type People, type Said } from './people.ts';
import { type EnterpriseSeed, seed, type TeamSeed, usualApp, usualScopes, usualTeam } from './seed.ts';
import { type Seen, type SeenMessage, seenBy } from './seen.ts';
import { createServer } from './serve.ts';
import { createSockets } from './socket.ts';
import { createState, type State } from './state.ts';
import { createWebApi } from './web-api.ts';

export type FakeSlackOptions = {
  /** The app's address for events; interactions and commands go there too unless named apart. Asked again for each request. */
  requestUrl?: string | (() => string | undefined) | undefined;
  interactionsUrl?: string | (() => string | undefined);
  commandsUrl?: string | (() => string | undefined);
  teams?: readonly TeamSeed[];
  enterprises?: readonly EnterpriseSeed[];
  app?: Partial<AppSecrets>;
  /** Events that the app subscribed to (`message.channels`, `app_mention` …); everything it may need when left out. */
  subscriptions?: readonly string[];
  /** Between tries of an event. Slack waits 0, 60,000 and 300,000; 20, 100 and 300 when left out. */
  retryDelaysMs?: readonly number[];
  /** How long an answer may take; Slack's 3,000 when left out. */
  timeoutMs?: number;
  /** Tokens from OAuth expire and come with a refresh token, after this many seconds (Slack: 43,200). False: they never do. */
  rotating?: number | false;
  /** Epoch milliseconds, for message ids. */
  now?: () => number;
  /** 0 for a free one. */
  port?: number;
};

export type FakeSlack = {
  /** http://127.0.0.1:port */
  url: string;
  /** For SLACK_API_URL. */
  apiUrl: string;
  app: AppSecrets;
  state: State;
  /** What people do in Slack. */
  do: People;
  /** What people do with what the app shows. */
  act: Interact;
  /** A token of a team's (or organisation's) installation: the latest that works. */
  botToken(teamOrEnterprise?: string): string;
  install(teamOrEnterprise?: string): Install;
  /** A further installation over OAuth, as a person who allows it: the address to call the app back at, from the address it sent them to. */
  allow(authorizeUrl: string, installer: string, whole?: 'team' | 'organisation'): string;
  /** Takes scopes away from (or gives them to) an installation. */
  setScopes(scopes: readonly string[], teamOrEnterprise?: string): void;
  /** Ids of people by their handles, in any team or the one named. */
  people(...handles: string[]): string[];
  person(handle: string, teamId?: string): string;
  channel(name: string, teamId?: string): string;
  visibleTo(who: string): Seen;
  /** What a person sees in a thread, without its first message. */
  thread(who: string, said: Said): SeenMessage[];
  /** What a person sees in the 1:1 chat with the bot, replies included. */
  chatWithBot(who: string): SeenMessage[];
  /** The next call of that method ('*': any) goes wrong. */
  fault(method: string, fault: Fault, options?: FaultFor): void;
  clearFaults(): void;
  calls: readonly Call[];
  callsTo(method: string): Call[];
  /** All tries of everything that was sent to the app. */
  deliveries: readonly Delivery[];
  /** Events that were sent, first tries only, by the type of the event. */
  eventsOf(type: string): Delivery[];
  /** Sends an event's envelope again as it is, as Slack may. */
  sendAgain(delivery: Delivery): Promise<void>;
  /** Resolves when no event is on its way or waits for another try. */
  settled(): Promise<void>;
  /** Waits until there is something; throws after `ms` (5,000). */
  until<T>(look: () => T | undefined | false, ms?: number): Promise<T>;
  /** Triggers that were given out count as older than 3 s. */
  expireTriggers(): void;
  socketConnections(): number;
  disconnectSockets(reason?: 'warning' | 'refresh_requested' | 'link_disabled'): void;
  close(): Promise<void>;
};

const usualSubscriptions = [
  ...['message.channels', 'message.groups', 'message.im', 'message.mpim', 'app_mention', 'app_home_opened', 'app_uninstalled', 'tokens_revoked', 'user_change'],
  ...['member_joined_channel', 'member_left_channel', 'channel_left', 'channel_rename', 'channel_archive', 'channel_unarchive', 'channel_deleted'],
  ...['group_left', 'group_rename', 'group_archive', 'group_unarchive', 'group_deleted', 'message_metadata_posted'],
];

/** Opens a Slack on 127.0.0.1 (see the top of this file). */
export async function openFakeSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const app = { ...usualApp, ...options.app };
  const state = createState(app, options.now ?? Date.now);
  const rotating = options.rotating ?? 43_200;
  seed(state, options.teams ?? [usualTeam], options.enterprises ?? []);
  const sockets = createSockets(state);
  const events = () => given(options.requestUrl);
  const deliver = createDeliver(state, {
    urls: () => ({ events: events(), interactions: given(options.interactionsUrl) ?? events(), commands: given(options.commandsUrl) ?? events() }),
    sockets,
    retryDelaysMs: options.retryDelaysMs ?? [20, 100, 300],
    timeoutMs: options.timeoutMs ?? 3_000,
  });
  const announce = createAnnounce(state, deliver, new Set(options.subscriptions ?? usualSubscriptions));
  const faults = createFaults();
  const responder = createResponder(state);
  const people = createPeople(state, announce);
  const act = createInteract(state, deliver, responder);
  const webApi = createWebApi({ state, announce, faults, openSocket: sockets.ticket, tokenLifetimeSeconds: rotating === false ? 0 : rotating });
  const allow = createAllow(state, rotating !== false);
  const server = createServer({ state, webApi, responder, people, act, allow, sockets });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  state.origin = `http://127.0.0.1:${portOf(server.address())}`;

  return {
    url: state.origin,
    apiUrl: `${state.origin}/api/`,
    app,
    state,
    do: people,
    act,
    allow,
    ...looks(state),
    fault: faults.add,
    clearFaults: faults.clear,
    calls: state.calls,
    callsTo: (method) => state.calls.filter((call) => call.method === method),
    deliveries: deliver.tries,
    eventsOf: (type) => deliver.tries.filter((one) => one.attempt === 0 && one.kind === 'events_api' && typeOf(one.payload['event']) === type),
    sendAgain: async (delivery) => void (await deliver.event(delivery.payload)),
    settled: deliver.settled,
    expireTriggers() {
      for (const trigger of state.triggers.values()) trigger.madeAt = 0;
    },
    socketConnections: sockets.connected,
    disconnectSockets: (reason = 'refresh_requested') => sockets.disconnect(reason),
    async close() {
      deliver.stop();
      sockets.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** What tests look things up by. */
function looks(
  state: State,
): Pick<FakeSlack, 'botToken' | 'install' | 'setScopes' | 'people' | 'person' | 'channel' | 'visibleTo' | 'thread' | 'chatWithBot' | 'until'> {
  const install = (id?: string): Install => {
    const found = id === undefined ? state.installs.find((one) => one.active) : state.installs.find((one) => (one.teamId ?? one.enterpriseId) === id);
    return found ?? missing(`an installation ${id ?? ''}`);
  };
  const person = (handle: string, teamId?: string): string =>
    [...state.people.values()].find((one) => one.name === handle && (teamId === undefined || one.teamId === teamId))?.id ?? missing(handle);
  return {
    install,
    person,
    botToken: (id) =>
      [...state.tokens.values()].findLast((one) => one.install === install(id) && !one.revoked)?.value ?? issueToken(state, install(id), 0).value,
    setScopes(scopes, id) {
      install(id).scopes = [...scopes];
    },
    people: (...handles) => handles.map((handle) => person(handle)),
    channel: (name, teamId) =>
      [...state.places.values()].find((one) => one.name === name && (teamId === undefined || one.teamId === teamId))?.id ?? missing(`#${name}`),
    visibleTo: (who) => seenBy(state, who),
    thread: (who, said) =>
      seenBy(state, who)
        .places.find((one) => one.id === said.channel)
        ?.messages.find((one) => one.ts === said.ts)?.replies ?? [],
    chatWithBot: (who) => {
      const bots = new Set(state.installs.map((one) => one.botUserId));
      const chats = seenBy(state, who).places.filter((one) => one.kind === 'im' && [...(state.places.get(one.id)?.members ?? [])].some((id) => bots.has(id)));
      return chats.flatMap((one) => one.messages.flatMap((each) => [each, ...each.replies]));
    },
    until: (look, ms = 20_000) => until(state, look, ms),
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
    const calls = () => state.calls.slice(-8).map((call) => `${call.method} ${call.answer}`);
    const timer = setTimeout(() => end(() => reject(new Error(`It did not happen within ${ms} ms. Last calls: ${calls().join(', ')}.`))), ms);
    const again = setInterval(tryIt, 50);
    const unsubscribe = state.onChange(() => queueMicrotask(tryIt));
    queueMicrotask(tryIt);
  });
}

function createAllow(state: State, rotating: boolean): FakeSlack['allow'] {
  return (authorizeUrl, installer, whole = 'team') => {
    const asked = new URL(authorizeUrl).searchParams;
    if (asked.get('client_id') !== state.app.clientId) throw new SlackError('invalid_client_id');
    const redirectUri = asked.get('redirect_uri') ?? undefined;
    const scopes = (asked.get('scope') ?? usualScopes.join(',')).split(',').filter((scope) => scope !== '');
    const code = approve(state, { installer, scopes, redirectUri, rotating, whole });
    if (redirectUri === undefined) throw new SlackError('bad_redirect_uri');
    const back = new URL(redirectUri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.get('state') ?? '');
    return back.toString();
  };
}

function given(address: string | (() => string | undefined) | undefined): string | undefined {
  return typeof address === 'function' ? address() : address;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The local Slack has no port.');
  return address.port;
}

function typeOf(event: unknown): unknown {
  return typeof event === 'object' && event !== null && 'type' in event ? event.type : undefined;
}

function missing(what: string): never {
  throw new Error(`There is no ${what} in this Slack.`);
}
