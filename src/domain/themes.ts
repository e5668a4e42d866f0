/** What sales organisations turn between: a priority for one of them can stand against a request for another. */
const themeWords = {
  'existing-customers':
    /share of wallet|wallet share|(existing|current|installed|own) (accounts?|customers?|clients?|base|book|buyers?|farms?|shops?|stores?|users?|portfolio)|installed base|already (have|has|own|owns|run|runs|use|uses|buy|buys|sold|in|with us|ours|serve|done|supply)|accounts? we (have|already)|customers? we (have|already)|cross.?sell|up.?sell|expansion|expand(ing)? (in|within|accounts?)|grow(th|ing)? (in|from|within|inside|the|our) .{0,20}(accounts?|base|customers?|clients?)|account (growth|development|management)|key accounts?|farming|second product|service agreements?|per (account|customer|client)/i,
  'new-customers':
    /new (logos?|names?|customers?|clients?|accounts?|business|markets?|buyers?)|cold.?call|prospect|hunting|hunters?\b|strangers?|acquisition|acquire|outreach|outbound|lead gen|conquest|win new|greenfield|first.time buyers?/i,
  retention: /retention|retain|renew|churn|keep (our|the|existing|\d)|loyalty|leav(e|ing) us|stay with us/i,
  price: /margin|discount|negotiat|price|pricing|concession|profitab|bargain/i,
  volume: /\bvolume|market share|units|tonnage/i,
  'big-customers':
    /enterprise|large (accounts?|customers?|companies|clients?|deals?)|big (accounts?|customers?|companies|clients?|deals?)|(bigger|larger) (contracts?|deals?|accounts?|customers?)|strategic accounts?|top \d+|\d+\+? employees|employees and up|corporate accounts?/i,
  'small-customers': /\bsmbs?\b|small (business(es)?|customers?|companies|accounts?|clients?|shops?)|independents|long tail|walk.?ins?/i,
} as const;
export type Theme = keyof typeof themeWords;
const themes = Object.keys(themeWords).filter((key): key is Theme => key in themeWords);

/** Growth through one is paid for with time for the other. */
const opposites: Readonly<Partial<Record<Theme, readonly Theme[]>>> = {
  'existing-customers': ['new-customers'],
  retention: ['new-customers'],
  'new-customers': ['existing-customers', 'retention'],
  'big-customers': ['small-customers'],
  'small-customers': ['big-customers'],
  price: ['volume'],
  volume: ['price'],
};

/** What some words are about. */
export function themesOf(words: string): Set<Theme> {
  return new Set(themes.filter((theme) => themeWords[theme].test(words)));
}

/** What is won by the same work counts as the same. */
const allied: Readonly<Partial<Record<Theme, readonly Theme[]>>> = {
  'existing-customers': ['retention'],
  retention: ['existing-customers'],
};

/** Whether what was asked for is about the same as the priority. */
export function serves(asked: ReadonlySet<Theme>, priority: ReadonlySet<Theme>): boolean {
  return [...asked].some((theme) => priority.has(theme) || allied[theme]?.some((other) => priority.has(other)));
}

/** A theme of the one that stands against a theme of the other, where they share none. */
export function opposed(asked: ReadonlySet<Theme>, priority: ReadonlySet<Theme>): boolean {
  if (serves(asked, priority)) return false;
  return [...asked].some((theme) => opposites[theme]?.some((other) => priority.has(other)));
}
