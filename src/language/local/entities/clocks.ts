import { oneOf } from '../normalise.ts';
import { zoneNames } from '../zones.ts';

/** A clock time that is said in a stretch. `certain`: it cannot be another number. */
export type Clock = { hours: number; minutes: number; at: number; end: number; certain: boolean };

const hourWords = 'midnight one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
  ' ',
);
const germanHours = 'null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf'.split(' ');
const minuteWords: Readonly<Record<string, number>> = {
  'oh five': 5,
  five: 5,
  ten: 10,
  fifteen: 15,
  twenty: 20,
  'twenty five': 25,
  'twenty-five': 25,
  thirty: 30,
  forty: 40,
  'forty five': 45,
  'forty-five': 45,
  fifty: 50,
};
const hour = '(?:[01]?\\d|2[0-3])';
const hourWord = '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)';
const lateHour = '(?:thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)';
const germanHour = `(?:${germanHours.slice(1).join('|')}|1[0-2]|[1-9])`;
const minuteWord = '(?:oh five|fifteen|twenty|thirty|forty[ -]five|forty|fifty)';
const half = '\\s?(a\\.?m\\.?|p\\.?m\\.?|a|p)(?![\\w])';
const free = '(?<![\\d.,:$€£/+–-])';
const dayPart = 'morning|afternoon|evening';
/** What a bare number is that is no time: so many of something, a share, a duration. */
const counted =
  '%|k\\b|m\\b|x\\b|st\\b|nd\\b|rd\\b|th\\b|area|people|team|regional|store|of\\b|per\\b|percent|pct|times|each|and the|new|min(?:ute)?s?\\b|sec|day|week|month|hour|quarter|year|\\p{L}{2,}(?<!s)s\\b(?<!\\b(?:is|mondays|tuesdays|wednesdays|thursdays|fridays|works|suits|fits|los angeles|las vegas|buenos|st louis|hrs))';
/** What stands before a number that names or counts something. */
const naming =
  /\b(?:room|call|team of|group of|q|week|version|step|level|floor|top|stage|wave|phase|no\.?|nr\.?|number|line|kpi|all|in|within|next|last|the|these|our|about \p{L}+ of)\s$/u;

