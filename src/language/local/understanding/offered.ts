import { type Found, isMatter, isOfAudience, isPoor, phrase, type Told } from './phrase.ts';
import { abouts, alsoOffers, looselyAbout, looseOffers, manners, notOn, offers } from './topic-words.ts';
import { isFigure, setOf, textAt, type Word } from './words.ts';

const joining = setOf('&, +, and');
/** "Call practice", "writing workshop": matters here, while elsewhere people ask with these words. */
const trades = setOf('call, calls, writing, design, planning');
const unnamed = setOf('something, anything');
const before = setOf('before, by, until, after, since');
const calendarDays = setOf('away, opening, pay, working, trading, match, open, birthday, same, off, launch');

/** "Vulnerable customer training", "a stakeholder clinic": the words right before an offer, as far as they say what it is about. */
export function beforeOffer(told: Told, at: number): Found {
  const { words } = told;
  const offer = textAt(words, at);
  if (!offers.has(offer) || unnamed.has(offer) || words[at]?.gap !== 'none') return undefined;
  let from = at;
  while (from > 0 && at - from < 5 && words[from]?.gap === 'none') {
    const linked = joining.has(textAt(words, from - 1)) && from < at && from > 1 && words[from - 1]?.gap === 'none' && isMatter(words, from - 2);
    if (!linked && (!isMatter(words, from - 1) || isOfAudience(told, from - 1))) break;
    from -= 1;
  }
  while (from < at && (manners.has(textAt(words, from)) || joining.has(textAt(words, from)) || isFigure(textAt(words, from)))) from += 1;
  const coaching = coachingBefore(told, from, at);
  if (coaching !== undefined) return { from, to: coaching, score: 6 };
  let to = at - 1;
  while (to >= from && (manners.has(textAt(words, to)) || offers.has(textAt(words, to)))) to -= 1;
  if (to === from && textAt(words, from) === 'sales') return { from, to, score: 1.6 };
  if (to < from || (isPoor(words, from, to) && !trades.has(textAt(words, from))) || isDate(words, from, at)) return undefined;
  return { from, to, score: looseOffers.has(offer) ? 4.2 : 6 };
}

/** Coaching is what is learned in these; a "coaching session" is what somebody gets. */
const teachesCoaching = /^(?:workshops?|courses?|trainings?|class(?:es)?|seminars?|webinars?|master-?class(?:es)?|boot-?camps?|modules?|clinics?|refreshers?)$/;
const kindsOfCoaching = setOf('sales, manager, managers, team, leadership, peer, field, performance, deal, pipeline, call, remote');

/** "A coaching workshop", "a sales coaching skills course": where the coaching ends that is to be learned. */
function coachingBefore({ words }: Told, from: number, at: number): number | undefined {
  const to = /^skills?$/.test(textAt(words, at - 1)) ? at - 2 : at - 1;
  if (textAt(words, to) !== 'coaching' || !teachesCoaching.test(textAt(words, at))) return undefined;
  for (let index = from; index < to; index += 1) if (!kindsOfCoaching.has(textAt(words, index))) return undefined;
  return to;
}

/** "Before the board away day": a day in a calendar, not one to learn on. */
function isDate(words: readonly Word[], from: number, at: number): boolean {
  if (!/^days?$/.test(textAt(words, at))) return false;
  return before.has(textAt(words, from - 1)) || before.has(textAt(words, from - 2)) || calendarDays.has(textAt(words, at - 1));
}

/** "A workshop on discovery", "training around cross-sell", "a course in options pricing". */
export function afterOffer(told: Told, at: number): Found {
  const { words } = told;
  const offer = textAt(words, at);
  const isOffer = offers.has(offer);
  if (!isOffer && !alsoOffers.has(offer)) return undefined;
  const link = pastAudience(told, at + 1);
  const text = textAt(words, link);
  if (words[link]?.gap === 'stop') return undefined;
  if (text === 'on' && notOn.has(textAt(words, link + 1))) return undefined;
  if (abouts.has(text)) {
    const score = looselyAbout.has(offer) ? 4.3 : 7;
    return phrase(told, link + 1, score, true) ?? (textAt(words, link + 1) === 'coaching' ? { from: link + 1, to: link + 1, score } : undefined);
  }
  if (link > at + 1 || !isOffer || offer === 'day' || offer === 'days') return undefined;
  if (text === 'to') return phrase(told, link + 1, 3.4, true);
  if (text === 'in') return phrase(told, link + 1, 4.6, false);
  return text === 'of' || text === 'with' ? phrase(told, link + 1, 3.2, false) : undefined;
}

/** "A brown bag for the CSMs about the new API": who it is for may stand between. */
function pastAudience(told: Told, link: number): number {
  if (textAt(told.words, link) !== 'for' || !isOfAudience(told, link + 1)) return link;
  let past = link + 1;
  while (isOfAudience(told, past)) past += 1;
  return past;
}
