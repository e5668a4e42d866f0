import { readdirSync } from 'node:fs';
import { z } from 'zod';
import { type QuestionId, questionIds } from '../../domain/questions.ts';
import { actKinds, type Mention, type ReplyContext, type Span } from '../language.ts';
import { saysUnknown, wholeMessageActs } from './acts.ts';
import { normalise } from './normalise.ts';
import { scoresOf } from './place.ts';
import { entitiesIn } from './read-answers.ts';
import { evidenceOf, namesOfAnswer, namesOfStretch } from './reply-evidence.ts';
import type { Move } from './reply-model.ts';
import { cutsOf, sentencesOf } from './sentences.ts';
import { isThin } from './thin.ts';
import { linesOf, trainingFolder } from './training-files.ts';

const replySchema = z.object({
  asked: z.enum(questionIds).optional(),
  text: z.string(),
  acts: z.array(z.enum(actKinds)).min(1),
  answers: z.partialRecord(z.enum(questionIds), z.string().nullable()).optional(),
  said: z.partialRecord(z.enum(questionIds), z.string()).optional(),
  kind: z.string().default(''),
});
const chatSchema = z.object({ text: z.string() });

/** An example for the outputs of one sort: what it is made of, and which outputs say yes to it. */
export type Part = { low: string; named: readonly string[]; yes: ReadonlySet<string>; weight: number; whole: boolean };
/** One annotated reply with all that is learned from it. `fold`: the fifth in which it is held back; neighbours of a file stay together. */
export type ReplyRow = {
  file: string;
  fold: number;
  text: string;
  low: string;
  context: ReplyContext;
  acts: readonly string[];
  gold: ReadonlySet<QuestionId> | undefined;
  kind: string;
  weight: number;
  moves: readonly Part[];
  questions: readonly Part[];
  thin: readonly Part[];
};

/** Lines that stand together were often written in one go and are alike. */
const neighbours = 5;
/** Ordinary messages of sales channels count little: some of them would be an answer if they stood under a question. */
const chatWeighs = 0.02;
const partWeighs = 0.4;

export function readReplyRows(): ReplyRow[] {
  const names = readdirSync(trainingFolder).sort();
  const replies = names
    .filter((name) => /^(?:shared-)?replies/.test(name))
    .flatMap((name) => linesOf(`${trainingFolder}/${name}`, replySchema).map((line, index) => rowOf({ file: name, index, weight: 1, ...line })));
  const chat = names
    .filter((name) => name.startsWith('shared-chat'))
    .flatMap((name) =>
      linesOf(`${trainingFolder}/${name}`, chatSchema).map(({ text }, index) =>
        rowOf({
          file: name,
          index,
          weight: chatWeighs,
          text,
          asked: questionIds[(index * 7) % questionIds.length],
          acts: ['chit-chat'],
          answers: {},
          kind: 'chat',
        }),
      ),
    );
  return [...replies, ...chat, ...readThreads(names)];
}

const threadSchema = z.object({
  turns: z.array(z.object({ text: z.string(), addressedTo: z.string().optional(), replyTo: z.enum(questionIds).optional() })),
  expect: z.object({ answers: z.partialRecord(z.enum(questionIds), z.string().nullable()).optional() }),
});
/** Each reply of a thread counts twice: under the question that it answers, and under another, because people answer out of turn. */
const threadReplyWeighs = 0.5;
/** What people say to each other may well hold an answer that nobody asked for. */
const threadTalkWeighs = 0.1;
/** What everybody is asked for stands in every thread: more of these count no more together. */
const enoughReplies = 100;
/** Steps through the questions, so that each stands beside each. */
const step = 5;

/** Whole conversations: what answers which question; and what people say to each other, where it is marked that it answers none. */
function readThreads(names: readonly string[]): ReplyRow[] {
  const threads = names
    .filter((name) => name.startsWith('threads-'))
    .flatMap((file) => linesOf(`${trainingFolder}/${file}`, threadSchema).map((thread, index) => ({ file, thread, index })));
  const times = Map.groupBy(
    threads.flatMap(({ thread }) => thread.turns),
    ({ replyTo }) => replyTo,
  );
  const weighs = (id: QuestionId) => threadReplyWeighs * Math.min(1, enoughReplies / (times.get(id)?.length ?? 1));
  return threads.flatMap(({ file, thread, index }) => rowsOfThread(file, thread, index, weighs));
}

function rowsOfThread(
  file: string,
  { turns, expect: { answers } }: z.infer<typeof threadSchema>,
  index: number,
  weighs: (id: QuestionId) => number,
): ReplyRow[] {
  return turns.slice(1).flatMap(({ text, replyTo, addressedTo }, turn) => {
    const other = questionIds[(index + turn * step) % questionIds.length];
    const line = { file, index: index * neighbours, text, onlyQuestions: true };
    if (replyTo === undefined) {
      const isTalk = answers !== undefined && addressedTo !== 'bot';
      return isTalk ? [rowOf({ ...line, asked: other, weight: threadTalkWeighs, acts: ['chit-chat'], answers: {}, kind: 'chat' })] : [];
    }
    const gold = answers ? answers[replyTo] : addressedTo === 'bot' && saysSomething(text) ? text : null;
    // What they do not know or leave open says nothing of the question.
    if (typeof gold !== 'string') return [];
    const given = { ...line, weight: answers ? threadReplyWeighs : weighs(replyTo), acts: ['answer' as const], answers: { [replyTo]: gold }, kind: 'thread' };
    return [...new Set([replyTo, other])].map((asked) => rowOf({ ...given, asked }));
  });
}

