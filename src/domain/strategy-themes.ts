/** What a strategy or a request can be about, and what pulls the other way. */
export const themeIds = ['existing', 'new-names', 'retention', 'margin', 'volume', 'big', 'small', 'partners', 'direct', 'ramp', 'cycle', 'quality'] as const;
export type ThemeId = (typeof themeIds)[number];

/** A theme where words name it. `negated`: it is what is not wanted. */
export type NamedTheme = { theme: ThemeId; words: string; at: number; negated: boolean };

const customers = '(?:customers?|clients?|accounts?|buyers|logos?)';
const patterns: Readonly<Record<ThemeId, RegExp>> = {
  existing: new RegExp(
    `\\b(?:(?:existing|current|installed|our own|present|key) ${customers}|${customers} (?:we|they) (?:already )?have|customer base|installed base|share of (?:the )?wallet|wallet share|cross-?sell\\w*|up-?sell\\w*|(?:account|customer|existing) growth|grow(?:th|ing)? (?:in |within |with |our |the )*(?:existing |current )?accounts|expansion (?:revenue|business|selling)|expan(?:d|sion) (?:in|within|into) (?:existing |current |our )*${customers}|second product)\\b`,
    'gi',
  ),
  'new-names': new RegExp(
    `\\b(?:(?:brand[- ])?new (?:names?|logos?|business|${customers}|doors)|net[- ]new|new[- ]logos?|${customers} we (?:do not|don't) have|(?:new )?(?:customer|client) acquisition|hunting|cold[- ]?call\\w*|cold outreach|first meetings with strangers|greenfield)\\b`,
    'gi',
  ),
  retention: new RegExp(
    `\\b(?:retention|retain(?:ing)? (?:our |the )?${customers}|churn|renewals?|renewal rate|(?:keep|hold|stop losing|los(?:e|ing)|not lose) (?:our |the |more |existing |current )*${customers}|loyalty|cancellations?)\\b`,
    'gi',
  ),
  margin:
    /\b(?:(?:gross |deal )?margins?|discount(?:s|ing|ed)?|price (?:discipline|increases?|realis\w+|realiz\w+|erosion)|profitab\w+|giv(?:e|ing) (?:it |too much |\w+ )?away|prices? (?:up|down)|hold(?:ing)? (?:the |our )?prices?)\b/gi,
  volume: /\b(?:volumes?|market share|(?:top[- ]line|revenue|sales) growth|grow (?:the )?(?:revenue|turnover|top line)|units sold)\b/gi,
  big: new RegExp(
    `\\b(?:(?:big|large|larger|bigger|strategic|enterprise|global|major) ${customers}|enterprise(?: deals| segment| business)?|whales|big deals|large deals|key accounts)\\b`,
    'gi',
  ),
  small: new RegExp(
    `\\b(?:(?:small|smaller|mid-?size[d]?|mid-?market|long[- ]tail) (?:${customers}|businesses|companies|firms)|smbs?|smes?|mid-?market|long tail)\\b`,
    'gi',
  ),
  partners: /\b(?:channel partners?|resellers?|distributors?|indirect (?:sales|channel|business)|partner(?:-led| channel| business| sales)|dealers?)\b/gi,
  direct: /\b(?:direct (?:sales|channel|business|selling)|our own sales force|sell(?:ing)? direct(?:ly)?)\b/gi,
  ramp: /\b(?:ramp(?:[- ]?up)?(?: time)?|onboard(?:ing)?|new (?:hires?|starters?|joiners?|reps|sellers)|time to (?:first deal|productivity))\b/gi,
  cycle: /\b(?:(?:sales|deal|buying) cycles?|cycle (?:time|length)|time to close|(?:stalled|slow) deals|deals (?:stall|drag)\w*)\b/gi,
  quality: /\b(?:win rates?|hit rates?|close rates?|conversion(?: rates?)?|qualif(?:y|ying|ication)(?: of deals)?|pipeline quality|forecast accuracy)\b/gi,
};

/** Pairs between which an organisation that puts one first can hardly put the other first, too. Growth and margin are none: many want both. */
const opposites: readonly (readonly [ThemeId, ThemeId])[] = [
  ['existing', 'new-names'],
  ['big', 'small'],
  ['partners', 'direct'],
];

/** Whether one of them gets in the way of the other. */
export function areOpposite(one: ThemeId, other: ThemeId): boolean {
  return opposites.some((pair) => pair[0] !== pair[1] && pair.includes(one) && pair.includes(other) && one !== other);
}

// "Not about the margin" says what is not wanted; "they do not sell to customers we have" complains, and is about exactly that.
const between =
  '(?:about|for|on|to|in|of|at|with|the|a|an|our|any|more|further|primarily|focus(?:ing|ed)?|chas(?:e|ing)|pursu(?:e|ing)|invest(?:ing)?|go(?:ing)? after|look(?:ing)? for|win(?:ning)?|hunt(?:ing)?)';
const notBefore = new RegExp(
  `(?:\\b(?:not|no|never)\\b(?! (?:only|just)\\b)(?: ${between}){0,4}|\\b(?:no longer|instead of|rather than|away from|nothing (?:to do )?with|except)\\b(?: ${between}){0,4}(?: [\\p{L}-]+)?) $`,
  'iu',
);
// To want less of these is to want the theme.
const unwelcome = /discount|giv|churn|los|cancel|erosion|stall|drag|slow/i;
const notAfter =
  /^(?:(?!\b(?:but|and|with|by)\b)(?:[^.;!?(,]|,(?= (?:which|that|this|those)\b))){0,30}?\b(?:(?:is|are|stays?|remains?|kept|be|held) (?:\w+ )?(?:flat|constant|unchanged|level)|flat on purpose|on purpose|(?:is|are) (?:not|no longer|no) (?:a |an |the |our |this year's )?(?:\w+ )?(?:goal|priority|focus|topic|objective|issue|problem|aim)|can wait|waits?|on hold|out of scope|(?:is|are) (?:paused|stopped|settled|secondary)|de-?prioriti[sz]ed|next year)\b/i;

/** What the words are about, in their order. */
export function themesIn(text: string): NamedTheme[] {
  const found = themeIds.flatMap((theme) =>
    [...text.matchAll(patterns[theme])].map((match) => {
      const before = text.slice(Math.max(0, match.index - 60), match.index);
      const after = text.slice(match.index + match[0].length, match.index + match[0].length + 80);
      return { theme, words: match[0], at: match.index, negated: (notBefore.test(before) && !unwelcome.test(match[0])) || notAfter.test(after) };
    }),
  );
  return found.toSorted((one, other) => one.at - other.at);
}
