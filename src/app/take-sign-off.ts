import { type BriefLine, briefLines, buildBrief, signedBrief } from '../domain/brief.ts';
import type { By, Command } from '../domain/command.ts';
import type { Quote } from '../domain/conversation.ts';
import { currentAnswers, type QuestionId } from '../domain/questions.ts';
import { ownCapacity } from '../domain/signers.ts';
import type { StartedAlignment } from '../domain/state.ts';
import { sameQuote } from '../domain/status-report.ts';
import type { Form } from '../views/card.ts';
import type { ViewContext } from '../views/context.ts';
import type { FieldProblem } from '../views/forms.ts';
import { answerLimit, partLimit, reasonLimit } from '../views/prefill.ts';
import { markOf } from '../views/shown-answers.ts';
import { chooseLineForm, declineRequestForm, lineForm, lineOfKey, partOfKey, seeBriefForm, signOffDelegationForm } from '../views/sign-off-forms.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { InboundEvent } from './ports.ts';
import type { Read } from './read-answers.ts';
import { knownPerson, type Pressed } from './take-press.ts';
import type { Turn } from './turn.ts';
import { contextOf } from './view-context.ts';
import { writtenAnswer } from './written-answer.ts';

type Submitted = Extract<InboundEvent, { type: 'FormSubmitted' }>;

/** The forms around the signatures of a brief; undefined for any other. */
export function signOffForm(action: string, ctx: ViewContext, state: StartedAlignment): Form | undefined {
  switch (action) {
    case 'change-something':
      return chooseLineForm(ctx, buildBrief(state));
    case 'see-brief':
      return seeBriefForm(ctx, buildBrief(state));
    case 'delegate-sign-off':
      return signOffDelegationForm(ctx, state);
    case 'decline-request':
      return declineRequestForm(ctx, state);
    default:
      return undefined;
  }
}

/** The second page of a change: the chosen line with its words; undefined where no such line is there any more. */
export function changePage(ctx: ViewContext, event: Submitted, { state, by }: Pressed): Form | undefined {
  if (event.submit !== 'submit-change') return undefined;
  return lineForm(ctx, buildBrief(state), { key: event.inputs['question'] ?? '', person: by.by });
}

/** What such a form asks for; undefined for any other. */
export async function readSignOff(dependencies: HandleDependencies, turn: Turn, event: Submitted, pressed: Pressed): Promise<Read | undefined> {
  switch (event.submit) {
    case 'submit-line':
      return readLine(dependencies, turn, event, pressed);
    case 'submit-sign-off':
      return readDelegation(turn, event, pressed);
    case 'submit-decline-request': {
      const { text, problem } = readReason(event, true);
      if (problem) return { problems: { reason: problem } };
      const messageRef = `${turn.tenant}:${pressed.by.act}:decline`;
      return { orders: [{ type: 'DeclineRequest', ...pressed.by, reason: keepWords(turn, pressed.by, text, { textId: `${messageRef}:why`, messageRef }) }] };
    }
    default:
      return undefined;
  }
}

async function readLine(dependencies: HandleDependencies, turn: Turn, event: Submitted, pressed: Pressed): Promise<Read> {
  const { state, value, by } = pressed;
  const brief = buildBrief(state);
  const why = readReason(event, false);
  if (why.problem) return { problems: { reason: why.problem } };
  const ctx = await contextOf(dependencies, turn, state);
  const text = event.inputs['answer']?.trim() ?? '';
  const part = partOfKey(brief, value.line ?? '');
  if (part) return readPart(turn, ctx, pressed, { ...part, text, why: why.text });
  const chosen = lineOfKey(brief, value.line ?? '');
  if (text === '') return { problems: { answer: 'required' } };
  if (text.length > answerLimit) return { problems: { answer: 'too-long' } };
  if (!chosen) return { problems: { answer: 'line-changed' } };
  const { questionId, line, changed } = chosen;
  // It changed while the form stood open: nothing takes the place of what another person said meanwhile, unseen.
  const beside = changed && currentAnswers(state.answers, questionId).some((answer) => answer.by !== by.by);
  if (changed && !beside) return { problems: { answer: 'line-changed' } };
  if (line && says(ctx, line.quote, text)) return { problems: { answer: 'same-words' } };
  const back = changed ? undefined : setBack(ctx, state, { questionId, line, text });
  if (back) return { orders: [{ ...back, ...by }] };
  const { answer, heard } = await writtenAnswer(dependencies.language, turn, state, by, { questionId, text, source: 'form' });
  const messageRef = answer.type === 'RecordAnswers' ? answer.messageRef : `${turn.tenant}:${by.act}:${questionId}`;
  const order = orderOf(answer, { by, messageRef, line: line?.quote, reason: reasonIn(turn, by, why.text, messageRef) });
  return beside && order.type === 'RecordAnswers' ? { orders: [{ ...order, beside }, ...heard], beside: [questionId] } : { orders: [order, ...heard] };
}

