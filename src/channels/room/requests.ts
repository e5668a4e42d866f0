import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { RoomError } from './errors.ts';
import { type RoomPerson, roomPerson } from './people.ts';

/** 40,000 characters, each at worst written as a six-byte JSON escape, and room for the rest. */
const maxBodyBytes = 300_000;

const person = z.string().transform((id, context): RoomPerson => {
  const found = roomPerson(id);
  if (found) return found;
  context.addIssue('must be one of the five people of the room');
  return z.NEVER;
});
const id = z.string().min(1).max(200);
const values = z.record(z.string().max(200), z.string().max(40_000)).refine((record) => Object.keys(record).length <= 100, 'has more than 100 entries');

export const bodies = {
  message: z.strictObject({ as: person, place: id, thread: z.string().max(200).default(''), text: z.string() }),
  edit: z.strictObject({ as: person, text: z.string() }),
  remove: z.strictObject({ as: person }),
  home: z.strictObject({ as: person }),
  press: z.strictObject({ as: person, postId: id, action: id, value: values.default({}), inputs: values.default({}) }),
  form: z.strictObject({ as: person, postId: id, action: id, value: values.default({}) }),
  submit: z.strictObject({ as: person, postId: id, submit: id, value: values.default({}), inputs: values.default({}) }),
  late: z.strictObject({ as: person, id }),
  clock: z.strictObject({ to: z.enum(['hour', 'day', 'next']) }),
  example: z.strictObject({ do: z.enum(['start', 'stop']) }),
};

/** The person whom `?as=` names. */
export function viewerOf(request: IncomingMessage): RoomPerson {
  const viewer = roomPerson(queryOf(request).get('as') ?? '');
  if (!viewer) throw new RoomError('bad_request', 'Say who is looking: add ?as= with one of the five people of the room.');
  return viewer;
}

export function queryOf(request: IncomingMessage): URLSearchParams {
  return new URL(request.url ?? '/', 'http://room.invalid').searchParams;
}

/**
 * Refuses what a page of another site sends. The Host must be this machine's own (a foreign name that resolves to it is DNS rebinding), and a browser
 * that says where a request comes from must say: from here.
 */
export function checkOrigin(request: IncomingMessage): void {
  const host = request.headers.host ?? '';
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const ownHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i.test(host);
  const ownOrigin = origin === undefined || origin === `http://${host}`;
  const ownSite = site === undefined || site === 'same-origin' || (site === 'none' && request.method === 'GET');
  if (!ownHost || !ownOrigin || !ownSite)
    throw new RoomError('wrong_origin', 'The room answers only its own page. Open it at http://127.0.0.1 with the port shown at start.');
}

/** The body of a POST, checked. Throws RoomError: wrong origin, not JSON, too large, or a field that does not fit. */
export async function readBody<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  checkOrigin(request);
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) throw new RoomError('not_json', 'Send the request as application/json.');
  const parsed = schema.safeParse(parseJson(await readText(request)));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new RoomError('bad_request', `The request does not fit: ${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'not readable'}.`);
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Read to the end even when it is too large: a browser that is cut off while sending shows no answer at all.
  for await (const chunk of request) {
    const bytes = z.instanceof(Buffer).parse(chunk);
    size += bytes.length;
    if (size > 20 * maxBodyBytes) break;
    if (size <= maxBodyBytes) chunks.push(bytes);
  }
  if (size > maxBodyBytes) throw new RoomError('too_large', 'This is too large: a message may have 40,000 characters. Shorten it or send it in parts.');
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RoomError('bad_request', 'The request is not readable as JSON.', { cause });
  }
}
