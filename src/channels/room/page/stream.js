import { viewerId } from './api.js';

const types = ['snapshot', 'message', 'removed', 'working', 'clock', 'example', 'written'];
/** Browsers allow six connections to one address; a tab that nobody looks at gives its one back after this time. */
const hiddenFor = 30_000;

/**
 * Follows the room. After a break it goes on where it stopped; an event seen before is left out.
 * @param {(type: string, data: any) => void} receive
 * @param {(connected: boolean) => void} connected
 */
export function follow(receive, connected) {
  /** @type {EventSource | undefined} */
  let source;
  let lastId = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let retry;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let leave;

  const open = () => {
    clearTimeout(retry);
    source?.close();
    source = new EventSource(`/room/events?as=${encodeURIComponent(viewerId)}&after=${encodeURIComponent(lastId)}`);
    source.addEventListener('open', () => connected(true));
    source.addEventListener('error', () => {
      connected(false);
      // Our own retry instead of the browser's: it gives up for good on an answer that is not a stream.
      source?.close();
      source = undefined;
      clearTimeout(retry);
      retry = setTimeout(open, 1_500);
    });
    for (const type of types)
      source.addEventListener(type, (/** @type {MessageEvent} */ event) => {
        if (event.lastEventId !== '') {
          if (type !== 'snapshot' && isOld(event.lastEventId, lastId)) return;
          lastId = event.lastEventId;
        }
        receive(type, JSON.parse(event.data));
      });
  };

  document.addEventListener('visibilitychange', () => {
    clearTimeout(leave);
    if (document.visibilityState === 'visible') {
      if (!source) open();
    } else
      leave = setTimeout(() => {
        clearTimeout(retry);
        source?.close();
        source = undefined;
      }, hiddenFor);
  });
  addEventListener('pagehide', () => source?.close());
  open();
}

/**
 * @param {string} id
 * @param {string} seen
 */
function isOld(id, seen) {
  const [epoch, n] = id.split('-');
  const [seenEpoch, seenN] = seen.split('-');
  return epoch === seenEpoch && Number(n) <= Number(seenN);
}
