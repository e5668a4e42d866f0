import { areOpposite, type ThemeId, themesIn } from './strategy-themes.ts';

// How people speak in a conversation, beside the words in which strategies are written.
const spoken: Readonly<Partial<Record<ThemeId, RegExp>>> = {
  existing:
    /\balready (?:have|has|own|owns|run|runs|use|uses|buy|buys|bought|sold|in|with us|ours|serve|done|supply)\b|\b(?:we've|we have) already (?:done|sold|got)\b|\bservice agreements?\b|\bper (?:account|customer|client)\b|\bfarming\b|\bfrom within\b|\bour own (?:base|book)\b|\binstalled base\b|\b(?:spare parts|aftermarket|after[- ]sales)\b|\b(?:buy|buys|order|orders|rent|rents|lease|leases) (?:from|with) us\b/i,
  'new-names':
    /\bstrangers?\b|\b(?:unfamiliar|new) doors\b|\bknock(?:ing)? on\b|\bnew (?:markets?|customers?|clients?|accounts?)\b|\boutbound\b|\bcold outreach\b|\blead gen/i,
  retention: /\brenew/i,
  margin: /\bnegotiat|\bconcession|\bbargain|\bhaggl|\bpricing\b|\bprice objections?\b/i,
  big: /\b\d+ ?\+? employees|\b(?:bigger|larger) (?:contracts?|deals?|accounts?|companies)\b|\b(?:large|big) (?:companies|accounts)\b|\btop \d+\b/i,
  small: /\bindependents\b|\bsmall (?:ones|shops|companies)\b/i,
};

/** What is won by the same work counts as the same. */
const allied: Readonly<Partial<Record<ThemeId, readonly ThemeId[]>>> = { existing: ['retention', 'big'], retention: ['existing'], big: ['existing'] };

/** What some words are about. What they say is not wanted is left out. */
export function themesOf(words: string): Set<ThemeId> {
  const named = themesIn(words).filter(({ negated }) => !negated);
  const heard = Object.entries(spoken).flatMap(([theme, pattern]) => (pattern.test(words) ? [theme] : []));
  return new Set([...named.map(({ theme }) => theme), ...themesNamed(heard)]);
}

/**
 * The same for what stands on file, worked out once as long as it stays there: a request is held against all of it with every message. `entry` is what
 * holds the words.
 */
export function themesOnFile(entry: object, words: string): ReadonlySet<ThemeId> {
  const before = onFile.get(entry);
  if (before) return before;
  const themes = themesOf(words);
  onFile.set(entry, themes);
  return themes;
}

const onFile = new WeakMap<object, ReadonlySet<ThemeId>>();

function themesNamed(names: readonly string[]): ThemeId[] {
  return (['existing', 'new-names', 'retention', 'margin', 'big', 'small'] as const).filter((theme) => names.includes(theme));
}

/** Whether what was asked for is about the same as the priority. */
export function serves(asked: ReadonlySet<ThemeId>, priority: ReadonlySet<ThemeId>): boolean {
  return [...asked].some((theme) => priority.has(theme) || allied[theme]?.some((other) => priority.has(other)));
}

/**
 * How a request stands against a priority with which it shares nothing: `plain` where one excludes the other, `likely` where it excludes what the priority
 * is won by (whoever puts keeping customers first may still want new ones).
 */
export function opposed(asked: ReadonlySet<ThemeId>, priority: ReadonlySet<ThemeId>): 'plain' | 'likely' | undefined {
  if (serves(asked, priority)) return undefined;
  const isAgainst = (others: readonly ThemeId[]) => [...asked].some((theme) => others.some((other) => areOpposite(theme, other)));
  if (isAgainst([...priority])) return 'plain';
  return isAgainst([...priority].flatMap((theme) => allied[theme] ?? [])) ? 'likely' : undefined;
}
