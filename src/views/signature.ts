import type { Signature } from '../domain/state.ts';
import type { Text } from './card.ts';
import type { ViewContext } from './context.ts';

/** "Requester: Dana, Tue 24 Nov 2026, 09:12", or "Requester: Tom for Dana, …". */
export function signatureText({ words, person }: Pick<ViewContext, 'words' | 'person'>, signature: Signature): Text {
  const slots = { role: words.plain(`brief.role-${signature.as}`), person: [person(signature.by)], when: [{ at: signature.at, as: 'date-time' as const }] };
  return signature.for === undefined ? words.say('brief.signed', slots) : words.say('sign-off.signed-for', { ...slots, for: [person(signature.for)] });
}
