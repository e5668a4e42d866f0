/** What somebody who wants a training says to Plumb first; `n` tells one request from another. Every second one does not go with the first answer. */
export function opening(n: number): string {
  if (n % 2 === 1) return `@Plumb we need a two-day negotiation training for my ${20 + n} account managers by March. They give away too much margin.`;
  return `@Plumb my ${20 + n} account managers are hopeless at opening doors, can you get me a one-day prospecting workshop before March?`;
}

/**
 * Said one after the other, each when Plumb has reacted to the one before. Each names what it is about, so that it is taken whatever was asked: Plumb
 * keeps no words that it has no use for.
 */
export const answers: readonly string[] = [
  'We have to grow 30 % this year, and most of it from accounts we already have.',
  'Keiko Mori owns this on the business side.',
  'Qualified opportunities per account manager, from 2 to 5 a month, and second meetings, from 1 to 3 a week.',
  'What they will do differently: open doors in a second department of each account.',
  'No, training alone is not enough: the bonus still rewards any deal, and that has to change too.',
  'The owner will open every Monday review with one account story.',
  'What managers will do: Tomas Herrera and Keiko Mori sit in on two account calls per person each week.',
];

/** Of the turns of a conversation, how many also press something, and how often at most in one thread: the questions must not run out. */
export const pressShare = 0.4;
export const pressesPerThread = 3;
/** How long somebody waits for Plumb before they go on, in milliseconds. */
export const patienceMs = 8_000;
