import type { QuestionId } from '../../domain/questions.ts';
import type { ReplyContext, Span } from '../language.ts';
import { normalise } from './normalise.ts';
import { sentencesOf } from './sentences.ts';

/** What was said before is taken back, and what stands in its place, if anything does. */
export type Retraction = { questionId: QuestionId; span: Span /** Where the sentence behind it ends, which may say what counts now. */; upTo: number };

const thing = "((?:[\\p{L}\\p{N}€$£%][\\p{L}\\p{N}€$£%.'-]*\\s){0,3}[\\p{L}\\p{N}€$£%][\\p{L}\\p{N}€$£%.'-]*)";
const fails =
  "(?:(?:is|are|was|were|sounds?|looks?)(?: (?:a bit|far|much|way|really|just|rather|maybe|probably))* (?:not the (?:issue|problem|point|right)|(?:the )?wrong|wishful|ambitious|optimistic|thin|too \\p{L}+|gone|out|dead|off|last year'?s|awful|not right)|(?:isn'?t|aren'?t|wasn'?t|is not|are not|was not) (?:the (?:issue|problem|point)|right|true|it)|(?:doesn'?t|does not|don'?t|do not|won'?t|will not|can'?t|cannot) (?:work|fit|fly|happen|be there|make it|do it)|(?:has |have |had )?(?:just )?(?:told me (?:he|she|they) can'?t|lapsed|vetoed|fell through|asked to be taken off|changed (?:his|her|their) mind|said no|left|dropped out|should be|should have been|should read)\\b)";
/** Ways in which something that was said is taken back; the group holds the words for it. */
const forms: readonly RegExp[] = [
  new RegExp(`\\b(?:forget|scrap|drop|cancel|remove|skip|delete|strike|ditch|leave out|take out) (?:about )?(?:the |that |those |our |my )?${thing}`, 'gu'),
  new RegExp(`\\b(?:leave|take|keep) ${thing} (?:out|off|away)\\b`, 'gu'),
  new RegExp(`\\b(?:change|swap|replace) (?:the |that |our |my )?${thing} (?:to|with|by|for)\\b`, 'gu'),
  new RegExp(`(?:^|[\\s"“])${thing} ${fails}`, 'gu'),
  new RegExp(`\\b(?:i (?:wrote|said|put|gave you|meant)|that thing about|too generous with|take back) (?:the |that |my |our )?${thing}`, 'gu'),
];
/** Doubts and wishes take nothing back. */
const hedged = /\?|\b(?:not sure|not certain|maybe|perhaps|might|what if|i wonder|hope|doubt|don'?t think|worried|afraid|depends)\b/;
const small = new Set(
  'the and for our you they them this that with from are was were has have had not all any one two who what how but can its his her she him out off now new too get got way more most some just only very also about would could should will been into over than then when where which there their your per day days week weeks month months year years quarter people team teams each every first last start training course yes'.split(
    ' ',
  ),
);

/**
 * The one earlier answer that a message takes back in its own words ("forget the app", "half a day is wishful"), with the words from there on. Undefined
 * where several answers or none hold those words, and where it is only doubted.
 */
export function retractionIn(low: string, { said = [], drafted }: ReplyContext): Retraction | undefined {
  if (drafted || said.length === 0 || low.length > 500) return undefined;
  const before = said.map(({ questionId, text }) => ({ questionId, words: wordsOf(normalise(text)) }));
  const sentences = sentencesOf(low);
  for (const [at, { start, end }] of sentences.entries()) {
    const sentence = low.slice(start, end);
    if (hedged.test(sentence)) continue;
    const next = sentences[at + 1];
    const upTo = next && !hedged.test(low.slice(next.start, next.end)) ? next.end : end;
    const named = forms.flatMap((form) => [...sentence.matchAll(form)].flatMap((match) => [...wordsOf(match[1] ?? '')]));
    const found = new Set(before.filter(({ words }) => named.some((word) => words.has(word))).map(({ questionId }) => questionId));
    const [questionId, other] = found;
    if (questionId && !other) return { questionId, span: { start, end }, upTo };
  }
  return undefined;
}

/** Figures, and words that mean something, in one form. */
function wordsOf(low: string): Set<string> {
  const words = low.match(/[\p{L}\p{N}€$£%]+(?:[.,'-][\p{L}\p{N}%]+)*/gu) ?? [];
  return new Set(
    words
      .filter((word) => (/\p{N}/u.test(word) || word.length >= 3) && !small.has(word))
      .map((word) => word.replace(/['’]s$/u, '').replace(/(?<=\p{L}{3})s$|[%€$£]/gu, '')),
  );
}
