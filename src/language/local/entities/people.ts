import type { ReadPerson, ReplyContext, Span } from '../../language.ts';
import { notNames } from '../name-words.ts';
import { normalise } from '../normalise.ts';
import { zoneNames } from '../zones.ts';

/** One or more capitalised words with what stands between parts of a name ("Maria de la Cruz", "Jean-Luc", "O'Neill"). */
const capitalised =
  /(?<![\p{L}\p{N}@#])\p{Lu}[\p{L}'’-]{1,24}(?:\s(?:(?:van|von|de|der|den|del|della|di|da|la|le|bin|al|el|ter|ten)\s){0,2}\p{Lu}[\p{L}'’-]{1,24}){0,2}/gu;
const handle = /<@[\w|]{2,40}>|@[\p{L}][\p{L}\p{N}._'-]{1,30}(?:\s\p{Lu}[\p{L}'’-]{1,24})?/gu;
const nameCueBefore =
  /(?:\b(?:is|owner|owned by|owns it|that'?s|it'?s|name(?:d|s)?(?: is)?|put|with|ask|and|by|for|me|both|under|contact|be|goes to|to|from|call(?:ed)?|have|says?|see|let|runs? by|pulled by|colleagues?|managers?|leads?|supervisors?|mr|mrs|ms|dr|frau|herr|,|&|\+|or|not|now|then|also|either|thinks?|boss|sponsor|director|head)|[(:,&=+/→–-])\s?$/i;
const nameCueAfter =
  /^\s?(?:is|will|would|'?ll|'s|does|can|could|owns|own|runs?|leads?|has|have|should|and|or|,|&|\+|\(|\/|–|-|knows|takes?|decides?|pulls?|coaches|sits|holds|keeps|answers|signed|agreed|joins?|each|both|\.|$|;|:|→|the |from |in |→)/i;

type Knowledge = Pick<ReplyContext, 'mentions' | 'people'>;

/**
 * People named in a stretch of text, in order: mentions, people who take part, and capitalised words where a name may stand.
 * `eager`: a name is expected (who owns it, which managers), so a capitalised word at the beginning counts too. Words denied ("not Priya") are left out.
 */
export function peopleIn(text: string, { start, end }: Span, knowledge: Knowledge, eager: boolean): ReadPerson[] {
  const found: ReadPerson[] = knowledge.mentions
    .filter((mention) => mention.start >= start && mention.end <= end)
    .map((mention) => ({ name: { start: mention.start, end: mention.end }, personId: mention.personId }));
  const add = (person: ReadPerson) => {
    if (!found.some(({ name }) => name.start < person.name.end && person.name.start < name.end)) found.push(person);
  };
  for (const person of participantsIn(text, { start, end }, knowledge.people)) add(person);
  for (const match of text.slice(start, end).matchAll(handle)) {
    // The sign before a handle is no part of the name; in "<@U1>" it is part of the id.
    const from = start + match.index + (match[0].startsWith('@') ? 1 : 0);
    add({ name: { start: from, end: start + match.index + match[0].length } });
  }
  for (const match of text.slice(start, end).matchAll(capitalised)) {
    const name = likelyName(text, start, start + match.index, match[0], eager);
    if (name) add({ name });
    if (found.length >= 30) break;
  }
  return found.filter(({ name }) => !isDenied(text, name)).sort((a, b) => a.name.start - b.name.start);
}

function participantsIn(text: string, { start, end }: Span, people: Knowledge['people']): ReadPerson[] {
  const low = folded(text.slice(start, end));
  const known = knownAs(people);
  return known.flatMap(({ personId, names }) => {
    const named = names.find((name) => name.length > 1 && wholeWordAt(low, name) >= 0);
    if (!named || known.filter((other) => other.names.includes(named)).length > 1) return [];
    const at = start + wholeWordAt(low, named);
    return [{ name: { start: at, end: at + named.length }, personId }];
  });
}

type Known = { personId: string; names: readonly string[] };
// A message is read clause by clause with the same people.
const looked = new WeakMap<Knowledge['people'], readonly Known[]>();

function knownAs(people: Knowledge['people']): readonly Known[] {
  const before = looked.get(people);
  if (before) return before;
  const known = people.slice(0, 50).map(({ personId, name }) => ({ personId, names: namesOf(name) }));
  looked.set(people, known);
  return known;
}

/** The full name and the first name, as they are looked for. */
function namesOf(name: string): string[] {
  const low = folded(name.trim());
  return [low, low.split(/[\s,]/)[0] ?? low];
}

/** In small letters and without accents, of the same length: people write "Tomas" for "Tomás". */
function folded(text: string): string {
  return normalise(text).replace(/[^\0-\x7f]/g, (unit) => {
    const [letter = unit] = unit.normalize('NFD');
    return letter.length === 1 ? (plainLetters[letter] ?? letter) : unit;
  });
}

const plainLetters: Readonly<Record<string, string>> = { ø: 'o', ł: 'l', đ: 'd', ı: 'i' };

function wholeWordAt(low: string, name: string): number {
  for (let at = low.indexOf(name); at >= 0; at = low.indexOf(name, at + 1)) {
    const isPart = (neighbour: string) => /[\p{L}\p{N}]/u.test(neighbour);
    if (!isPart(low.charAt(at - 1)) && !isPart(low.charAt(at + name.length))) return at;
  }
  return -1;
}

/** The part of a capitalised stretch that is a name: leading words that open sentences ("Ask Tomas", "Yes Priya") are dropped. */
function likelyName(text: string, from: number, at: number, words: string, eager: boolean): Span | undefined {
  let start = at;
  let rest = words;
  for (let word = /^[^\s]+/.exec(rest)?.[0]; word && isPlain(word); word = /^[^\s]+/.exec(rest)?.[0]) {
    const skip = word.length + (/^\s+/.exec(rest.slice(word.length))?.[0].length ?? 0);
    start += skip;
    rest = rest.slice(skip);
  }
  const role = /^(?:[A-Z]{2,5}|VP|Head|Director)\s(?=\p{Lu}\p{Ll})/u.exec(rest)?.[0];
  if (role) [start, rest] = [start + role.length, rest.slice(role.length)];
  const last = /\s(?:[A-Z]{2,}|CEO|VP)$/.exec(rest);
  if (last && isPlain(last[0].trim())) rest = rest.slice(0, last.index);
  rest = rest.replace(/(?:'s|’s|')$/, '');
  if (rest.length < 2 || (/^[A-Z]{2,5}s?$/.test(rest) && isShout(text, rest))) return undefined;
  const before = text.slice(Math.max(0, start - 14), start);
  // "Ana from Malmö", "Ben in Leeds": where somebody sits is no second person.
  if (/(?:\p{Lu}[\p{L}'’-]+,? (?:from|out of)|\b(?:in|at|near|based in|based at|across|around))\s$/iu.test(text.slice(Math.max(0, start - 40), start)))
    return undefined;
  const after = text.slice(start + rest.length, start + rest.length + 12);
  const opens = start === from || /(?:^|[.!?\n]\s*)$/.test(before);
  const placed = nameCueBefore.test(before) || nameCueAfter.test(after) || rest.includes(' ');
  return eager || (opens ? nameCueAfter.test(after) : placed) ? { start, end: start + rest.length } : undefined;
}

function isPlain(word: string): boolean {
  const low = word.toLowerCase().replace(/['’]s$|['’]/g, '');
  return notNames.has(low) || Object.hasOwn(zoneNames, low);
}

/** Two to five capitals ("CFO", "CFOs") are an acronym, unless the whole message is written in capitals. */
function isShout(text: string, word: string): boolean {
  return text.toUpperCase() !== text || word.length < 4;
}

function isDenied(text: string, name: Span): boolean {
  return (
    /\b(?:not|isn't|instead of|rather than|no longer|without|except|used to be|formerly|previously)\s$/i.test(
      text.slice(Math.max(0, name.start - 14), name.start),
    ) ||
    (text.charAt(name.start - 1) === '~' && text.charAt(name.end) === '~') ||
    /^\s(?:left|is gone|is on (?:parental )?leave|resigned|doesn't pull it)|^\?\s(?:no|nope|nah|not)\b/i.test(text.slice(name.end, name.end + 20))
  );
}

const word = "[\\p{Ll}][\\p{Ll}'-]{1,14}";
const ownsIt =
  '(?:owns|own|leads|runs|drives|takes|carries|does|has|answers for|is (?:the )?(?:owner|boss)|is (?:responsible|accountable|on the hook)|will (?:own|lead|run|take|do)|should (?:own|lead|run|take|do))';
/** Where a name in small letters can stand in an answer about the owner: alone, before what owners do, after "owner". */
const smallForms: readonly RegExp[] = [
  new RegExp(
    `^\\W*(?:(?:it'?s|that'?s|that would be|that'?d be|it'?d be|it'?ll be|it is|i said|as i said|no|no wait|sorry|so|then|probably|just|ok|oh|eh|uh|um|hmm|well|clearly|obviously|definitely|surely|certainly|i'?d say|i think|make it|put|put down|mr\\.?|mrs\\.?|ms\\.?|dr\\.?|miss|herr|frau|(?:the )?owner(?: is|'s)?)[\\s,:=…-]+){0,4}(?<name>${word}(?:\\s(?:${word}|\\p{Ll}\\.?(?![\\p{L}'])))?)(?=\\W*$|,\\s|\\s\\(|\\s(?:i think|please|pls|i guess)\\W*$)`,
    'u',
  ),
  new RegExp(`(?:^|[,.;:!]\\s|\\b(?:said|no|wait|that|and|but|sorry|think|so)\\s)(?<name>${word}(?:\\s${word})?)\\s${ownsIt}\\b`, 'u'),
  new RegExp(`\\b(?:owner|owned by)\\s?(?:is|:|=|will be|would be|should be)?\\s(?<name>${word})(?=\\W*$|[,.;]|\\s(?:not|instead|from|and)\\b)`, 'u'),
];

/** A name written in small letters where somebody answers who owns it ("sam", "keiko owns it"). Plain words are no names. */
export function smallNameIn(low: string, { start, end }: Span): Span | undefined {
  const text = low.slice(start, Math.min(end, start + 200));
  for (const form of smallForms) {
    const match = form.exec(text);
    const name = match?.groups?.['name'];
    if (!match || !name) continue;
    const parts = name.split(' ');
    const first = parts.findIndex((part) => !isPlain(part));
    if (first < 0 || parts.slice(first).some(isPlain)) continue;
    const kept = parts.slice(first).join(' ');
    const from = start + match.index + match[0].indexOf(name) + name.indexOf(kept);
    return { start: from, end: from + kept.length };
  }
  return undefined;
}