/** Ways to write a clock time, the surest first. Groups: h, m, ap (am or pm), hw (hour as a word), mw (minutes as a word), to (half, quarter past). */
const clockPatterns: readonly { pattern: RegExp; certain: boolean }[] = [
  // Ranges count by their beginning; "3 to 3:30pm", "between 9 and 10".
  {
    pattern: new RegExp(
      `${free}(?<h>${hour})(?:[:.h](?<m>[0-5]\\d))?(?:(?<ap>${half}))?(?:\\s?[-–]\\s?|\\s(?:to|till|til|until)\\s)${hour}[:.h][0-5]\\d(?:(?<ap2>${half}))?(?![\\d%x])`,
      'g',
    ),
    certain: true,
  },
  { pattern: new RegExp(`${free}(?<h>${hour})(?:[-–]|\\s?(?:to|till|until)\\s)${hour}(?:(?<ap2>${half}))(?![\\d%x])`, 'g'), certain: true },
  {
    pattern: new RegExp(
      `\\bbetween (?<h>${hour})(?:[:.h](?<m>[0-5]\\d))?(?:(?<ap>${half}))? and ${hour}(?:[:.h][0-5]\\d)?(?:(?<ap2>${half}))?(?![\\d%x])`,
      'g',
    ),
    certain: true,
  },
  {
    pattern: new RegExp(`(?<![\\d.,:])(?<h>${hour})\\s?[:.h]\\s?(?<m>[0-5]\\d)(?:(?<ap>${half}))?(?!\\d|\\s?%|x\\b|\\s?(?:percent|pct|million|mio)\\b)`, 'g'),
    certain: true,
  },
  { pattern: new RegExp(`${free}(?<h>${hour}) uhr (?<m>[0-5]\\d)(?!\\d)`, 'g'), certain: true },
  {
    pattern: new RegExp(
      `\\b(?<!\\bfrom )(?<mins>5|10|20|25|five|ten|twenty|twenty[ -]five) (?:minutes? )?(?<way>past|to) (?<hw>${hourWord}|1[0-2]|[1-9])(?:(?<ap>${half}))?(?![\\d%:]|\\s(?:a|per|an|each|every)\\b)`,
      'g',
    ),
    certain: true,
  },
  { pattern: new RegExp(`(?<![\\p{L}])(?<german>halb|viertel nach|viertel vor|dreiviertel) (?<gh>${germanHour})(?![\\p{L}\\d])`, 'gu'), certain: true },
  {
    pattern: new RegExp(
      `\\b(?<to>half[ -]past|half|quarter past|quarter after|quarter to|quarter of)[\\s-](?<hw>${hourWord}|${hour})(?:(?<ap>${half}))?(?![\\w%:]|\\s(?:of|people|minutes))`,
      'g',
    ),
    certain: true,
  },
  { pattern: new RegExp(`${free}(?<h>${hour})(?=,? (?:sharp|on the dot)\\b)`, 'g'), certain: true },
  { pattern: new RegExp(`(?<![\\d.,:])(?<h>${hour})(?:[-–]?ish)?(?<ap>${half})`, 'g'), certain: true },
  {
    pattern:
      /(?<![\d.,:$€£])(?!20[2-9]\d\b(?!\s?h))(?<h>[01]\d|2[0-3])(?<m>[0-5]\d)(?=\s?(?:hrs|h\b|hours|uk|z\b|[a-z]{3,4}\b|$|[,.;!?)]|\s))(?!\s?(?:k|%|reps|people))/g,
    certain: true,
  },
  {
    pattern: new RegExp(
      `\\b(?<hw>${hourWord}|${lateHour})[ -](?<mw>${minuteWord})\\b(?! (?:minutes?|mins?|people|reps|percent|calls))(?:\\s?(?<ap>(?:a\\.?m|p\\.?m)\\b))?`,
      'g',
    ),
    certain: true,
  },
  { pattern: new RegExp(`\\b(?:oh |zero )?(?<hw>${hourWord}|${lateHour}) hundred(?: hours| hrs)?\\b(?! (?:calls|people|reps|deals|and))`, 'g'), certain: true },
  { pattern: new RegExp(`\\b(?<hw>${hourWord})\\s(?<ap>(?:a\\.?m|p\\.?m)\\b)`, 'g'), certain: true },
  { pattern: new RegExp(`\\b(?<hw>${hourWord})(?=,? (?:sharp|on the dot|in the (?:${dayPart}))\\b)`, 'g'), certain: true },
  { pattern: new RegExp(`${free}(?<h>${hour})\\s?(?:h|u|uhr|hrs|o'?\\s?clock)\\b(?!\\s(?:a|per)\\b)`, 'g'), certain: true },
  { pattern: new RegExp(`\\b(?<hw>${hourWord})\\s?o'?\\s?clock\\b`, 'g'), certain: true },
  { pattern: /\b(?<noon>noon|midday|mid-day|mittags?)(?:[-–]?ish)?\b/g, certain: true },
  { pattern: new RegExp(`${free}(?<h>${hour})(?= in the (?:${dayPart})\\b)`, 'g'), certain: true },
  // A number before the name of a place or a zone: "9 Singapore", "8 UK".
  { pattern: new RegExp(`${free}(?<h>${hour})(?=(?: in)? ${oneOf(Object.keys(zoneNames))}(?![\\p{L}\\d]))`, 'gu'), certain: true },
  { pattern: new RegExp(`${free}\\b(?<h>${hour})(?:[-–]?ish)?(?![\\p{L}\\d]|[.,:]\\d|\\s?(?:${counted}))`, 'gu'), certain: false },
  {
    pattern: new RegExp(
      `(?<=(?:\\b(?:at|around|about|say|make it|put|days?,?|time:?)|[@,.:])\\s)(?<hw>${hourWord})(?:[-–]?ish)?\\b(?! (?:of|people|each|per|reps|managers|calls?|minutes?|hours?|weeks?|days?|times?|or|other|thing|more))`,
      'g',
    ),
    certain: false,
  },
];

/** What takes a time back, just before it. */
const takenBack =
  /(?:\b(?:not|instead of|rather than|until|closing at|was|said|sorry i said|(?:the )?(?:stand-?up|daily|huddle|meeting|shift change|shops?|stores?|doors?)(?: \p{L}+){0,2} (?:ends?|opens?|closes?|finish(?:es)?) at)\s(?:at\s)?|~)$/u;

/** How near a weekday a bare number must be to be a time ("Fri 9", "10 on Tuesdays"), in UTF-16 units. */
const beside = 26;

