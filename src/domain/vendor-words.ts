import { commonWords, isDate } from './name-parts.ts';
import { formsOf, patternOf, withoutAccents } from './name-patterns.ts';
import { patternOfShortNames, politely } from './short-names.ts';

/** What stands in the place of what was taken out: "[name]", "[names]", "[amount]", "[contact]". `their`: for "Dana's", before a team. */
export type VendorMarks = Readonly<Record<'name' | 'names' | 'amount' | 'contact' | 'their', string>>;

/** How much was taken out of people's words. */
export type LeftOut = { names: number; amounts: number; contacts: number; clauses: number };

export type Cleaned = { text: string; left: LeftOut };

type Stretch = { start: number; end: number };

const address = new RegExp(
  [
    '(?:https?:\\/\\/|www\\.)\\S+',
    '[\\p{L}\\p{N}._%+-]+@[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)+',
    // "wiki.corp.example/x", as people leave out how it begins
    '(?<![\\p{L}\\p{N}.@])(?:[\\p{L}\\p{N}-]+\\.)+\\p{L}{2,8}\\/\\S+',
    '(?<![\\p{L}\\p{N}])(?:\\+|00)\\d[\\d ()./-]{6,}\\d',
    // "079 123 45 67", "(212) 555-0100"
    '(?<![\\p{L}\\p{N}.,])(?:0\\d{1,4}|\\(\\d{2,5}\\))[ ./-]{0,2}\\d{2,4}(?:[ ./-]?\\d{2,4}){1,4}(?![\\p{L}\\p{N}])',
  ].join('|'),
  'gu',
);
/** What nobody sees and what would part a name: "Da\u200bna". */
const unseen = /(?![\u200c\u200d])\p{Cf}|\u034f|(?<=\p{Script=Latin})[\u200c\u200d](?=\p{Script=Latin})/gu;
const handle = /<[@#!][^>\s]{1,80}>|(?<![\p{L}\p{N}])@\p{L}[\p{L}\p{N}._'-]{0,40}/gu;
const titled = /\b(?:Mrs?|Ms|Mx|Dr|Prof|Herr|Frau|Mme|Sir)\.?\s+\p{Lu}(?:['’]?\p{L}{2}|[\p{L}-])*(?:\s\p{Lu}(?:['’]?\p{L}{2}|[\p{L}-])*)?/gu;

// 40'000, 40 000, and 5,00,000 as it is written in India.
const figure = "(?:\\p{Nd}{1,3}(?:[ ,.'’\\u00a0\\u202f]\\p{Nd}{3}|,\\p{Nd}{2}(?=,\\p{Nd}))+|\\p{Nd}+)(?:[.,]\\p{Nd}{1,2})?";
const scale = '(?:\\s?(?:k|m|mn|mio|mil|mrd|bn|tn|thou|thousand|million|billion|lakh|crore|grand)(?![\\p{L}]))';
// "kEUR", "T€"
const coin =
  '(?:[kmt]?(?:\\p{Sc}|chf|eur|usd|gbp)|pln|nok|sek|dkk|czk|huf|aud|cad|inr|krw|jpy|cny|rmb|sgd|hkd|brl|zar|aed|sar|rs\\.?|euros?|dollars?|bucks|pounds?|quid|francs?|rupees?|yen|yuan|z\\u0142|k\\u010d|kr|grand|[\\u4e07\\u5343\\u5104\\u4ebf]?[\\u5143\\u5186]|\\u062f\\u0648\\u0644\\u0627\\u0631|\\u064a\\u0648\\u0631\\u0648|\\u0440\\u0443\\u0431(?:\\.|\\p{L}*)|\\u20ac)';
const numberWord =
  '(?:a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|couple|few|several|half|of|and)';
const manyWords =
  '(?:a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|half)';
/** "15k users" is no money. */
const counted = 'people|users|customers|clients|reps|sellers|employees|staff|calls|visits|visitors|meetings|leads|accounts|deals|hours|units|contacts|emails';
const sum = new RegExp(
  [
    `(?<![\\p{L}\\p{N}])(?:us|r|a|c)?${coin}\\s?${figure}${scale}?(?:\\s?[-–]\\s?${coin}?\\s?${figure}${scale}?)?`,
    `(?<![\\p{L}\\p{N}])${figure}${scale}?(?:\\s?(?:[-–]|to)\\s?${figure}${scale}?)?\\s?${coin}(?![\\p{L}])`,
    `(?<![\\p{L}\\p{N}])${figure}(?:\\s?[-–]\\s?${figure})?${scale}(?!\\s(?:${counted}))`,
    `(?<![\\p{L}\\p{N}])(?:${numberWord}[\\s-]+){1,6}${coin}(?![\\p{L}])`,
    '\\b(?:four|five|six|seven|eight|nine)[\\s-]figures?(?:\\s(?:sum|amount))?',
    // "1200/day", "40,000 per head"; a figure below a hundred is more likely one of work
    "(?<![\\p{L}\\p{N}.,])\\p{Nd}{1,3}[ ,.'’]?\\p{Nd}{2,3}(?=\\s?(?:per|/)\\s?(?:head|seat|pax|participant|person|licen[cs]e|day)(?![\\p{L}]))",
    // "forty thousand", "half a million"
    `(?<![\\p{L}\\p{N}])${manyWords}(?:[\\s-]+(?:and[\\s-]+)?${manyWords}){0,4}[\\s-]+(?:thousand|million|billion|k|grand)(?![\\p{L}])(?!\\s(?:${counted}))`,
    // "costs 5000", "pay 1200 a day": a figure without a currency behind a word for paying
    `(?<=(?<![\\p{L}])(?:costs?|costing|prices?|priced|pay|pays|paying|paid|spend|spends|spending|spent|invoiced?|fees?|charges?|charged|offer(?:ed)?)(?:\\s(?:is|was|are|us|them|of|at|about|around|roughly|up|to|only|for)){0,3}:?\\s)${figure}${scale}?(?![\\p{L}\\p{N}%])(?!\\s?(?:%|percent|minutes?|mins?|days?|weeks?|months?|h\\b|points?|times?|${counted}))`,
  ].join('|'),
  'giu',
);

