import type { Weekday } from '../../../domain/questions.ts';

/** A weekday that is said in a stretch; `end` is exclusive. */
export type Day = { weekday: Weekday; at: number; end: number };

const names: readonly (readonly [Weekday, string])[] = [
  ['mon', 'mon(?:days?|s)?|montags?|lundis?|lunes|luned[iì]|maandag|segundas?(?:-feiras?)?'],
  ['tue', 'tue(?:s|sdays?)?|dienstags?|mardis?|martes|marted[iì]|dinsdag|ter[cç]as?(?:-feiras?)'],
  ['wed', 'wed(?:s|nesdays?)?|hump day|mittwochs?|mercredis?|mi[eé]rcoles|mercoled[iì]|woensdag|quartas?-feiras?'],
  ['thu', 'thu(?:r|rs|rsdays?)?|donnerstags?|jeudis?|jueves|gioved[iì]|donderdag|quintas?-feiras?'],
  ['fri', 'fri(?:days?|s)?|freitags?|vendredis?|viernes|venerd[iì]|vrijdag|sextas?-feiras?'],
  ['sat', 'sat(?:urdays?)?|samstags?|samedis?|s[aá]bados?'],
  ['sun', 'sun(?:days?)?|sonntags?|domingos?|dimanches?'],
];
/** Abbreviations that are other words too: they count only straight before a clock time, where no weekday is written out. */
const shortNames: readonly (readonly [Weekday, string])[] = [
  ['mon', 'm|mo|lun|seg'],
  ['tue', 'tu|di|mar|ter'],
  ['wed', 'w|we|mi|mié|mie|mer|wo|qua'],
  ['thu', 'th|do|jue|jeu|gio|qui'],
  ['fri', 'f|fr|vie|ven|vr|sex'],
];
const wordsOf = (list: readonly (readonly [Weekday, string])[]) => list.map(([weekday, words]) => `(?<${weekday}>${words})`).join('|');
const written = new RegExp(`(?<![\\p{L}\\d])(?:${wordsOf(names)})(?![\\p{L}\\d])`, 'gu');
const abbreviated = new RegExp(
  `(?<![\\p{L}\\d'])(?:${wordsOf(shortNames)})(?=\\.?,?\\s(?:at\\s|@\\s|um\\s|à\\s|a las\\s|alle\\s)?\\d{1,2}(?:[:.h]\\s?\\d\\d|\\s?[ap]m?\\b|\\s?h\\b|\\s?uhr\\b))`,
  'gu',
);

const refusedBefore =
  /(?:\b(?:not|except|except for|never|no|was|instead of|rather than|(?:day|time|weekday|anything|any) but|apart from|bar|excluding|(?:change|move|moved|switch|switched)(?: it)?(?: from)?)\s(?:on\s|an?\s)?|~)$/;
const refusedAfter =
  /^\s(?:doesn'?t|does not|don'?t|won'?t|(?:is|are) (?:only )?(?:for|bad|dead|full|blocked|out|gone|taken|booked|impossible|hopeless|off|no good|never)\b|full\b|blocked\b|taken\b|is out\b)/;

/** Weekdays in a stretch of normalised text, in order, without those that are ruled out ("not Monday", "Friday is full"). */
export function weekdaysIn(text: string): Day[] {
  const days = daysBy(written, text);
  return days.length > 0 ? days.filter((day) => !isRefused(text, day)) : daysBy(abbreviated, text);
}

function daysBy(pattern: RegExp, text: string): Day[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const found = names.find(([weekday]) => match.groups?.[weekday] !== undefined);
    return found ? [{ weekday: found[0], at: match.index, end: match.index + match[0].length }] : [];
  });
}

function isRefused(text: string, { at, end }: Day): boolean {
  return refusedBefore.test(text.slice(Math.max(0, at - 22), at)) || refusedAfter.test(text.slice(end, end + 30));
}