/** Clock times in a stretch of normalised text, in order; a bare number counts only beside one of the `days`, and only where no clock time is plainer or it stands at the day. */
export function clocksIn(text: string, days: readonly { at: number; end: number }[]): Clock[] {
  const clocks: Clock[] = [];
  for (const { pattern, certain } of clockPatterns) {
    for (const match of text.matchAll(pattern)) {
      const at = match.index + (match[0].length - match[0].trimStart().length);
      const end = match.index + match[0].length;
      if (clocks.some((clock) => at < clock.end && end > clock.at)) continue;
      const before = text.slice(Math.max(0, at - 40), at);
      if (!certain && (naming.test(before) || !mayBeTime(text, { at, end }, days, clocks.length > 0))) continue;
      const read = clockOf(match.groups ?? {}, before, text.slice(end, end + 26));
      if (read) clocks.push({ ...read, at, end, certain });
    }
  }
  const held = clocks.filter(({ at }) => !takenBack.test(text.slice(Math.max(0, at - 40), at)));
  return (held.length > 0 ? held : clocks.filter(({ at }) => !/\bnot\s(?:at\s)?$/.test(text.slice(Math.max(0, at - 8), at)))).sort((a, b) => a.at - b.at);
}

function mayBeTime(text: string, { at, end }: { at: number; end: number }, days: readonly { at: number; end: number }[], others: boolean): boolean {
  if (!others) return days.some((day) => at - day.end < beside && day.at - end < beside);
  // Beside a plainer time a bare number counts where it stands right at the day, or takes the place of the other.
  return (
    days.some(
      (day) => (at >= day.end && /^,?\s(?:at\s|@\s)?$/.test(text.slice(day.end, at))) || (day.at >= end && /^\s(?:on\s)?$/.test(text.slice(end, day.at))),
    ) || /\b(?:make (?:it|that)|just put|no wait,?|from|to)\s$/.test(text.slice(Math.max(0, at - 12), at))
  );
}

type HourAndMinutes = { hours: number; minutes: number };

function clockOf(groups: Record<string, string | undefined>, before: string, after: string): HourAndMinutes | undefined {
  if (groups['noon']) return { hours: 12, minutes: 0 };
  const said = halfOfDay(groups, before, after);
  const read = groups['german'] ? germanClock(groups['german'], groups['gh'] ?? '') : englishClock(groups);
  if (!read) return undefined;
  const { hours, minutes } = read;
  if (said === 'pm' && hours < 12) return { hours: hours + 12, minutes };
  if (said === 'am') return { hours: hours === 12 ? 0 : hours, minutes };
  // Without am or pm nobody holds a weekly call before six or seven in the morning ("half past two", "Friday at 4"), unless it is written "06:15".
  const early = hours > 0 && (groups['m'] ? hours < 6 && !groups['h']?.startsWith('0') : hours < 7);
  return { hours: early && said === undefined ? hours + 12 : hours, minutes };
}

function englishClock(groups: Record<string, string | undefined>): HourAndMinutes | undefined {
  const worded = groups['hw'];
  const base = worded && !/\d/.test(worded) ? hourWords.indexOf(worded) : Number(groups['h'] ?? worded);
  if (!Number.isInteger(base) || base < 0 || base > 23) return undefined;
  const { mins, to } = groups;
  if (mins) {
    const count = minuteWords[mins] ?? Number(mins);
    return groups['way'] === 'to' ? { hours: (base + 23) % 24, minutes: 60 - count } : { hours: base, minutes: count };
  }
  if (to?.startsWith('half')) return { hours: base, minutes: 30 };
  if (to === 'quarter past' || to === 'quarter after') return { hours: base, minutes: 15 };
  if (to) return { hours: (base + 23) % 24, minutes: 45 };
  return { hours: base, minutes: groups['m'] ? Number(groups['m']) : (minuteWords[groups['mw'] ?? ''] ?? 0) };
}

/** "halb neun" is half an hour before nine, "viertel vor" a quarter before. */
function germanClock(form: string, said: string): HourAndMinutes | undefined {
  const base = /\d/.test(said) ? Number(said) : germanHours.indexOf(said);
  if (base < 1) return undefined;
  if (form === 'viertel nach') return { hours: base, minutes: 15 };
  return { hours: (base + 23) % 24, minutes: form === 'halb' ? 30 : 45 };
}

function halfOfDay(groups: Record<string, string | undefined>, before: string, after: string): 'am' | 'pm' | undefined {
  const said =
    groups['ap']?.trim() ??
    groups['ap2']?.trim() ??
    /^(?:\s?[-–]\s?\d[\d:.]*)?(?:\s?o'?\s?clock)?,?\s?(?:in the )?(am|pm|a\.m|p\.m|morning|afternoon|evening)\b/.exec(after)?.[1] ??
    /\b(morning|afternoon|evening)s?,?\s(?:at |around |about |say )?$/.exec(before)?.[1];
  if (said === undefined) return undefined;
  return /^p|afternoon|evening/.test(said) ? 'pm' : 'am';
}
