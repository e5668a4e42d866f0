import type { Card } from '../../views/card.ts';
import { tooLate, within } from '../within.ts';
import type { Doing } from './deed.ts';
import type { InteractionDependencies } from './interaction-dependencies.ts';

/** What to say where somebody is, once the answer itself was for them alone. '' where they look at it already. */
export type Pointer = { text: string; addHere?: { label: string; url: string } };

// Together with what the app may take, within the five seconds of an invoke.
const longestMs = 1_500;

/** Shows a card to one person alone, in their 1:1 chat, and gives the line that belongs where they are. Never throws. */
export function showPrivately(dependencies: InteractionDependencies, doing: Doing, card: Card): Promise<Pointer> {
  return pointTo(dependencies, doing, dependencies.tell.directly(doing.tenant, doing.by.personId, { card }));
}

/** What is said of something that is told in their 1:1 chat, whether it arrives. Never throws. */
export async function pointTo({ words, addLink }: InteractionDependencies, doing: Doing, telling: Promise<'said' | 'no chat'>): Promise<Pointer> {
  const told = await within(longestMs, telling);
  if (told === tooLate) return { text: words.late };
  if (told === 'said') return { text: doing.kind === 'personal' ? '' : words.toldPrivately };
  return { text: words.cannotTellPrivately, ...(addLink !== undefined && { addHere: { label: words.addForYourself, url: addLink } }) };
}

/** The line as plain words. */
export function pointerText({ text, addHere }: Pointer): string {
  return addHere ? `${text}\n${addHere.label}: ${addHere.url}` : text;
}

/** Says the line where they are, to everybody who is there. Never throws. */
export async function sayPointer({ tell }: InteractionDependencies, doing: Doing, pointer: Pointer): Promise<void> {
  if (pointer.text !== '') await tell.say(doing, pointer.addHere ? { card: pointerCard(pointer) } : { text: pointer.text });
}

/** The line as a card, with a button for its link. */
function pointerCard({ text, addHere }: Pointer): Card {
  return {
    summary: text,
    blocks: [{ type: 'text', text }],
    actions: addHere ? [{ action: 'add', label: addHere.label, url: addHere.url }] : [],
  };
}
