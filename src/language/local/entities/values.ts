import type { Span } from '../../language.ts';

const number = "(?:\\d{1,3}(?:[ ,.']\\d{3}(?!\\d)){1,3}(?:[.,]\\d{1,2})?|\\d{1,9}(?:[.,]\\d{1,3})?)";
const numberWord =
  '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundred|zero|none|nothing|half|a third|a quarter|a dozen)';
const amount = `(?:${number}|${numberWord})`;
const unit =
  '(?:\\s?%|\\s?(?:percent|per ?cent|pct|pts?|points?|days?|hours?|hrs?|minutes?|mins?|weeks?|months?|bn|mn|mio|million|thousand)\\b|(?:x|k|m|h|d|pp|times)\\b)';
const rate =
  '(?:\\s?\\/\\s?\\w{1,10}(?:\\/\\w{1,10})?|\\s(?:per|a|an|each|every)\\s(?:week|month|day|year|quarter|rep|seller|person|head|agent|hour|call|visit|deal|wk|adviser|advisor|surveyor|account)(?:[\\s\\/](?:a|per|each)?\\s?(?:week|month|day|quarter|rep|seller))?)';
const roughly =
  '(?:about|around|roughly|approx\\.?|approximately|maybe|under|over|at least|at most|below|above|almost|nearly|less than|more than|up to|~|±|>|<|≥|≤)\\s?';
const currency = '(?:[€$£¥]|us\\$|r\\$|chf|eur|usd|gbp)\\s?';

/** A quantity as people write it: "about 40 a month", "7,5%", "3 in 10", "one in four", "26 hours", "2.3x". For normalised text. */
const valuePattern = `(?:${roughly})?(?:${currency})?${amount}(?:\\s(?:in|of|out of)\\s(?:the\\s)?${amount}(?![\\w%]))?(?:${unit})?(?:${rate})?`;

const values = new RegExp(`(?<![\\w.,:-])${valuePattern}(?![\\w:])`, 'g');
const nearDate =
  /(?:^|\s)(?:q|wk|week|day|stage|step|level|module|wave|phase|version|v|nr|no\.?|may|june|july|august|september|october|november|december|january|february|march|april)\s?$/;
const dateAfter = /^(?:st|nd|rd|th)\b|^\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/;

/** "1:1 coaching", "one to one calls": who sits with whom, and no quantity. */
const betweenTwo = /(?<!from )(?<![\w.,])(?:1\s?[:-]\s?1|1 ?on ?1|(?:1|one)(?: |-)(?:to|on)(?: |-)(?:1|one))s?(?![\w:]|[.,]\d)/g;

/** Quantities in a stretch of normalised text, in order; years, dates and clock times are left out. */
export function valuesIn(low: string, { start, end }: Span): Span[] {
  const found: Span[] = [];
  const pairs = [...low.slice(start, end).matchAll(betweenTwo)].map((pair) => ({ start: start + pair.index, end: start + pair.index + pair[0].length }));
  for (const match of low.slice(start, end).matchAll(values)) {
    const from = start + match.index;
    const to = from + match[0].length;
    if (pairs.some((pair) => from < pair.end && to > pair.start)) continue;
    const before = low.slice(Math.max(start, from - 16), from);
    const perWeek = /\b(?:per|a|each|every)\s(?:week|day)\s$/.test(before);
    if ((nearDate.test(before) && !perWeek) || dateAfter.test(low.slice(to, to + 6)) || /^20[12]\d$/.test(match[0]) || low.charAt(to) === '+') continue;
    // A lone number word is a quantity only where one is announced ("from two to five"), not in "each one".
    if (
      /^[a-z]+$/.test(match[0]) &&
      !/\b(?:from|to|is|at|about|want|target|baseline|now|need)\s$|→ ?$/.test(before) &&
      !/^\s?(?:to\b|→|->|today|now|at present)/.test(low.slice(to, to + 10))
    )
      continue;
    found.push({ start: from, end: to });
    if (found.length >= 20) break;
  }
  return found;
}
