import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messagePayload } from './fake-teams/message-payload.ts';
import { ConnectorError, type Json, type Message, type Place } from './fake-teams/model.ts';
import { place, type State, teamOf } from './fake-teams/state.ts';

export type GraphCall = { path: string; query: string; status: number };

/** What a call is answered with instead. 'hang': nothing at all. */
export type GraphFault = { status: number; body: unknown; headers?: Readonly<Record<string, string>> } | 'hang' | 'break';

/** The messages of a local Teams as Microsoft Graph gives them to an application, where it was consented to. Documented answers only. */
export type GraphDouble = {
  url: string;
  calls: readonly GraphCall[];
  /** All calls are answered so from now on; undefined: as documented. */
  fault(fault: GraphFault | undefined): void;
  /** No page is longer, whatever was asked for. */
  pageSize(size: number): void;
  /** Where lists go on is put through this. */
  linkAs(change: (link: string) => string): void;
  /** Puts something over a message as it is given. */
  change(messageId: string, over: Json): void;
  /** An admin let the app read users (`User.Read.All`). */
  letReadUsers(): void;
  /** Somebody's account is deleted. */
  deleteUser(id: string): void;
  close(): Promise<void>;
};

type Options = { state: State; authorized?: (authorization: string | undefined) => Promise<boolean> };
type Answer = { status: number; body: unknown; headers?: Readonly<Record<string, string>> };

/** Microsoft Learn: "Microsoft Graph error responses and resource types", and "Microsoft Graph throttling guidance". */
export function refusal(status: number, code: string, message: string): Answer {
  const ids = { 'request-id': 'a279044a-ab9e-4c18-af71-5a65ea7cee86', 'client-request-id': 'a279044a-ab9e-4c18-af71-5a65ea7cee86' };
  return { status, body: { error: { code, message, innerError: { date: '2027-01-11T15:00:00', ...ids } } } };
}
export const noConsent = refusal(403, 'Forbidden', "Missing role permissions on the request. API requires one of 'ChannelMessage.Read.All'.");
const notFound = refusal(404, 'NotFound', 'NotFound');

