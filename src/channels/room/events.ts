import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Change, type FeedEntry, isFor } from './feed.ts';
import { directPlace, personOfDirectPlace, type RoomPerson, roomPeople } from './people.ts';
import { queryOf } from './requests.ts';
import type { Room } from './room.ts';
import { showMessage, showPlaces } from './show.ts';

/** Proxies and browsers give up on silent streams; a comment keeps one open. */
const heartbeatMs = 20_000;
/** What may wait for a browser that does not read. One that is further behind is cut off; when it comes back it gets what it missed. */
const mostWaitingBytes = 4_000_000;

/** Everything that one person sees, at this moment. */
export function snapshotFor(room: Room, viewer: RoomPerson) {
  return {
    ...showPlaces(viewer),
    eventId: room.feed.idOf(room.feed.last()),
    now: room.clock.now(),
    example: room.example.status(),
    written: Object.fromEntries(roomPeople.flatMap(({ id }) => (id === viewer.id ? [] : [[id, room.timeline.newestIn(directPlace(id))?.id ?? '']]))),
    messages: room.timeline.visibleTo(viewer.id).map((message) => showMessage(message, viewer)),
  };
}

/**
 * Server-sent events for one person until either side closes: after a reconnect what was missed, each once and in order, or a snapshot that replaces all.
 * Where the stream goes on is named by Last-Event-ID (the browser's own reconnect) or `?after=` (the page's).
 */
export async function streamEvents(room: Room, viewer: RoomPerson, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'keep-alive',
    'x-accel-buffering': 'no',
  });
  const send = (n: number, event: { type: string; data: unknown }): void => {
    response.write(`id: ${room.feed.idOf(n)}\nevent: ${event.type}\ndata: ${JSON.stringify(event.data)}\n\n`);
  };
  const sendEntry = (entry: FeedEntry): void => {
    const event = showChange(room, viewer, entry);
    if (event) send(entry.n, event);
  };
  const header = request.headers['last-event-id'];
  const missed = room.feed.resume(typeof header === 'string' ? header : (queryOf(request).get('after') ?? undefined));
  if (missed.kind === 'snapshot') send(room.feed.last(), { type: 'snapshot', data: snapshotFor(room, viewer) });
  else {
    for (const entry of missed.entries) sendEntry(entry);
    // The clock may have gone on, and an answer with no event yet should still reach the page.
    response.write(`event: clock\ndata: ${JSON.stringify({ now: room.clock.now() })}\n\n`);
  }

  // What somebody gets at first may be long by itself.
  const mostWaiting = response.writableLength + mostWaitingBytes;
  const unsubscribe = room.feed.subscribe((entry) => {
    if (response.writableLength > mostWaiting) response.destroy();
    else sendEntry(entry);
  });
  const heartbeat = setInterval(() => response.write(': still here\n\n'), heartbeatMs);
  const ended = new Promise<void>((resolve) => {
    response.once('close', resolve);
    const forget = room.onClose(resolve);
    response.once('close', forget);
  });
  await ended;
  // First: what Plumb still says while it stops must not be written to a stream that has ended.
  unsubscribe();
  clearInterval(heartbeat);
  response.end();
}

/** That Plumb wrote to somebody else alone, and nothing of what: whoever tries the room sees whom to act as. */
function writtenTo(room: Room, { messageId, place }: Extract<Change, { type: 'message' }>): { type: string; data: unknown } | undefined {
  const person = personOfDirectPlace(place);
  return person && room.timeline.newestIn(place)?.id === messageId ? { type: 'written', data: { person: person.id, post: messageId } } : undefined;
}

function showChange(room: Room, viewer: RoomPerson, { change }: FeedEntry): { type: string; data: unknown } | undefined {
  if (!isFor(change, viewer.id)) return change.type === 'message' ? writtenTo(room, change) : undefined;
  switch (change.type) {
    case 'message': {
      const message = room.timeline.get(change.messageId);
      return message && { type: 'message', data: showMessage(message, viewer) };
    }
    case 'removed':
      return { type: 'removed', data: { id: change.messageId } };
    case 'working':
      return { type: 'working', data: { place: change.place, thread: change.thread } };
    case 'clock':
      return { type: 'clock', data: { now: room.clock.now() } };
    case 'example':
      return { type: 'example', data: change.example };
    default:
      return change satisfies never;
  }
}
