import type { Span } from '../../language.ts';
import { trimSpan } from '../normalise.ts';

const month = '(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)';
const weekday = '(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thurs?|fri|sat|sun)';
const day = '\\d{1,2}(?:st|nd|rd|th)?';
const season = '(?:summer|autumn|fall|spring|winter|easter|christmas|xmas|ramadan|diwali|eid|thanksgiving)';
const dated = `(?:${month}(?: ${day})?(?:,? 20\\d\\d)?\\b|${day}(?: of)? ${month}\\b|\\d{1,2}(?:st|nd|rd|th)\\b|20\\d\\d-\\d\\d-\\d\\d|\\d{1,2}/\\d{1,2}(?:/\\d{2,4})?(?![\\d%/])|\\d{1,2}\\.\\d{1,2}\\.\\d{2,4}|q[1-4](?: 20\\d\\d|fy\\d\\d)?\\b|h[12]\\b|fy ?\\d\\d\\b|20[2-4]\\d\\b)`;
const period = `(?:quarter|month|week|year|half[- ]?term|term|half|${season}|${weekday}|weekend|sko|season|eoy|eoq|eom|year[- ]end|yearend)`;
/** "before month end", "before the quarter ends", "before the year-end close": the end belongs to it; the end users and the end of play do not. */
const itsEnd = '(?:(?<=quarter|month|week|year|half|term|season)[ -]ends?\\b(?![ -](?:of|to|users?|customers?|clients?|buyers?|markets?)\\b)(?: close\\b)?)?';
/** "before the kickoff on June 14": the event and its day belong together. */
const onDay = `(?: (?:on|in) (?:${weekday},? )?(?:${dated}|${weekday}\\b)|, (?:${weekday},? )?(?:${month} ${day}|${day}(?: of)? ${month})\\b)?`;
const which =
  '(?:the|our|my|this|next|coming|end|of|start|beginning|middle|mid|late|early|first|second|third|fourth|last|half|new|financial|fiscal|calendar|about|around|or)';

type Rule = { pattern: RegExp /** Says nothing in a sentence that tells of what was. */; told?: boolean };

