import type { QuestionId } from '../../domain/questions.ts';
import type { Span } from '../language.ts';
import { questionLabels } from './question-cues.ts';
import { cutsOf, sentencesOf } from './sentences.ts';

/** The question that a stretch speaks of most, and how plainly; `asked` in front when they are close. */
type Best = (span: Span, asked: QuestionId | undefined) => { questionId: QuestionId; strength: number } | undefined;

/** From this strength on, a part of a sentence stands on its own. */
const strong = 4;

/** Places in one message that are looked at for a cut, and units that are read after each: what people write needs a tenth of it, and pasted text stays cheap. */
const mostCuts = 48;
const mostCutsUnasked = 16;
const readAfterCut = 240;

/** "Spare parts | and service have to grow": two words before "and" are no clause, except where a word or two answers. */
const pair = /^\W*[\p{L}'-]+ [\p{L}'-]+\s$/u;
const ofOneWord: readonly QuestionId[] = ['owner', 'data-source', 'budget', 'weekly-call', 'manager-role'];

/** A name before "and" is no clause of its own. */
const aName = 10;

/** Sentences, cut further where a part of one speaks strongly of another question than the part before it. */
export function clausesOf(low: string, asked: QuestionId | undefined, best: Best): Span[] {
  let looks = asked ? mostCuts : mostCutsUnasked;
  return withLabels(low, sentencesOf(low)).flatMap((sentence) => {
    const pieces: Span[] = [];
    let start = sentence.start;
    for (const cut of cutsOf(low, sentence)) {
      if (cut - start < (asked === 'owner' ? 4 : aName) || isLabel(low.slice(start, cut))) continue;
      if (asked && !ofOneWord.includes(asked) && pair.test(low.slice(start, cut)) && /^and\b/.test(low.slice(cut, cut + 4))) continue;
      if (looks === 0) break;
      looks -= 1;
      const next = { start: cut, end: nextCut(low, cut, Math.min(sentence.end, cut + readAfterCut), asked) };
      const rest = best(next, undefined);
      if (!rest || rest.strength < strong) continue;
      if (asked !== 'owner' && listsPeople(low, start, cut, rest.questionId)) continue;
      const left = best({ start, end: cut }, asked)?.questionId ?? asked;
      if (left === undefined || left === rest.questionId || !isApart(left, rest.questionId)) continue;
      pieces.push({ start, end: cut });
      start = cut;
    }
    return [...pieces, { start, end: sentence.end }];
  });
}

/** "What happens afterwards:" names the question of what stands behind it. */
function isLabel(piece: string): boolean {
  const words = piece.trim();
  return questionLabels.some(({ pattern }) => pattern.exec(words)?.[0] === words);
}

/** "After it? Peer reviews": the label begins what stands behind it. */
function withLabels(low: string, sentences: readonly Span[]): Span[] {
  return sentences.flatMap((sentence, at) => {
    const before = sentences[at - 1];
    const after = sentences[at + 1];
    if (after && isLabel(low.slice(sentence.start, sentence.end))) return [];
    return [before && isLabel(low.slice(before.start, before.end)) ? { start: before.start, end: sentence.end } : sentence];
  });
}

/** Who does something, and what: "Keiko Mori | and Tomas listen to two calls", "Keiko Mori and Tomas: | two calls a week". */
const doneTogether: readonly QuestionId[] = ['manager-role', 'owner-role', 'weekly-call'];

function listsPeople(low: string, start: number, cut: number, questionId: QuestionId): boolean {
  if (!doneTogether.includes(questionId)) return false;
  const before = low.slice(start, cut).trim();
  return namesBeforeColon.test(before) || (/^\s?(?:and|&|plus)\s/.test(low.slice(cut, cut + 6)) && aNameOnly.test(before));
}

const aFewWords = "\\p{L}[\\p{L}'-]*(?: \\p{L}[\\p{L}'-]*){0,2}";
const aNameOnly = new RegExp(`^${aFewWords}$`, 'u');
const namesBeforeColon = new RegExp(`^${aFewWords}(?:(?:, | and | & | \\+ )${aFewWords}){0,3}:$`, 'u');

/** Where what begins here ends. Whoever tells everything in one breath puts commas where others put full stops. */
function nextCut(low: string, from: number, end: number, asked: QuestionId | undefined): number {
  const stop = (asked ? stops : stopsOfAll).exec(low.slice(from, end));
  return stop ? from + stop.index : end;
}

const stops = /[;.!?]\s|\n|,\s(?:and|but)\s/;
const stopsOfAll = /[;.!?]\s|\n|,\s/;

/** Pairs that one statement often holds together: cutting them would tear the sentence. */
function isApart(left: QuestionId, right: QuestionId): boolean {
  const together: readonly (readonly [QuestionId, QuestionId])[] = [
    ['driver', 'leading-kpis'],
    ['contribution', 'driver'],
    ['manager-role', 'owner-role'],
  ];
  return !together.some(([a, b]) => (a === left && b === right) || (a === right && b === left));
}
