import type { Span } from '../../language.ts';
import { audienceLabels, beforeForNames, giving, moving, noNames, owning, things } from './audience-words.ts';
import { backTo, type Candidate, namedPeople, placeAfter } from './named-people.ts';
import { asking, glue, isNumber, months, setOf, stretch, textAt, timeUnits, type Word } from './words.ts';

const whose = setOf('the, our, my, all');
const us = setOf('we, they, us');
const weAre = setOf("we're, they're");
const countNouns = setOf('pax, nos, heads, seats, ppl');
const ofThese = setOf('them, us, em, mine');
const counting = setOf('qty, headcount, number');
const toLearn = setOf('to, how, on');
const teachers = setOf('teach, train, coach, upskill, enable, educate, show');

/** Who it is for, in the words of a message: "my 80 account managers in Leeds", "pod B", "the Nordics", "we are 15". */
export function audienceIn(words: readonly Word[], teamNames: readonly (readonly string[])[] = []): Span | undefined {
  let best: Candidate | undefined;
  const propose = (found: Candidate | undefined) => {
    if (found && (!best || found.score > best.score)) best = found;
  };
  for (let at = 0; at < words.length; at += 1) {
    propose(ownName(words, at, teamNames));
    propose(labelled(words, at));
    propose(namedPeople(words, at));
    propose(headcount(words, at));
    propose(behindFor(words, at));
    propose(ownPeople(words, at));
    propose(learners(words, at));
  }
  return best && stretch(words, best.from, best.to);
}

/** A team by the name that its tenant gives it. */
function ownName(words: readonly Word[], at: number, names: readonly (readonly string[])[]): Candidate | undefined {
  const name = names.find((parts) => parts.length > 0 && parts.every((part, index) => textAt(words, at + index).replace(/'s$/, '') === part));
  if (!name) return undefined;
  const from = backTo(words, at, 2);
  return { from, to: at + name.length - 1, score: textAt(words, from - 1) === 'for' ? 10 : 9 };
}

/** "Who: lab technicians, Basel", "Audience: AEs". */
function labelled(words: readonly Word[], at: number): Candidate | undefined {
  if (!audienceLabels.has(textAt(words, at)) || words[at + 1]?.gap !== 'colon') return undefined;
  let to = at + 1;
  for (let next = words[to + 1]; to - at < 8 && (next?.gap === 'none' || next?.gap === 'comma'); next = words[to + 1]) to += 1;
  return { from: at + 1, to, score: 10 };
}

/** "We are 15", "they're 13", "8 pax", "Qty 12", "my eleven". */
function headcount(words: readonly Word[], at: number): Candidate | undefined {
  if (!isNumber(textAt(words, at))) return undefined;
  const before = textAt(words, at - 1);
  const after = words[at + 1];
  const ends = after?.gap !== 'none' || glue.has(after.text);
  if (ends && us.has(textAt(words, at - 2)) && before === 'are') return { from: at - 2, to: at, score: 2.6 };
  if (ends && weAre.has(before)) return { from: at - 1, to: at, score: 2.6 };
  if (ends && owning.has(before)) return { from: at - 1, to: at, score: 4 };
  if (after && countNouns.has(after.text)) return { from: at, to: at + 1, score: 2.8 };
  if (after?.text === 'of' && ofThese.has(textAt(words, at + 2))) return { from: at, to: at + 2, score: 1.2 };
  return counting.has(before) ? { from: at, to: at, score: 0.9 } : undefined;
}

/** "For the Nordics", "for ops", "for Leeds": what stands behind "for" is a name where it is no time, no task and nothing that is asked for. */
function behindFor(words: readonly Word[], at: number): Candidate | undefined {
  if (textAt(words, at) !== 'for' || words[at + 1]?.gap !== 'none' || beforeForNames.has(textAt(words, at - 1))) return undefined;
  const from = whose.has(textAt(words, at + 1)) ? at + 2 : at + 1;
  let to = from - 1;
  while (to - from < 2 && isName(words[to + 1]) && (to < from || words[to + 1]?.gap === 'none')) to += 1;
  if (to < from || noNames.has(textAt(words, from))) return undefined;
  return { from: at + 1, to: placeAfter(words, to), score: from > at + 1 ? 2.2 : 2 };
}

function isName(word: Word | undefined): boolean {
  if (!word || glue.has(word.text) || asking.has(word.text) || timeUnits.has(word.text) || months.has(word.text)) return false;
  return !/^\d|ing$/.test(word.text) && !isNumber(word.text);
}

/** "Teach my downlines": a word that nobody expects for people is one where they are to be taught. */
function ownPeople(words: readonly Word[], at: number): Candidate | undefined {
  const before = textAt(words, at - 1);
  if (!owning.has(textAt(words, at)) || !giving.has(before) || moving.has(before)) return undefined;
  for (let to = at + 1; to < at + 4; to += 1) {
    const word = words[to];
    if (word?.gap !== 'none' || glue.has(word.text) || asking.has(word.text) || timeUnits.has(word.text)) return undefined;
    if (/[^s]s$/.test(word.text) && !things.has(word.text)) return { from: at, to, score: 1.6 };
  }
  return undefined;
}

/** "Teach CS to upsell", "train QA how to read logs": whoever stands between is to learn. */
function learners(words: readonly Word[], at: number): Candidate | undefined {
  if (!teachers.has(textAt(words, at))) return undefined;
  for (let to = at + 1; to < at + 4; to += 1) {
    const word = words[to];
    const next = words[to + 1];
    if (word?.gap !== 'none' || next?.gap !== 'none') return undefined;
    const whoseOnly = word.text === 'the' || owning.has(word.text);
    if (asking.has(word.text) || (glue.has(word.text) && !whoseOnly)) return undefined;
    if (toLearn.has(next.text)) return whoseOnly ? undefined : { from: at + 1, to, score: 1.7 };
  }
  return undefined;
}
