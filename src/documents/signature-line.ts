import type { Signature } from '../domain/state.ts';
import type { DocumentContext } from './markdown.ts';

/** "Requester: Dana, …", or "Requester: Tom for Dana, …". `safe` makes a name fit for the document. */
export function signatureLine({ words, name, time }: DocumentContext, { as, by, at, for: inPlaceOf }: Signature, safe: (name: string) => string): string {
  const slots = { role: words.plain(`brief.role-${as}`), person: safe(name(by)), when: time(at) };
  return inPlaceOf === undefined ? words.plain('brief.signed', slots) : words.plain('sign-off.signed-for', { ...slots, for: safe(name(inPlaceOf)) });
}
