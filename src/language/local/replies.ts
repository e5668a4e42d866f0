import type { QuestionId } from '../../domain/questions.ts';
import type { Reading, ReplyContext, Wish } from '../language.ts';
import { wordlessActs } from './acts.ts';
import type { Encoder } from './encoder/encoder.ts';
import { isForeign } from './foreign.ts';
import { fragmentIn } from './fragments.ts';
import { handedOver } from './handing-over.ts';
import { normalise } from './normalise.ts';
import type { Learned } from './place.ts';
import { entitiesOf } from './read-answers.ts';
import { evidenceOf, namesOfAnswer, namesOfStretch } from './reply-evidence.ts';
import { type Message, reading } from './reply-message.ts';
import { type Move, type MoveScores, type ReplyModel, replyModel } from './reply-model.ts';
import { moveOf } from './reply-moves.ts';
import { leaningTo, substance } from './reply-substance.ts';
import { retractionIn } from './retractions.ts';
import { statesTheCall, statesTheCallOnly } from './stated-call.ts';

/** Units that the encoder sees: its time grows with them, and what a reply does shows in its beginning. */
const encodedUnits = 240;
/** Milliseconds that a reply waits for the encoder; a slower one is done without. */
const patience = 400;

/** What a message in a conversation says: acts, answers with their own stretches, wishes, people, KPIs, time. Never rejects; time is bounded by the reading limit. */
export async function readMessage(text: string, context: ReplyContext, encoder?: Encoder): Promise<Reading> {
  const low = normalise(text);
  const plain = withoutWords(text.slice(0, low.length), low, context);
  if (plain) return plain;
  return readWith(replyModel(), text, context, encoder && (await viewOf(low, encoder)));
}

/** The encoder's view of the beginning of a normalised text; undefined when it is not there in time. */
async function viewOf(low: string, encoder: Encoder): Promise<Float32Array | undefined> {
  const head = low.trim().slice(0, encodedUnits);
  return (await viewsOf([head], encoder)).get(head);
}

/** The encoder's views by their texts; none when they are not there in time. */
export async function viewsOf(texts: readonly string[], encoder: Encoder): Promise<ReadonlyMap<string, Float32Array>> {
  if (texts.length === 0) return new Map();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patience);
  });
  const views = await Promise.race([encoder.encode(texts), late]);
  clearTimeout(timer);
  return new Map(texts.flatMap((text, index) => (views?.[index] ? [[text, views[index]] as const] : [])));
}

/** `readMessage` with this model and the encoder's view of the normalised text, if there is one. */
export function readWith(model: ReplyModel, text: string, context: ReplyContext, dense?: Float32Array): Reading {
  const low = normalise(text);
  const head = text.slice(0, low.length);
  const plain = withoutWords(head, low, context);
  if (plain) return plain;
  const evidence = evidenceOf(head, low, context);
  const { whole } = evidence;
  if (whole?.sure) return { ...reading(whole.acts), wishes: whole.wishes, entities: entitiesOf(head, low, [], context) };
  const fragment = fragmentIn(head, low, context);
  const retraction = fragment ? undefined : retractionIn(low, context);
  const message: Message = {
    text: head,
    low,
    context,
    evidence,
    learned: learnedOf(model, head, low, context, dense),
    judgeThin: thinJudge(model, head, low, context, dense),
    ...(fragment && { fragment }),
    ...(retraction && { retraction }),
  };
  if (fragment || retraction) return substance(message, retraction !== undefined || evidence.takesBack);
  const scores = model.moves(low, evidence.named, dense);
  const called = statesTheCall(head, low, context);
  const move = called ? calling(moveOf(scores, evidence, context), low) : moveOf(scores, evidence, context);
  if (move === 'answer' && !called && isDoubtful(message, scores)) return reading(['chit-chat']);
  return does(message, move === 'chit-chat' && saysSomething(message, scores) ? 'answer' : move, scores);
}

/** Whatever else it sounds like, a day and a time are the answer to the question about them; what is withdrawn, handed over or put off stays so. */
function calling(move: Move, low: string): Move {
  // "Could we do Tuesdays at 9?" proposes; "why Tuesday at 9?" asks.
  if (move === 'counter-question') return asksAboutIt.test(low) ? move : 'answer';
  return soundsLikeNoAnswer.includes(move) ? 'answer' : move;
}

const asksAboutIt = /^\W*(?:why|what|when|how|who|which|does it|do we (?:have|need)|is it|must|does that)\b/;
const soundsLikeNoAnswer: readonly Move[] = ['chit-chat', 'acknowledge', 'objection', 'dont-know', 'skip', 'resume'];

/** Messages without words or in another language. */
function withoutWords(head: string, low: string, context: ReplyContext): Reading | undefined {
  if (!/[\p{L}\p{N}]/u.test(low)) return { ...reading([]), ...wordlessActs(head, context) };
  return isForeign(head) && !statesTheCallOnly(head, low, context) ? { ...reading(['chit-chat']), language: 'other' } : undefined;
}