/** The plainest way of saying first. Every repetition is bounded. */
const rules: readonly Rule[] = [
  {
    pattern: /\b(?:deadline|due(?: date)?|needed by|required by|until|timing|timeframe|when|latest|target date|start date|dates?)\s?[:=–-]\s?([^\n.;|]{2,40})/g,
  },
  { pattern: new RegExp(`\\b(?:due|no later than|latest by|not later than)(?: ${which}){0,4} (?:${dated}|${period}\\b)`, 'g') },
  {
    pattern: new RegExp(
      `\\b(?:by|until|till|before|ahead of|in time for|prior to)(?: ${which}){0,6}[ -](?:(?!we\\b|i\\b|they\\b)[\\p{L}&'-]{2,16} )?(?:${dated}|${period}s?\\b${itsEnd}|(?:holidays?|peak|launch|go[- ]live|kick[- ]?off|renewals?|tenders?|offsite|summit|conference|fair|audit|visit|handover|rollout|roll-out)\\b)(?: (?:week|peak|launch|season|kick[- ]?off|break|holidays?|period|trading|rush|sales|${month})\\b)?${onDay}`,
      'gu',
    ),
    told: true,
  },
  { pattern: new RegExp(`\\b(?:${dated}) (?:at the )?latest\\b`, 'g') },
  {
    pattern: new RegExp(
      `\\b(?:in|during|within|from|for|starting|start(?:s|ing)?(?: in| on| from)?|begin(?:s|ning)?(?: in| on)?|kick(?:ing)? off(?: in| on)?|launch(?:es|ing)?(?: in| on)?|go(?:es|ing)? live(?: in| on)?|opens?(?: in| on)?|early|mid|late|end of|start of|beginning of|some ?time in|sometime)(?: ${which}){0,4}[ -](?:${dated})(?! (?:of|people|reps|sessions?|x)\\b)`,
      'g',
    ),
    told: true,
  },
  {
    pattern: new RegExp(
      `\\b(?:this|next|coming|some|early|mid|late|the end of|end of|end|start of|the start of|by|on|any)(?: ${which}){0,3}[ -]${period}\\b${itsEnd}(?: (?:morning|afternoon|or next|or the week after)\\b)?(?!'s|s\\b| (?:focus|target|number|figures|results|so far))`,
      'g',
    ),
    told: true,
  },
  {
    pattern:
      /\b(?:in|within)(?: the)?(?: (?:next|coming|about|around|a couple of|a few|\d{1,2}|one|two|three|four|six|eight)){1,3} (?:weeks?|wks?|months?|mths?|days)\b(?! (?:already|ago))/g,
    told: true,
  },
  {
    pattern:
      /\b(?:before|ahead of|prior to|in time for|by the time)(?= (?!(?:the |our |my |a )?(?:clients?|customers?|buyers?|prospects?|patients?|guests?|callers?)\b|we (?:did|had)|i (?:forget|go|sign|ask|lose|know|say|buy|pay)|you (?:ask|say)|they (?:ask|say)|long|now|that\b|this\b|and\b|but\b|it's|a\b|an\b|he\b|she\b|buyers?\b|clients?\b|customers?\b|asking|diving|closing|giving|offering|quoting|talking|\w+ing\b))((?: [\w&'/-]{1,24}){1,7}?)(?=[.,?!;:)\n]|\s[–—-]\s|$| (?:and|so|because|cos|please|pls|plz|thx|thanks|would|could|can|is|are|someone|somebody|we need|i want|i'd|for|with)\b)/g,
    told: true,
  },
  { pattern: /\bduring (?:the |our )?[\w'&-]{2,20}(?: (?:week|season|month|days?|kick-?off|conference))?\b/g, told: true },
  {
    pattern:
      /\bafter (?:the )?(?:easter|christmas|xmas|summer|holidays|seeding|harvest|peak|launch|go[- ]live|kick[- ]?off|sko|ramadan|half[- ]term|term|inventory|stocktake)\b/g,
  },
  { pattern: new RegExp(`\\b(?:next|this|coming|some|prefer(?:ably|red)?|every) ${weekday}\\b(?: (?:morning|afternoon|evening))?`, 'g'), told: true },
  {
    pattern: new RegExp(
      `\\b(?:on|for|starts?|starting|begins?|arriving|arrive|joining|in) (?:the )?(?:${weekday}|${dated})(?: (?:morning|afternoon|evening))?\\b(?!s)`,
      'g',
    ),
    told: true,
  },
  {
    pattern: new RegExp(
      `\\b(?:${weekday}(?: (?:morning|afternoon|evening))|${day} ${month}|${month} ${day}|q[1-4](?! (?:results|numbers|was|were|figures))|${month} (?:20\\d\\d))\\b`,
      'g',
    ),
    told: true,
  },
  {
    pattern: new RegExp(`(?:[,(–-]|\\b(?:prob|probably|perhaps|maybe|ideally|say|preferably)\\.?) ?(${month}|${season}|${weekday})\\b(?=[.,?!)\\n]|$)`, 'g'),
    told: true,
  },
  {
    pattern:
      /\b(?:asap|as soon as possible|urgently|right away|immediately|at the earliest|on priority(?: basis)?|soonest|any date|this (?:week|month|quarter|year|half|spring|summer|autumn|winter|season)|next (?:week|month|quarter|year|half|spring|summer|autumn|winter|season)|tomorrow|eoy|eoq|eom)\b/g,
    told: true,
  },
];

const tellsOfPast =
  /\b(?:since|last|ago|was|were|had|did|didn't|went|moved|joined|turned|came|lost|left|launched|happened|got|changed|wrote|met|dropped|failed|started|signed|attended|missed|booked|hit|sold|made|promoted|took)\b/;

/** By when somebody wants it, in the words of a normalised text of bounded length; what a sentence tells of the past is none. */
export function deadlineIn(low: string): Span | undefined {
  for (const { pattern, told } of rules) {
    let tries = 0;
    for (const match of low.matchAll(pattern)) {
      tries += 1;
      if (tries > 6) break;
      const group = match[1];
      const isTail = group !== undefined && match[0].endsWith(group) && !/^(?:before|ahead|prior|in time|by the|until)/.test(match[0]);
      const start = isTail ? match.index + match[0].length - group.length : match.index;
      if (told && isTold(low, start)) continue;
      const span = trimSpan(low, start, match.index + match[0].length);
      if (span) return span;
    }
  }
  return undefined;
}

/** Whether the sentence up to here tells of what was, and asks for nothing. */
function isTold(low: string, at: number): boolean {
  const before = low.slice(Math.max(0, at - 120), at);
  const cut = Math.max(before.lastIndexOf('. '), before.lastIndexOf('? '), before.lastIndexOf('! '), before.lastIndexOf('\n'), before.lastIndexOf('; '));
  const sentence = before.slice(cut + 1);
  if (/\b(?:since|last|every|each|due to)\s$/.test(sentence)) return true;
  if (/\b(?:need|want|like|love|can|could|would|should|must|please|pls|looking|who|request|have to|for)\b/.test(sentence.replace(/\bcould(?:n't| not)\b/g, '')))
    return false;
  return tellsOfPast.test(sentence);
}
