/** A figure that somebody wrote: 4, 12.5 %, 1,200 €, "4 days". `unit` is what stands beside the number, at most a word or two. */
export type Figure = { value: number; unit?: string };

const number = String.raw`[-−+]?\d+(?:[.,'’  ]\d{3})*(?:[.,]\d+)?`;
const currency = '(?:[$€£¥]|USD|EUR|GBP|CHF)';
// What stands beside it is kept as it is written, so it is a unit and no sentence: four short words of letters.
const unitWords = String.raw`(?:[%\p{L}\p{Sc}°][%\p{L}\p{Sc}°.]{0,14}(?:[ /-][%\p{L}\p{Sc}.]{1,14}){0,3})?`;
const onlyFigure = new RegExp(String.raw`^(${currency})?\s*(${number})\s*(?:(million|thousand|k|m)(?!\p{L}))?\s*(${unitWords})$`, 'iu');
const anyFigure = new RegExp(String.raw`(?<![\d.,])(${currency})?\s?(${number})(?:(k|m)(?!\p{L}))?(?!\d)\s?(%|percent|${currency})?`, 'giu');
const scales: Readonly<Record<string, number>> = { k: 1e3, thousand: 1e3, m: 1e6, million: 1e6 };
/** Far beyond any figure of a business; more digits are an id or a slip of the hand. */
const largest = 1e12;

/**
 * The figure in a field that is meant for one: "4", "12.5 %", "1,200", "€ 4k", "about" nothing else. Undefined for words, two figures, dates and times,
 * so that a field can say beside itself what it needs.
 */
export function readFigure(text: string): Figure | undefined {
  const [, before, digits, scale, after = ''] = onlyFigure.exec(text.trim()) ?? [];
  if (digits === undefined) return undefined;
  return figureOf(digits, scale, before ?? unitOf(after));
}

/** The one figure in somebody's words, such as a KPI's baseline "3 first meetings a week"; undefined where there is none, or more than one. */
export function figureIn(words: string): Figure | undefined {
  const found = [...words.matchAll(anyFigure)];
  const [only] = found;
  if (!only || found.length > 1) return undefined;
  const [, before, digits = '', scale, after] = only;
  return figureOf(digits, scale, before ?? unitOf(after ?? ''));
}

function figureOf(digits: string, scale: string | undefined, unit: string | undefined): Figure | undefined {
  const value = amountIn(digits) * (scales[scale?.toLowerCase() ?? ''] ?? 1);
  if (!Number.isFinite(value) || Math.abs(value) > largest) return undefined;
  return { value, ...(unit !== undefined && unit !== '' && { unit }) };
}

// Units are written small, or in capitals alone; what begins with one is as good as always a name, and would outlive the words that it stands in.
const name = /\p{Lu}\p{Ll}/u;
const named = /^(?:Percent|Euros?|Dollars?|Pounds?|Francs?|Yen)$/;

function unitOf(words: string): string {
  const unit = words.trim();
  return name.test(unit) && !named.test(unit) ? '' : unit.replace(/^percent$/i, '%');
}

/** Both ways of writing numbers: the last mark followed by other than three digits, or coming after another mark, is the decimal one. */
function amountIn(digits: string): number {
  const plain = digits.replace('−', '-').replace(/['’\s]/g, '');
  const marks = [...plain.matchAll(/[.,]/g)];
  const last = marks.at(-1);
  if (!last) return Number(plain);
  const decimals = plain.length - last.index - 1;
  const sameBefore = marks.slice(0, -1).some((mark) => mark[0] === last[0]);
  const leadingZero = /^[-+]?0[.,]/.test(plain);
  const groups = !leadingZero && (sameBefore || (marks.length === 1 && decimals === 3));
  const whole = plain.slice(0, last.index).replace(/[.,]/g, '');
  return Number(groups ? plain.replace(/[.,]/g, '') : `${whole}.${plain.slice(last.index + 1)}`);
}
