import type { ActKind, ReadAnswer, ReadCue, Reading, ReplyContext, Span, Wish } from '../language.ts';
import { checkStated, locate, personIn, type Sent } from './check-stated.ts';
import type { ModelReply } from './schemas.ts';

/** What the model said about a reply, as far as the text bears it out. `unfounded`: how many answers it claims and cannot show. */
export function checkReply(sent: Sent, reply: ModelReply, context: ReplyContext): { reading: Reading; unfounded: number } {
  const { answers: stated, entities, unfounded } = checkStated(sent, reply);
  // Nobody was asked and nobody speaks to Plumb: what needs a question to be an answer is talk.
  const unprompted = context.asked === undefined && !context.addressed;
  const answers = unprompted ? stated.filter(({ confidence }) => confidence >= 0.75) : stated;
  const acts = actsOf(reply.acts, answers);
  const to = reply.delegate && acts.includes('delegate') ? personIn(sent, reply.delegate.quote) : undefined;
  const between = answers.length === 0 ? reply.unclearBetween : null;
  const reading: Reading = {
    acts,
    answers,
    wishes: [...new Set(reply.wishes.flatMap(({ wish, quote }) => (mayBeMeant(wish, locate(sent, quote), sent, context) ? [wish] : [])))],
    entities: { ...entities, ...(to && { delegateTo: to }), ...(to && reply.delegate?.privately && { delegatePrivately: true }) },
    cues: [...cuesIn(sent, reply.cues), ...proposalIn(sent, reply.nextQuestion)],
    ...(between && { needsClarification: { between: [...new Set(between)].slice(0, 2) } }),
  };
  const claims = reply.answers.length === 0 && reply.acts.some((act) => act === 'answer' || act === 'partial');
  return { reading, unfounded: claims ? 1 : unfounded };
}

/** Signing, in words, answers a brief that was shown, and is most of what is said: "looks right" within a longer text is about something else. */
function mayBeMeant(wish: Wish, words: Span | undefined, { text }: Sent, { offered, partnerOffers }: ReplyContext): boolean {
  if (wish === 'confirm-partner' && partnerOffers !== 'just-now') return false;
  if (!words || wish !== 'looks-right') return words !== undefined;
  return offered === 'review' && 2 * lettersIn(text.slice(words.start, words.end)) >= lettersIn(text);
}

function lettersIn(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

/** The acts in the order in which they were named, in line with the answers that stand: all of them thin is a partial answer, none of them no answer. */
function actsOf(named: readonly ActKind[], answers: readonly ReadAnswer[]): ActKind[] {
  const answering = answers.every(({ thin }) => thin) ? 'partial' : 'answer';
  const acts = named.flatMap((act): ActKind[] => {
    if (act === 'answer' || act === 'partial') return answers.length > 0 ? [answering] : [];
    return answers.length > 0 && (act === 'chit-chat' || act === 'acknowledge') ? [] : [act];
  });
  if (answers.length > 0 && !acts.includes(answering)) acts.push(answering);
  return acts.length > 0 ? [...new Set(acts)] : ['chit-chat'];
}

/** A message in which a model hears more than this has been talked into something. */
const mostCues = 6;

function cuesIn(sent: Sent, cues: ModelReply['cues']): ReadCue[] {
  const heard = cues.flatMap(({ cue, quote, element }): ReadCue[] => {
    const span = locate(sent, quote);
    if (!span || (cue === 'obstacle' && element === null)) return [];
    return [{ cue, span, confidence: 0.9, ...(cue === 'obstacle' && element !== null && { detail: element }) }];
  });
  const distinct = heard.filter(({ cue }, at) => heard.findIndex((other) => other.cue === cue) === at);
  return distinct.length > mostCues ? [] : distinct;
}

/** One line, as an L&D partner could say it. */
const longestQuestion = 240;
const notSaid = /https?:|www\.|[@<>[\]{}|`*_#]|PERSON_\d/i;

function proposalIn(sent: Sent, proposed: ModelReply['nextQuestion']): ReadCue[] {
  const span = proposed ? locate(sent, proposed.quote) : undefined;
  const question = proposed?.question.replace(/\s+/g, ' ').trim() ?? '';
  if (!proposed || !span || question.length > longestQuestion || !question.endsWith('?') || notSaid.test(question)) return [];
  return [{ cue: 'proposed-question', span, detail: proposed.trigger, confidence: 0.9, wording: question }];
}