const passedOn = /^(?:ask|skip|pass|no idea|don'?t know)\b|\b(?:i don'?t know|no idea|not sure|ask (?:him|her|them|me later))\b/;

/** Where answers were not marked, a reply to a question is one unless it says that they do not know, or asks something of Plumb. */
function saysSomething(text: string): boolean {
  const low = normalise(text);
  const context: ReplyContext = { followUp: false, answered: [], said: [], addressed: true, mentions: [], people: [] };
  return !saysUnknown(low) && !passedOn.test(low) && wholeMessageActs(low, context) === undefined;
}

/** `onlyQuestions`: neither what it does nor how good an answer it is was marked. */
type Line = z.infer<typeof replySchema> & { file: string; index: number; weight: number; onlyQuestions?: boolean };

function rowOf({ file, index, text, asked, acts, answers, said, kind, weight, onlyQuestions = false }: Line): ReplyRow {
  const low = normalise(text);
  const addressed = asked === undefined || /(?<![\p{L}\p{N}_.@])@plumb\b/iu.test(text);
  const context: ReplyContext = {
    ...(asked ? { asked } : {}),
    followUp: false,
    // What Plumb asks before this question counts as answered.
    answered: asked ? questionIds.slice(0, questionIds.indexOf(asked)) : [],
    said: questionIds.flatMap((questionId) => (said?.[questionId] ? [{ questionId, text: said[questionId] }] : [])),
    addressed,
    mentions: mentionsIn(text),
    people: [],
  };
  const gold = answers && new Set(questionIds.filter((id) => id in answers));
  const row = { file, fold: Math.floor(index / neighbours) % 5, text, low, context, acts, gold, kind, weight };
  const [first] = acts;
  const move: Move = first === undefined || first === 'partial' ? 'answer' : first;
  const moves = [{ low, named: evidenceOf(text, low, context).named, yes: new Set([`move:${move}`]), weight, whole: true }];
  return { ...row, moves: onlyQuestions ? [] : moves, questions: questionParts(row, answers ?? {}), thin: onlyQuestions ? [] : thinParts(row) };
}

/** Marks as platforms write them: `<@U123>` and `@Name`, but not Plumb itself. */
function mentionsIn(text: string): Mention[] {
  return [...text.matchAll(/<@([\w.-]+)>|(?<![\p{L}\p{N}_.@])@(\p{L}[\p{L}\p{N}_-]*)/gu)].flatMap((match) => {
    const personId = match[1] ?? match[2]?.toLowerCase() ?? '';
    return personId === 'plumb' ? [] : [{ start: match.index, end: match.index + match[0].length, personId }];
  });
}

type Basics = Pick<ReplyRow, 'text' | 'low' | 'context' | 'gold' | 'acts' | 'weight' | 'kind'>;

/** The whole message with all that it answers, and where it answers several its clauses, each with what its paraphrase shares words with. */
function questionParts(row: Basics, answers: Readonly<Partial<Record<QuestionId, string | null>>>): Part[] {
  const { text, low, gold, acts, context, weight } = row;
  if (!gold || (gold.size === 0 && acts[0] !== 'chit-chat')) return [];
  const part = (span: Span, yes: Iterable<QuestionId>, heavy: number, whole: boolean): Part => ({
    low: low.slice(span.start, span.end),
    named: namesOfStretch(text, low, span, scoresOf(text, low, span, context), context),
    yes: new Set([...yes].map((id) => `question:${id}`)),
    weight: heavy,
    whole,
  });
  const whole = part({ start: 0, end: low.length }, gold, weight, true);
  const pieces = piecesOf(low);
  if (gold.size === 0 || pieces.length < 2) return [whole];
  const [only] = gold;
  if (gold.size === 1 && only) return [whole, ...pieces.filter(({ start, end }) => end - start > 20).map((span) => part(span, [only], partWeighs / 2, false))];
  const parts = pieces.flatMap((span) => {
    const meant = meantBy(low.slice(span.start, span.end), answers);
    return meant ? [part(span, [meant], partWeighs, false)] : [];
  });
  return [whole, ...parts];
}

function piecesOf(low: string): Span[] {
  return sentencesOf(low).flatMap((sentence) => {
    const edges = [sentence.start, ...cutsOf(low, sentence).filter((cut) => cut - sentence.start > 8 && sentence.end - cut > 8), sentence.end];
    return edges.slice(1).flatMap((end, at) => (edges[at] === undefined ? [] : [{ start: edges[at], end }]));
  });
}

/** The answer whose paraphrase shares most words with a clause; undefined when none does, or two do alike. */
function meantBy(clause: string, answers: Readonly<Partial<Record<QuestionId, string | null>>>): QuestionId | undefined {
  const words = stems(clause);
  const [first, second] = questionIds
    .flatMap((id) => (answers[id] ? [{ id, shared: words.intersection(stems(answers[id].toLowerCase())).size }] : []))
    .sort((one, other) => other.shared - one.shared);
  return first && first.shared > 0 && first.shared > (second?.shared ?? 0) ? first.id : undefined;
}

function stems(words: string): Set<string> {
  return new Set((words.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length > 2 || /\d/.test(word)).map((word) => word.slice(0, 5)));
}

function thinParts({ text, low, gold, acts, context, weight }: Basics): Part[] {
  const [only] = gold ?? [];
  if (!only || gold?.size !== 1 || (acts[0] !== 'answer' && acts[0] !== 'partial')) return [];
  const span = { start: 0, end: low.length };
  const byRule = isThin(only, low, span, entitiesIn(text, low, span, only, context));
  return [{ low, named: namesOfAnswer(only, text, low, span, byRule, context), yes: new Set(acts[0] === 'partial' ? ['thin'] : []), weight, whole: true }];
}
