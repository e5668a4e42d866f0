import type { Span } from '../../language.ts';

const currency =
  '(?:[€$£¥]|us\\$|r\\$|chf|eur|euros?|usd|gbp|dollars?|pounds?|quid|zł|pln|nok|sek|dkk|aud|cad|inr|krw|jpy|cny|sgd|hkd|brl|zar|aed|sar|rupees?|francs?|lakh|crore)';
const figure = "\\d{1,3}(?:[ ,.']\\d{3}){1,3}|\\d{1,9}(?:[.,]\\d{1,2})?";
const scale = '(?:\\s?(?:k|m|mn|mio|bn|thousand|million|grand))';
const money = new RegExp(
  `(?<![\\w.])(?:${currency}\\s?(?:${figure})${scale}?\\b|(?:${figure})${scale}?\\s?${currency}(?![\\p{L}])|(?:${figure})\\s?(?:k|grand|thousand|mio)\\b)`,
  'u',
);

/** The first sum of money in a stretch of normalised text: a currency, or thousands ("25k"). */
export function moneyIn(low: string, { start, end }: Span): Span | undefined {
  const match = money.exec(low.slice(start, end));
  return match ? { start: start + match.index, end: start + match.index + match[0].length } : undefined;
}
