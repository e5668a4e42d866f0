import { words } from './words.js';

/** The person this page acts as. */
export const viewerId = new URL(location.href).searchParams.get('as') ?? 'dana';

/**
 * Sends something to the room as the person of this page. Throws an Error whose message may be shown.
 * @param {string} path
 * @param {Record<string, unknown>} body
 * @returns {Promise<any>}
 */
export async function post(path, body) {
  const response = await fetch(`/room/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }).catch(
    (cause) => {
      throw new Error(words.unreachable, { cause });
    },
  );
  const answer = await response.json().catch((cause) => {
    throw new Error(words.unreachable, { cause });
  });
  if (!response.ok) throw new Error(answer.error?.message ?? words.unreachable);
  return answer;
}
