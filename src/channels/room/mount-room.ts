import type { Request, Response, Server } from 'restify';
import type { z } from 'zod';
import { isCommand } from './commands.ts';
import { RoomError } from './errors.ts';
import { snapshotFor, streamEvents } from './events.ts';
import { createLateAnswers } from './late-answers.ts';
import { type PageFile, readPageFiles } from './page-files.ts';
import { bodies, checkOrigin, readBody, viewerOf } from './requests.ts';
import type { Room } from './room.ts';
import { showAnswer, showResponse } from './show.ts';

/** No inline script or style, nothing from elsewhere, never in a frame. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

/** Adds the page at `/` and the room's routes under `/room/` to a server that listens on a loopback address only. Needs no body parser before it. */
export function mountRoom(server: Server, room: Room): void {
  const files = readPageFiles();
  const late = createLateAnswers();
  // restify takes only handlers that are literally async functions for ones that end when their promise does.
  const get = (path: string, answer: (request: Request, response: Response) => Promise<void> | void): void => {
    server.get(path, async (request: Request, response: Response) => {
      await guarded(room, request, response, async () => {
        checkOrigin(request);
        await answer(request, response);
      });
    });
  };
  const post = <T>(path: string, schema: z.ZodType<T>, act: (body: T, request: Request) => Promise<unknown> | unknown): void => {
    server.post(path, async (request: Request, response: Response) => {
      await guarded(room, request, response, async () => {
        const result = await act(await readBody(request, schema), request);
        sendJson(response, 200, result ?? { ok: true });
      });
    });
  };

  get('/', (request, response) => sendFile(request, response, files.get('index.html')));
  get('/room/page/:name', (request, response) => sendFile(request, response, files.get(String(request.params?.name))));
  get('/room/state', (request, response) => sendJson(response, 200, snapshotFor(room, viewerOf(request))));
  get('/room/events', (request, response) => streamEvents(room, viewerOf(request), request, response));
  post('/room/messages', bodies.message, async ({ as, ...message }) => {
    if (!isCommand(message.text)) return room.talk.post({ as: as.id, ...message });
    return { answer: showAnswer(await room.commands.give({ as: as.id, ...message }), as, late) };
  });
  post('/room/home', bodies.home, async ({ as }) => showAnswer(await room.commands.openHome(as.id), as, late));
  post('/room/messages/:id/edit', bodies.edit, ({ as, text }, request) => room.talk.edit({ as: as.id, messageId: String(request.params?.id), text }));
  post('/room/messages/:id/delete', bodies.remove, ({ as }, request) => room.talk.remove({ as: as.id, messageId: String(request.params?.id) }));
  post('/room/actions', bodies.press, async ({ as, ...press }) => showResponse(await room.talk.press({ as: as.id, ...press }), as, late));
  post('/room/forms', bodies.form, async ({ as, ...press }) => showResponse(await room.talk.requestForm({ as: as.id, ...press }), as, late));
  post('/room/forms/submit', bodies.submit, async ({ as, ...form }) => showResponse(await room.talk.submitForm({ as: as.id, ...form }), as, late));
  post('/room/late', bodies.late, async ({ as, id }) => showResponse(await late.fetch(as.id, id), as, late));
  post('/room/clock', bodies.clock, async ({ to }) => {
    await room.moveClock(to);
    return { now: room.clock.now() };
  });
  post('/room/example', bodies.example, (body) => (body.do === 'start' ? room.example.start() : room.example.stop()));
}

async function guarded(room: Room, request: Request, response: Response, answer: () => Promise<void>): Promise<void> {
  try {
    await answer();
  } catch (cause) {
    if (!(cause instanceof RoomError)) room.logger.error({ error: cause, path: request.path() }, 'A request to the room failed.');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const error = cause instanceof RoomError ? cause : undefined;
    sendJson(response, error?.status ?? 500, {
      error: { code: error?.code ?? 'unexpected', message: error?.message ?? 'Something went wrong in the room. Try again; the log says more.' },
    });
  }
}

const always = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

function sendJson(response: Response, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    ...always,
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

function sendFile(request: Request, response: Response, file: PageFile | undefined): void {
  if (!file) throw new RoomError('not_found', 'The room has no such page. Open / instead.');
  const zip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const body = zip ? file.zipped : file.body;
  response.writeHead(200, {
    ...always,
    'content-type': file.type,
    'cache-control': 'no-cache',
    'content-length': body.length,
    ...(zip && { 'content-encoding': 'gzip' }),
  });
  response.end(body);
}