export async function openGraphDouble({ state, authorized }: Options): Promise<GraphDouble> {
  const calls: GraphCall[] = [];
  const changes = new Map<string, Json>();
  const deleted = new Set<string>();
  let readsUsers = false;
  let fault: GraphFault | undefined;
  let longestPage = 50;
  let linkAs = (link: string): string => link;

  function given(said: Message): Json {
    const where = place(state, said.place);
    const { deleted: isDeleted, linkToMessage, ...payload } = messagePayload(state, said);
    const at = new Date(Number(said.id)).toISOString();
    return {
      ...payload,
      etag: said.id,
      messageType: 'message',
      lastModifiedDateTime: at,
      lastEditedDateTime: said.edited ? at : null,
      deletedDateTime: isDeleted ? at : null,
      chatId: where.kind === 'channel' ? null : where.id,
      webUrl: where.kind === 'channel' ? linkToMessage : null,
      policyViolation: null,
      eventDetail: null,
      channelIdentity: where.kind === 'channel' ? { teamId: teamOf(state, where).groupId, channelId: where.id } : null,
      ...(isDeleted === true && { body: { contentType: 'html', content: '' }, attachments: [], mentions: [] }),
      messageHistory: [],
      ...changes.get(said.id),
    };
  }

  /** Newest first, as the documentation's examples have them. */
  function page(url: URL, said: readonly Message[], allowed: readonly string[]): Answer {
    const wrong = [...url.searchParams.keys()].find((key) => !allowed.includes(key));
    if (wrong !== undefined) return refusal(400, 'BadRequest', `Query option '${wrong}' is not allowed.`);
    const top = Number(url.searchParams.get('$top') ?? 20);
    const order = url.searchParams.get('$orderby');
    if (!(top >= 1 && top <= 50)) return refusal(400, 'BadRequest', "The limit of '50' for Top query has been exceeded.");
    if (order !== null && !['createdDateTime desc', 'lastModifiedDateTime desc'].includes(order))
      return refusal(400, 'BadRequest', 'QueryOptions to order by is not supported.');
    const from = Number(url.searchParams.get('$skiptoken') ?? 0);
    const size = Math.min(top, longestPage);
    const sorted = said.toSorted((one, other) => Number(other.id) - Number(one.id));
    const next = new URL(url);
    next.searchParams.set('$skiptoken', String(from + size));
    const value = sorted.slice(from, from + size).map(given);
    const more = from + size < sorted.length && { '@odata.nextLink': linkAs(next.href) };
    return { status: 200, body: { '@odata.count': value.length, ...more, value } };
  }

  function one(found: Message | undefined): Answer {
    return found ? { status: 200, body: given(found) } : notFound;
  }

  function inChannel(url: URL, [group = '', channel = '', id = '', replies, reply]: readonly string[]): Answer {
    const team = [...state.teams.values()].find(({ groupId }) => groupId === group);
    const where = state.places.get(channel);
    if (!team || where?.team !== team.id) return notFound;
    if (!team.app || !team.hears) return noConsent;
    const of = state.messages.filter((said) => said.place === channel);
    const root = of.find((said) => said.id === id && said.root === undefined);
    if (!root) return notFound;
    if (replies === undefined) return one(root);
    const under = of.filter((said) => said.root === id);
    return reply === undefined ? page(url, under, ['$top', '$skiptoken']) : one(under.find((said) => said.id === reply));
  }

  function inChat(url: URL, [chat = '', id]: readonly string[]): Answer {
    const where: Place | undefined = state.places.get(chat);
    if (!where || where.kind === 'channel') return notFound;
    if (!where.app || !where.hears) return noConsent;
    const of = state.messages.filter((said) => said.place === chat);
    return id === undefined ? page(url, of, ['$top', '$skiptoken', '$orderby', '$filter']) : one(of.find((said) => said.id === id));
  }

  /** Microsoft Learn: "Get a user". */
  function user(id: string): Answer {
    if (!readsUsers) return refusal(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
    if (state.people.has(id) && !deleted.has(id)) return { status: 200, body: { id } };
    return refusal(404, 'Request_ResourceNotFound', `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`);
  }

  function documented(url: URL): Answer {
    const [, userId] = /^\/v1\.0\/users\/([^/]+)$/.exec(url.pathname) ?? [];
    if (userId !== undefined) return user(decodeURIComponent(userId));
    const [channel, chat] = [
      /^\/v1\.0\/teams\/([^/]+)\/channels\/([^/]+)\/messages\/([^/]+)(?:\/(replies)(?:\/([^/]+))?)?$/.exec(url.pathname),
      /^\/v1\.0\/chats\/([^/]+)\/messages(?:\/([^/]+))?$/.exec(url.pathname),
    ].map((found) => found?.slice(1).flatMap((part) => (part === undefined ? [] : [decodeURIComponent(part)])));
    return channel ? inChannel(url, channel) : chat ? inChat(url, chat) : refusal(400, 'BadRequest', 'Resource not found for the segment.');
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', address);
    const call: GraphCall = { path: decodeURIComponent(url.pathname), query: decodeURIComponent(url.search), status: 0 };
    calls.push(call);
    if (fault === 'hang') return;
    if (fault === 'break') {
      response.destroy();
      return;
    }
    const allowed = authorized === undefined || (await authorized(request.headers.authorization));
    const { status, body, headers }: Answer = fault ?? (allowed ? documented(url) : refusal(401, 'InvalidAuthenticationToken', 'Access token is empty.'));
    call.status = status;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // A mistake of the double's own: no answer would look like a slow Graph.
      response.writeHead(error instanceof ConnectorError ? error.status : 500);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: address,
    calls,
    fault: (next) => {
      fault = next;
    },
    pageSize: (size) => {
      longestPage = size;
    },
    linkAs: (next) => {
      linkAs = next;
    },
    change: (messageId, over) => void changes.set(messageId, over),
    letReadUsers: () => {
      readsUsers = true;
    },
    deleteUser: (id) => void deleted.add(id),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
