/** Words that every sentence has; signs and messages are compared without them. */
const small = new Set(
  'went from per cent a an the is are was were be been being am it its this that these those to of in on at for with by from as we our us i my me they them their he she his her you your and or but so too very just do does did have has had will would can could should what which who there here then than when how all any some get gets got'.split(
    ' ',
  ),
);

const negations = new Set('no not never none dont cannot cant wont doesnt didnt isnt arent wasnt couldnt without hardly nobody'.split(' '));

/** Words that say the same in a complaint. */
const alike: Readonly<Record<string, string>> = {
  lost: 'lose',
  losses: 'lose',
  loss: 'lose',
  losing: 'lose',
  won: 'win',
  winning: 'win',
  gave: 'give',
  given: 'give',
  giving: 'give',
  left: 'leave',
  leaving: 'leave',
  quit: 'leave',
  resigned: 'leave',
  resign: 'leave',
  resigning: 'leave',
  took: 'take',
  taken: 'take',
  met: 'meet',
  kept: 'keep',
  paid: 'pay',
  sold: 'sell',
  bought: 'buy',
  went: 'go',
  gone: 'go',
  slid: 'slide',
  came: 'come',
  said: 'say',
  knew: 'know',
  known: 'know',
  made: 'make',
  spent: 'spend',
  wrote: 'write',
  written: 'write',
  fell: 'drop',
  fall: 'drop',
  falls: 'drop',
  fallen: 'drop',
  falling: 'drop',
  dropped: 'drop',
  dropping: 'drop',
  drops: 'drop',
  down: 'drop',
  declined: 'drop',
  declining: 'drop',
  decreased: 'drop',
  shrank: 'drop',
  sank: 'drop',
  rose: 'rise',
  risen: 'rise',
  rising: 'rise',
  grew: 'rise',
  grow: 'rise',
  grows: 'rise',
  growing: 'rise',
  grown: 'rise',
  increased: 'rise',
  increasing: 'rise',
  climbed: 'rise',
  customers: 'client',
  customer: 'client',
  accounts: 'account',
  reps: 'seller',
  rep: 'seller',
  salespeople: 'seller',
  sellers: 'seller',
  agents: 'seller',
  advisers: 'seller',
  convert: 'conversion',
  converts: 'conversion',
  converting: 'conversion',
  converted: 'conversion',
  bids: 'tender',
  bid: 'tender',
  tenders: 'tender',
  rfps: 'tender',
  rfp: 'tender',
  quotes: 'proposal',
  offers: 'proposal',
  concession: 'discount',
  concessions: 'discount',
};

export type Token = { stem: string; word: string; small: boolean; start: number; end: number };

function stemOf(plain: string): string {
  const same = alike[plain];
  if (same) return same;
  if (plain.length <= 3) return plain;
  const bare = plain
    .replace(/ies$/, 'y')
    .replace(/(?:ing|ed|es|s)$/, (ending, at: number) => (at < 3 || (ending === 's' && plain.at(-2) === 's') ? ending : ''))
    .replace(/([b-df-hj-np-tv-z])\1$/, '$1');
  return bare.length > 3 ? bare.replace(/[ey]$/, '') : bare;
}

/** "from 91 to 84", "31% → 18%". */
const moves = /(\d+(?:[.,]\d+)?) ?%? ?(?:to|->|→|down to|up to) ?(\d+(?:[.,]\d+)?)/g;

/** What a pair of figures says in a word: that something dropped or rose. */
function movesIn(low: string): Token[] {
  return [...low.matchAll(moves)].flatMap(({ 0: all, 1: before, 2: after, index }) => {
    const [from, to] = [Number(before?.replace(',', '.')), Number(after?.replace(',', '.'))];
    if (from === to) return [];
    const word = to < from ? 'drop' : 'rise';
    return [{ stem: word, word, small: false, start: index, end: index + all.length }];
  });
}

/** The words of a normalised text without numbers, each as it is compared: without its ending, and under one name with those that say the same. */
export function tokensOf(low: string): Token[] {
  const tokens: Token[] = [];
  for (const found of low.matchAll(/\p{L}[\p{L}']*/gu)) {
    const plain = found[0].replaceAll("'", '');
    tokens.push({
      stem: negations.has(plain) ? 'no' : (stems.get(plain) ?? remember(plain)),
      word: plain,
      small: small.has(plain),
      start: found.index,
      end: found.index + found[0].length,
    });
  }
  const moved = movesIn(low);
  return moved.length === 0 ? tokens : [...tokens, ...moved].sort((one, other) => one.start - other.start);
}

const stems = new Map<string, string>();
const mostRemembered = 20_000;

/** People use the same words over and over; cutting endings takes most of the time of a comparison. */
function remember(plain: string): string {
  if (stems.size > mostRemembered) stems.clear();
  const stem = stemOf(plain);
  stems.set(plain, stem);
  return stem;
}
