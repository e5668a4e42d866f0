import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type WebSocket, WebSocketServer } from 'ws';
import { createSocket, type Socket } from '../../../src/channels/slack/socket.ts';
import { createLog } from '../../app/kit.ts';

/** Socket Mode with nothing but what the protocol cannot do without: no details in the hello, no pings, an address without encryption. */
async function openPlainSlack() {
  const connections: WebSocket[] = [];
  const received: unknown[] = [];
  const waiting = new Set<() => void>();
  const happened = (): void => {
    for (const look of waiting) look();
  };
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/link` }));
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    connections.push(socket);
    socket.on('message', (data) => {
      received.push(JSON.parse(String(data)));
      happened();
    });
    socket.send('{"type":"hello"}');
    happened();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    connections,
    received,
    send: (frame: unknown) => connections.at(-1)?.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    until: (is: () => boolean) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (!is()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    async close() {
      for (const socket of connections) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

let slack: Awaited<ReturnType<typeof openPlainSlack>>;
let socket: Socket;
let taken: unknown[];
const log = createLog();

beforeEach(async () => {
  slack = await openPlainSlack();
  taken = [];
  socket = createSocket({
    appToken: 'anything',
    slackApiUrl: slack.apiUrl,
    onEvents: async (envelope) => void taken.push(envelope),
    dispatch: async (body, send) => {
      taken.push(body);
      await send();
      return 'answered';
    },
    logger: log,
  });
  await socket.start();
});
afterEach(async () => {
  await socket.stop();
  await slack.close();
});

it('takes events, presses and commands from a server that tells no more than it must', async () => {
  slack.send({ type: 'events_api', envelope_id: '1', payload: { event: { type: 'message' } } });
  slack.send({ type: 'interactive', envelope_id: '2', payload: { type: 'block_actions' }, accepts_response_payload: false });
  slack.send({ type: 'slash_commands', envelope_id: '3', payload: { command: '/plumb' } });
  await slack.until(() => slack.received.length === 3);
  expect(taken).toEqual([{ event: { type: 'message' } }, { type: 'block_actions' }, { command: '/plumb' }]);
  expect(slack.received.map((each) => (each as { envelope_id: string }).envelope_id).sort()).toEqual(['1', '2', '3']);
});

it('goes on after frames that say nothing', async () => {
  for (const frame of ['', 'no JSON', '7', 'null', '{}', '{"type":"ping"}', '{"type":"events_api"}', '{"type":"events_api","envelope_id":"1","payload":null}'])
    slack.send(frame);
  slack.send({ type: 'events_api', envelope_id: '2', payload: { type: 'event_callback' } });
  slack.send({ type: 'events_api', envelope_id: '3', payload: { event: { type: 'message' } } });
  await slack.until(() => taken.length > 0);
  expect(taken).toEqual([{ event: { type: 'message' } }]);
});

it('connects again when the server asks for it or goes away', async () => {
  slack.send({ type: 'disconnect' });
  await slack.until(() => slack.connections.length === 2);
  slack.connections.at(-1)?.terminate();
  await slack.until(() => slack.connections.length === 3);
  slack.send({ type: 'events_api', envelope_id: '1', payload: { event: { type: 'message' } } });
  await slack.until(() => slack.received.length === 1);
});
