import { type Found, pastPeople, phrase, type Told } from './phrase.ts';
import {
  ableWords,
  cannot,
  directly,
  doings,
  ends,
  fears,
  knowing,
  lackLinks,
  lacks,
  leading,
  learnedThings,
  links,
  negations,
  personal,
  procedures,
  schooledWords,
  teaching,
  vagueLacks,
} from './topic-words.ts';
import { glue, setOf, textAt } from './words.ts';

const noSkill = setOf('learn, understand, know, be, start, come, agree, attend, join, a, an, the, speed, scratch, where, this, that, grips, stop');
const askedHow = setOf('did, do, are, is, many, much');
const shownTo = setOf('teach, taught, learn, show, explain');
const aims = setOf('where, so, that, until, wish');
const withHelp = setOf('with, w, on');

/** "Teach them to upsell", "walk them through the new API", "learn how to ask for the order", "show her how it is done". */
export function taught(told: Told, at: number): Found {
  const { words } = told;
  const text = textAt(words, at);
  const next = textAt(words, at + 1);
  if (text === 'how' && next === 'to') return phrase(told, at + 2, procedures.has(textAt(words, at + 2)) ? 2 : 5, true);
  if (text === 'how' && (next === 'they' || next === 'we') && !askedHow.has(textAt(words, at + 2))) return phrase(told, at + 2, 3.1, true);
  if (leading.has(text)) return pastPeople(told, at + 1, (index) => throughOrTo(told, at, index));
  if (!teaching.has(text) || (text.startsWith('learn') && learnedThings.has(next))) return undefined;
  const after = pastPeople(told, at + 1, (index) => {
    const link = textAt(words, index);
    const linked = link !== 'how' && link !== 'through' && links.has(link) && words[index]?.gap === 'none';
    if (linked && !(link === 'to' && /^(?:explain|show|told|tell)/.test(text))) {
      return textAt(words, index + 1) === 'how' ? undefined : phrase(told, index + 1, 5.2, link !== 'in');
    }
    return index === at + 1 || links.has(link) || !shownTo.has(text) ? undefined : phrase(told, index, 4, false);
  });
  if (after) return after;
  if (!(text.startsWith('learn') || directly.has(text)) || words[at + 1]?.gap !== 'none' || next === 'how' || personal.has(next)) return undefined;
  return phrase(told, at + 1, text === 'understand' || text === 'explain' ? 3.3 : 4, false);
}

/** "Walk them through the stages", "get the counter to think in baskets". */
function throughOrTo(told: Told, at: number, index: number): Found {
  const link = textAt(told.words, index);
  if (link === 'through') return phrase(told, index + 1, 5, false);
  if (link === 'past' && index > at + 1) return obstacle(told, index);
  const moves = /^(?:get|help)/.test(textAt(told.words, at)) && link === 'to' && index > at + 1;
  return moves && !noSkill.has(textAt(told.words, index + 1)) ? phrase(told, index + 1, 3.9, true) : undefined;
}

/** "Get my AEs past the gatekeeper": with the word that makes it one. */
function obstacle(told: Told, at: number): Found {
  const found = phrase(told, at + 1, 4, false);
  return found && { ...found, from: at };
}

/** "Can't hold a price", "weak in objections", "no clue about tariffs", "scared of talking fees", "need to improve discovery". */
export function lacked(told: Told, at: number): Found {
  const { words } = told;
  const text = textAt(words, at);
  const next = textAt(words, at + 1);
  if (words[at + 1]?.gap !== 'none') return undefined;
  if (lacks.has(text) && lackLinks.has(next)) return phrase(told, at + 2, schooledWords.has(text) ? 5 : vagueLacks.has(text) ? 2.8 : 3.9, true);
  if (text === 'help' && withHelp.has(next)) return phrase(told, at + 2, 4.4, true);
  if (fears.has(text) && next === 'of') return phrase(told, at + 2, 4, true);
  if (/^(?:dreads?|avoids?|avoiding|hates?|fears?)$/.test(text) && /.{3}ing$/.test(next)) return phrase(told, at + 1, 3, true);
  if (text === 'can' && opensAim(told, at)) return phrase(told, at + 1, 2.8, true);
  if (cannot.has(text) && !glue.has(next)) return phrase(told, at + 1, words[at + 2]?.gap === 'none' ? 3 : 2, true);
  if (/^(?:gets?|getting|got)$/.test(text)) return gotten(told, at);
  if (text === 'help' && personal.has(next)) return phrase(told, at + 2, 2.5, true);
  if (negations.has(text)) return lackedVerb(told, at);
  if (ableWords.has(text) && next === 'to') return phrase(told, at + 2, text === 'able' || text === 'learn' ? 4.4 : 2.6, true);
  return undefined;
}

/** "None of us can write one", "to a point where they can offer insurance". */
function opensAim({ words }: Told, at: number): boolean {
  const [last, second, third] = [textAt(words, at - 1), textAt(words, at - 2), textAt(words, at - 3)];
  if (last === 'they' && aims.has(second)) return true;
  return last === 'nobody' || (last === 'one' && second === 'no') || (second === 'of' && third === 'none');
}

/** "Get them selling tyres", "keep getting the risk assessment wrong". */
function gotten(told: Told, at: number): Found {
  const { words } = told;
  for (let index = at + 2; index < at + 7 && words[index]?.gap === 'none'; index += 1) {
    if (textAt(words, index) === 'wrong') return phrase({ ...told, words: words.slice(0, index) }, at + 1, 3.8, false);
  }
  const isDoing = (index: number) => index > at + 1 && /.{3}ing$/.test(textAt(words, index)) && textAt(words, index) !== 'going';
  return pastPeople(told, at + 1, (index) => (isDoing(index) ? phrase(told, index, 4.2, true) : undefined));
}

/** "Never sold services", "don't know the new CRM". */
function lackedVerb(told: Told, at: number): Found {
  const verb = textAt(told.words, at + 1);
  const object = textAt(told.words, at + 2);
  if (knowing.has(verb)) return object === 'how' ? undefined : phrase(told, at + 2, 3.4, false);
  return doings.has(verb) && !ends.has(object) ? phrase(told, at + 1, 2.4, true) : undefined;
}