type Written = { text: string; why: string };

/** What the request told, put differently; an empty field takes it out, but for the topic. */
function readPart(turn: Turn, ctx: ViewContext, { state, by }: Pressed, written: Written & NonNullable<ReturnType<typeof partOfKey>>): Read {
  const { part, quote, changed, text, why } = written;
  if (changed) return { problems: { answer: 'line-changed' } };
  if (text === '' && (part === 'topic' || !quote)) return { problems: { answer: 'required' } };
  if (text.length > partLimit) return { problems: { answer: 'part-too-long' } };
  if (quote && text !== '' && says(ctx, quote, text)) return { problems: { answer: 'same-words' } };
  const messageRef = `${turn.tenant}:${by.act}:${part}`;
  const signed = state.signedContent?.understood[part];
  const back = signed && text !== '' && says(ctx, signed, text) ? signed : undefined;
  const is = back ?? (text === '' ? undefined : keepWords(turn, by, text, { textId: messageRef, messageRef }));
  const reason = back ? {} : reasonIn(turn, by, why, messageRef);
  return { orders: [{ type: 'ChangePart', ...by, part, source: 'form', messageRef, ...(quote && { was: quote }), ...(is && { quote: is }), ...reason }] };
}

/** Whether these are the words of a quote, which may stand without the full stop that followed them. */
function says(ctx: ViewContext, quote: Quote, text: string): boolean {
  const bare = (words: string) => markOf(words.replace(/[\s.,;:!?…]+$/u, ''));
  return bare(ctx.quote(quote) ?? '') === bare(text);
}

type Back = Pick<Extract<Command, { type: 'RestoreLine' }>, 'type' | 'questionId' | 'line' | 'signed'>;

/** The words that were signed in that place, typed again: nobody has said anything new. */
function setBack(
  ctx: ViewContext,
  state: StartedAlignment,
  { questionId, line, text }: { questionId: QuestionId; line: BriefLine | undefined; text: string },
): Back | undefined {
  const before = signedBrief(state);
  if (state.status !== 'reviewing' || !before) return undefined;
  const at = line ? briefLines(buildBrief(state), questionId).findIndex(({ quote }) => sameQuote(quote, line.quote)) : 0;
  const signed = briefLines(before, questionId)[at];
  if (!signed || !says(ctx, signed.quote, text)) return undefined;
  return { type: 'RestoreLine', questionId, signed: signed.quote, ...(line && { line: line.quote }) };
}

type Placed = { by: By; messageRef: string; line: Quote | undefined; reason: { reason?: Quote } };

/** "We don't know" takes the line out, and the question is open again. */
function orderOf(answer: Command, { by, messageRef, line, reason }: Placed): Command {
  if (!line) return answer.type === 'RecordAnswers' ? { ...answer, ...reason } : answer;
  const [given] = answer.type === 'RecordAnswers' ? answer.answers : [];
  if (given) return { type: 'ChangeLine', ...by, line, answer: given, messageRef, ...reason };
  return answer.type === 'SayUnknown' && answer.questionId
    ? { type: 'ChangeLine', ...by, line, answer: { questionId: answer.questionId, status: 'unknown' }, messageRef, ...reason }
    : answer;
}

async function readDelegation(turn: Turn, event: Submitted, { state, by }: Pressed): Promise<Read> {
  const to = await knownPerson(turn, event.inputs['person']);
  if (to === undefined) return { problems: { person: 'person' } };
  if (to === by.by) return { problems: { person: 'self' } };
  if (ownCapacity(state, to) !== undefined) return { problems: { person: 'signs-already' } };
  return { orders: [{ type: 'DelegateSignOff', ...by, to }] };
}

function readReason({ inputs }: Submitted, required: boolean): { text: string; problem?: FieldProblem } {
  const text = inputs['reason']?.trim() ?? '';
  if (required && text === '') return { text, problem: 'required' };
  return text.length > reasonLimit ? { text, problem: 'reason-too-long' } : { text };
}

/** Kept with what it belongs to, so that both go together. */
function reasonIn(turn: Turn, by: By, why: string, messageRef: string): { reason?: Quote } {
  return why === '' ? {} : { reason: keepWords(turn, by, why, { textId: `${messageRef}:why`, messageRef }) };
}

function keepWords(turn: Turn, { by }: By, body: string, { textId, messageRef }: { textId: string; messageRef: string }): Quote {
  turn.texts.set(textId, { textId, messageRef, author: by, body, at: turn.now });
  return { textId, start: 0, end: body.length };
}
