import type { Cause, Knowledge, OwnCause, Symptom } from './knowledge.ts';

/**
 * What the coach knows for one organisation: its own causes come before those of everybody, because it knows itself best. One whose symptom is known in
 * other words belongs to that symptom; the others make symptoms of their own. Ids come from the words, so they stay the same as long as those do.
 */
export function knowledgeOf(knowledge: Knowledge, ownCauses: readonly OwnCause[]): Knowledge {
  if (ownCauses.length === 0) return knowledge;
  const before = lastOf.get(ownCauses);
  if (before?.knowledge === knowledge) return before.merged;
  const merged = merge(knowledge, ownCauses);
  lastOf.set(ownCauses, { knowledge, merged });
  return merged;
}

// Asked for several times in a turn, always with the same list.
const lastOf = new WeakMap<readonly OwnCause[], { knowledge: Knowledge; merged: Knowledge }>();

function merge(knowledge: Knowledge, ownCauses: readonly OwnCause[]): Knowledge {
  const signs = signsOf(knowledge);
  const groups = new Map<string, { known?: Symptom; own: OwnCause[] }>();
  for (const own of ownCauses) {
    const known = knownAs(signs, own.symptom);
    const id = known?.id ?? ownSymptomId(own);
    const group = groups.get(id) ?? { ...(known && { known }), own: [] };
    groups.set(id, { ...group, own: [...group.own, own] });
  }
  const symptoms = knowledge.symptoms.map((symptom) => {
    const own = groups.get(symptom.id)?.own;
    return own ? withOwn(symptom, own) : symptom;
  });
  const added = [...groups].flatMap(([id, { known, own }]) => {
    const name = own[0]?.symptom;
    return known || name === undefined ? [] : [withOwn({ id, name: inSentence(name), signs: [], causes: [] }, own)];
  });
  return { ...knowledge, symptoms: [...symptoms, ...added] };
}

/** Stays the same as long as its words do, whatever their capitals and signs. */
export function ownCauseId({ symptom, cause }: OwnCause): string {
  return `own-cause-${hash(`${plain(symptom)}|${plain(cause)}`)}`;
}

function ownSymptomId({ symptom }: OwnCause): string {
  return `own-symptom-${hash(plain(symptom))}`;
}

function withOwn(symptom: Symptom, own: readonly OwnCause[]): Symptom {
  const signs = [...symptom.signs, ...own.flatMap((one) => signsIn(one.symptom))];
  return { ...symptom, signs: [...new Set(signs)], causes: [...own.map(causeOf), ...symptom.causes] };
}

function causeOf(own: OwnCause): Cause {
  const cause = inSentence(own.cause);
  const fact = own.fact.trim();
  return { id: ownCauseId(own), cause, fact: /[.?]$/.test(fact) ? fact : `${fact}?`, focus: cause, signs: signsIn(own.cause), source: 'own' };
}

type KnownSign = { symptom: Symptom; sign: string };

/** Every name and sign, the longest first. */
function signsOf({ symptoms }: Knowledge): KnownSign[] {
  const signs = symptoms.flatMap((symptom) => [symptom.name, ...symptom.signs].map((sign) => ({ symptom, sign: ` ${plain(sign)} ` })));
  return signs.sort((one, other) => other.sign.length - one.sign.length);
}

/** The symptom that says the same: by its name, or because one of its signs stands in the words; the longest sign counts. */
function knownAs(signs: readonly KnownSign[], words: string): Symptom | undefined {
  const said = ` ${plain(words)} `;
  return signs.find(({ sign }) => said.includes(sign))?.symptom;
}

/** Words that say nothing of their own. */
const small = new Set(
  'a an and are as at be been by do does for from get has have in is it its of on or our so that the their them they this to too us was we were will with you your'.split(
    ' ',
  ),
);

/** What was written, and what of it matters where that is at least two words. */
function signsIn(words: string): string[] {
  const all = plain(words).split(' ');
  const matter = all.filter((word) => !small.has(word));
  return [...new Set([all.join(' '), ...(matter.length > 1 ? [matter.join(' ')] : [])])].filter((sign) => sign !== '');
}

/** In small letters, without punctuation but within words. */
function plain(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}'’%-]+/gu, ' ')
    .trim();
}

/** Without the full stop at its end, so that it can stand within a sentence. */
function inSentence(words: string): string {
  return words
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[.!?,;:\s]+$/u, '');
}

// djb2 in base 36: small, and the same on every machine.
function hash(text: string): string {
  let value = 5381;
  for (let at = 0; at < text.length; at += 1) value = (value * 33 + text.charCodeAt(at)) >>> 0;
  return value.toString(36);
}
