import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Answer, Sockets } from './deliver.ts';
import type { State } from './state.ts';
import { isObject } from './text-check.ts';

/** docs.slack.dev/apis/events-api/using-socket-mode: hello, envelopes, acknowledgements with or without a payload, disconnect. */
export function createSockets(state: State): Sockets & { ticket(): string; upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void } {
  const server = new WebSocketServer({ noServer: true });
  const open = new Set<WebSocket>();
  const tickets = new Set<string>();
  const waiting = new Map<string, (payload: unknown) => void>();
  let next = 0;

  function accept(socket: WebSocket): void {
    open.add(socket);
    // One for each event that is not acknowledged yet.
    socket.setMaxListeners(0);
    socket.on('close', () => open.delete(socket));
    socket.on('message', (data) => acknowledged(String(data)));
    const debug = { host: 'applink-local', build_number: 1, approximate_connection_time: 3_600 };
    socket.send(JSON.stringify({ type: 'hello', num_connections: open.size, connection_info: { app_id: state.app.id }, debug_info: debug }));
    state.changed();
  }

  function acknowledged(data: string): void {
    const message: unknown = JSON.parse(data);
    if (!isObject(message) || typeof message['envelope_id'] !== 'string') return;
    waiting.get(message['envelope_id'])?.(message['payload']);
  }

  return {
    /** A web socket address that works once. */
    ticket() {
      const ticket = state.secret(8);
      tickets.add(ticket);
      return `${state.origin.replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${state.app.id}`;
    },
    upgrade(request, socket, head) {
      const ticket = new URL(request.url ?? '/', state.origin).searchParams.get('ticket') ?? '';
      if (tickets.delete(ticket)) server.handleUpgrade(request, socket, head, accept);
      else socket.destroy();
    },
    connected: () => open.size,
    /** To one of the connections, in turn. */
    async send(kind, payload, retry, timeoutMs): Promise<Answer> {
      const begun = performance.now();
      const sockets = [...open];
      const socket = sockets[next++ % sockets.length];
      if (!socket) return { status: 0, ms: 0, body: undefined, noRetry: false, failure: 'connection' };
      const envelope = state.secret(16);
      const retried = retry.attempt === 0 && kind !== 'events_api' ? {} : { retry_attempt: retry.attempt, retry_reason: retry.reason };
      const answered = new Promise<Answer>((resolve) => {
        const end = (answer: Pick<Answer, 'status' | 'body' | 'failure'>) => {
          waiting.delete(envelope);
          clearTimeout(timer);
          socket.off('close', lost);
          resolve({ noRetry: false, ms: performance.now() - begun, ...answer });
        };
        const lost = () => end({ status: 0, body: undefined, failure: 'connection' });
        const timer = setTimeout(() => end({ status: 0, body: undefined, failure: 'timeout' }), timeoutMs);
        socket.once('close', lost);
        waiting.set(envelope, (body) => end({ status: 200, body }));
      });
      socket.send(JSON.stringify({ envelope_id: envelope, payload, type: kind, accepts_response_payload: kind !== 'events_api', ...retried }));
      return answered;
    },
    disconnect(reason) {
      for (const socket of open) {
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-local' } }));
        if (reason !== 'warning') socket.close();
      }
    },
    close() {
      for (const socket of open) socket.terminate();
      server.close();
    },
  };
}