/** The whole message is seen with the encoder's view, a part of it by its own words too. */
function learnedOf(model: ReplyModel, text: string, low: string, context: ReplyContext, dense: Float32Array | undefined): Learned {
  const whole = low.trim().length;
  const seen = new Map<string, ReturnType<Learned>>();
  return (span, byRule) => {
    const key = `${span.start}-${span.end}`;
    const before = seen.get(key);
    if (before) return before;
    const covers = span.end - span.start >= 0.9 * whole;
    const scores = model.questions(low.slice(span.start, span.end), namesOfStretch(text, low, span, byRule, context), covers ? dense : undefined);
    seen.set(key, scores);
    return scores;
  };
}

/** What a good answer to these has can be looked up (METHOD §2): one name in the business, a day and a time. */
const byDefinition: readonly QuestionId[] = ['owner', 'weekly-call'];

/** Found on replies that were held back. */
const [surelyFull, thinFrom, surelyThin] = [-0.6, -0.2, 0.3];

function thinJudge(model: ReplyModel, text: string, low: string, context: ReplyContext, dense: Float32Array | undefined): Message['judgeThin'] {
  const whole = low.trim().length;
  return (questionId, span, byRule) => {
    if (byDefinition.includes(questionId)) return byRule;
    const covers = span.end - span.start >= 0.9 * whole;
    const score = model.thin(low.slice(span.start, span.end), namesOfAnswer(questionId, text, low, span, byRule, context), covers ? dense : undefined);
    return questionId === 'leading-kpis' ? (byRule && score > surelyFull) || score > surelyThin : score > thinFrom;
  };
}

/** From this score on, words of correction are taken at face value; found on replies that were held back. */
const tuned = { correctsFrom: -0.3 };

/** Hardly more an answer than talk between people, without a figure, and speaking of no question as answers do: it is left alone. Found on replies that were held back. */
const leadOfAnswers = 0.3;
function isDoubtful({ low, context, evidence, learned }: Message, scores: MoveScores): boolean {
  if (context.asked === undefined || evidence.fits || /\d/.test(low) || scores.answer - scores['chit-chat'] >= leadOfAnswers) return false;
  return Math.max(...Object.values(learned({ start: 0, end: low.length }, evidence.scores))) < 0;
}

const nearly = { margin: 0.4, speaks: 0.2 };
/** What is nearly an answer, and speaks of one of the questions as answers do, is one, whichever was asked. */
function saysSomething({ low, context, evidence, learned }: Message, scores: MoveScores): boolean {
  if (context.asked === undefined || evidence.side >= 2 || scores['chit-chat'] - scores.answer > nearly.margin) return false;
  return Math.max(...Object.values(learned({ start: 0, end: low.length }, evidence.scores))) > nearly.speaks;
}

function does(message: Message, move: Move, scores: MoveScores): Reading {
  const { context, evidence } = message;
  switch (move) {
    case 'answer':
    case 'correction':
      return substance(message, move === 'correction' || evidence.takesBack || (evidence.corrects && scores.correction > tuned.correctsFrom));
    case 'delegate':
      return answeredBefore(message) ?? handedOver(message);
    case 'counter-question':
      // "Priya, what do you suggest?" is asked of Priya.
      return evidence.side >= 2 ? reading(['chit-chat']) : { ...reading([move]), wishes: wishesBehind(message) };
    case 'dont-know':
      return evidence.delegation?.sure && evidence.delegation.to ? handedOver(message) : reading([move]);
    case 'objection':
    case 'skip':
    case 'acknowledge':
    case 'stop':
    case 'pause':
      return reading([move]);
    case 'resume':
      return { ...reading(['resume']), wishes: ['carry-on'] };
    case 'chit-chat':
      if (!context.addressed || evidence.side >= 3) return reading(['chit-chat']);
      return { ...reading(['chit-chat']), needsClarification: { between: leaningTo(message) } };
    default:
      return move satisfies never;
  }
}

const aboutPlumb =
  /\b(?:hello|hi|hey|there|still here|anybody|anyone|who (?:sees|reads|gets|will|else)|confidential|private|public|my boss|how (?:many|long)|left|is that (?:it|all)|are we done|what happens|next|bot|human|robot|form|can i|may i|could i)\b/;

/** Whoever Plumb asked, or speaks to it, gets an answer to a question back: what Plumb is and does, or what its question is for. */
function wishesBehind({ low, context }: Message): Wish[] {
  if (context.asked === undefined && !context.addressed) return [];
  return aboutPlumb.test(low) || context.asked === undefined ? ['help'] : ['why'];
}

/** Confidence from which what stands before a handing over is an answer of its own. */
const ofItsOwn = 0.7;

/** "We lost nine tenders. Can Priya do the rest?": the answer counts beside the handing over. */
function answeredBefore(message: Message): Reading | undefined {
  if (!message.evidence.delegation?.sure || !/[.!?\n]\s/.test(message.low)) return undefined;
  const read = substance(message, false);
  return read.acts.includes('delegate') && read.answers.some(({ confidence }) => confidence >= ofItsOwn) ? read : undefined;
}