const onMoney =
  /\b(?:budget\w*|funding|funded|cost cent(?:re|er)s?|purchase orders?|p&l|opex|capex|day rates?|price cap|(?:set|put|laid) aside|(?:no|any|enough|more) money|money for|afford|finance (?:has |have )?(?:approved|agreed|released|signed))\b/iu;

/** Takes names, sums of money, what is said of the budget and addresses out of people's words. `names`: everybody who may be named in them. */
export function vendorCleaner(names: readonly string[], marks: VendorMarks): (text: string) => Cleaned {
  const forms = [...new Set(names.flatMap((name) => formsOf(name.replace(/^@/, ''))))].sort((one, other) => other.length - one.length);
  // Two patterns for everybody, the longest form first: there may be hundreds of people around.
  const patterns = [false, true].map((common) => {
    const sources = forms.filter((form) => commonWords.has(form) === common).map((form) => patternOf(form, common).source);
    return { pattern: new RegExp(sources.join('|') || '(?!)', 'giu'), common };
  });
  const short = patternOfShortNames(names);
  return (text) => {
    const kept = withoutMoneyTalk(text.replace(unseen, ''));
    const { plain, at } = withoutAccents(kept.text);
    const named = patterns.flatMap(({ pattern, common }) => nameStretches(plain, at, pattern, common));
    const found: [keyof Omit<LeftOut, 'clauses'>, Stretch][] = [];
    const add = (kind: keyof Omit<LeftOut, 'clauses'>, stretches: Iterable<Stretch>) => {
      for (const stretch of stretches) if (!found.some(([, other]) => stretch.start < other.end && other.start < stretch.end)) found.push([kind, stretch]);
    };
    add('contacts', matches(kept.text, address));
    add('names', matches(kept.text, titled));
    add('names', matches(kept.text, politely));
    add('names', nameStretches(plain, at, short, false));
    add('names', named);
    add('names', matches(kept.text, handle));
    add('amounts', matches(kept.text, sum));
    found.sort(([, one], [, other]) => one.start - other.start);
    const count = (kind: keyof LeftOut) => found.filter(([each]) => each === kind).length;
    const replaced = replace(kept.text, found, marks);
    return { text: smooth(replaced, marks), left: { names: count('names'), amounts: count('amounts'), contacts: count('contacts'), clauses: kept.clauses } };
  };
}

function* matches(text: string, pattern: RegExp): Generator<Stretch> {
  for (const match of text.matchAll(pattern)) yield { start: match.index, end: match.index + match[0].length };
}

function nameStretches(plain: string, at: readonly number[], pattern: RegExp, common: boolean): Stretch[] {
  return [...plain.matchAll(pattern)].flatMap((match) => {
    const [word] = match;
    // "We will", "by May": a name that is also a word is one only where it is written like one.
    if (common && (!/^\p{Lu}/u.test(word) || isDate(plain, match.index, word))) return [];
    return [{ start: at[match.index] ?? 0, end: at[match.index + word.length] ?? plain.length }];
  });
}

const markOf = { names: 'name', amounts: 'amount', contacts: 'contact' } as const;

function replace(text: string, found: readonly [keyof typeof markOf, Stretch][], marks: VendorMarks): string {
  let result = '';
  let from = 0;
  for (const [kind, { start, end }] of found) {
    result += `${text.slice(from, start).replace(/@$/u, '')}${marks[markOf[kind]]}`;
    from = end;
  }
  return result + text.slice(from);
}

const group = '(?:team|teams|people|group|region|reps|managers|unit|crew|org|organi[sz]ation|department|side|accounts?|customers?|office)';

/** "[name]'s team" is "the team"; "[name], [name] and [name]" is "[names]". */
function smooth(text: string, marks: VendorMarks): string {
  const name = marks.name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const several = new RegExp(`${name}(?:(?:\\s*,\\s*(?:and\\s|or\\s)?|\\s*(?:&|\\+|/|and|or)\\s*)${name})+`, 'giu');
  const whose = new RegExp(`${name}(?:['’]s?|(?<=s\\])['’])\\s+(?=${group}\\b)`, 'giu');
  return text
    .replace(whose, (_, at: number, all: string) => `${/(?:^|[.!?]\s)$/u.test(all.slice(0, at)) ? capital(marks.their) : marks.their} `)
    .replace(several, marks.names)
    .replace(/\s+/gu, ' ')
    .trim();
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

// What stands before it in the sentence is kept where it says something by itself.
const fewestWords = 3;

/** Leaves out what is said of the budget, from there to the end of the sentence. */
function withoutMoneyTalk(text: string): { text: string; clauses: number } {
  let clauses = 0;
  const sentences = text.split(/(?<=[.!?;])\s+|\n+/u).flatMap((sentence) => {
    if (!onMoney.test(sentence)) return [sentence];
    clauses += 1;
    const parts = sentence.split(/(?<=[,;:–—])\s+|\s+(?=(?:and|but|so|because|while|with)\s)/u);
    const before = parts.slice(
      0,
      parts.findIndex((part) => onMoney.test(part)),
    );
    const kept = before.join(' ').replace(/[\s,;:–—]+$/u, '');
    return kept.split(/\s+/u).length >= fewestWords ? [`${kept}.`] : [];
  });
  return { text: sentences.join(' '), clauses };
}
