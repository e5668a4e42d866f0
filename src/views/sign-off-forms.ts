import { type Brief, type BriefLine, briefLines } from '../domain/brief.ts';
import type { PersonId, Quote } from '../domain/conversation.ts';
import { type QuestionId, questionIds } from '../domain/questions.ts';
import { understoodParts } from '../domain/restated.ts';
import type { StartedAlignment, Understood } from '../domain/state.ts';
import { briefBlocks } from './brief-blocks.ts';
import type { CardBlock, CardInput, Form } from './card.ts';
import { type ViewContext, wordsOf } from './context.ts';
import { byFactor, present, textBlock } from './parts.ts';
import { answerLimit, partLimit, reasonLimit } from './prefill.ts';
import { markOf } from './shown-answers.ts';
import { shorten } from './text.ts';

// Slack shows 75 characters of an option.
const optionWords = 34;

/** Which line is meant: its question, and where it stands among the lines of that question; `at` recognises one that changed meanwhile. */
function lineKey(questionId: QuestionId, line?: Pick<BriefLine, 'at'>, index = 0): string {
  return line ? `${questionId}:${index}:${line.at.toString(36)}` : questionId;
}

/** What a key means; undefined for one that no form has. `line` is absent for a question without an answer, `changed` says that something else stands there now. */
export function lineOfKey(brief: Brief, key: string): { questionId: QuestionId; line?: BriefLine; changed: boolean } | undefined {
  const [id, index] = key.split(':');
  const questionId = questionIds.find((known) => known === id);
  if (!questionId) return undefined;
  const lines = briefLines(brief, questionId);
  if (index === undefined) return { questionId, changed: lines.length > 0 };
  const line = lines[Number(index)];
  return line && lineKey(questionId, line, Number(index)) === key ? { questionId, line, changed: false } : { questionId, changed: true };
}

type Part = { part: keyof Understood; quote?: Quote };

/** The same for a part of what the request told. */
function partKey({ part, quote }: Part): string {
  return quote ? `${part}:${markOf(`${quote.textId} ${quote.start} ${quote.end}`)}` : part;
}

/** What such a key means; undefined for one that no form has. `changed`: it says something else by now. */
export function partOfKey({ understood }: Brief, key: string): (Part & { changed: boolean }) | undefined {
  const part = understoodParts.find((known) => known === key.split(':')[0]);
  if (!part) return undefined;
  const quote = understood[part];
  const shown: Part = { part, ...(quote && { quote }) };
  return { ...shown, changed: partKey(shown) !== key };
}

/** Who said what stands there. */
function authorOf(brief: Brief, part: keyof Understood): PersonId {
  return brief.restated?.find((one) => one.part === part)?.by ?? brief.askedFor?.by ?? brief.requester;
}

/** Which line of the brief should say something else. Input: question, a line key; the next page has its words. */
export function chooseLineForm(ctx: ViewContext, brief: Brief): Form {
  const { words } = ctx;
  const options = byFactor().flatMap((questionId) => {
    const { label } = ctx.questions[questionId];
    const lines = briefLines(brief, questionId);
    if (lines.length === 0) return [{ value: lineKey(questionId), label: words.plain('sign-off.open-option', { label }) }];
    return lines.map((line, index) => ({
      value: lineKey(questionId, line, index),
      label: words.plain('sign-off.line-option', { label, words: shorten(wordsOf(ctx, line.quote), optionWords), person: [ctx.person(line.by)] }),
    }));
  });
  const parts = understoodParts.map((part) => {
    const quote = brief.understood[part];
    const label = words.plain(`intake.${part}`);
    if (!quote) return { value: partKey({ part }), label: words.plain('sign-off.open-option', { label }) };
    const slots = { label, words: shorten(wordsOf(ctx, quote), optionWords), person: [ctx.person(authorOf(brief, part))] };
    return { value: partKey({ part, quote }), label: words.plain('sign-off.line-option', slots) };
  });
  const choice: CardInput = {
    type: 'input',
    id: 'question',
    label: words.plain('sign-off.choose-line'),
    kind: 'choice',
    required: true,
    options: [...parts, ...options],
  };
  return {
    id: 'choose-line',
    title: words.plain('sign-off.choose-title'),
    submitLabel: words.plain('sign-off.choose-next'),
    submit: 'submit-change',
    value: { alignment: brief.alignmentId },
    blocks: [textBlock(words.say('sign-off.choose-intro'), 'subtle'), choice],
  };
}

/** One line of the brief to be put right where it stands, with why. Inputs: answer, reason. */
export function lineForm(ctx: ViewContext, brief: Brief, { key, person }: { key: string; person: PersonId }): Form | undefined {
  const { words } = ctx;
  const part = partOfKey(brief, key);
  if (part) {
    if (part.changed) return undefined;
    const isTopic = part.part === 'topic';
    const hint = isTopic ? {} : { hint: words.plain('sign-off.part-hint') };
    const field = { label: words.plain(`intake.${part.part}`), kind: 'text' as const, required: isTopic, maxLength: partLimit, ...hint };
    return formOfLine(ctx, brief, { key, person, field, ...(part.quote && { quote: part.quote, by: authorOf(brief, part.part) }) });
  }
  const chosen = lineOfKey(brief, key);
  if (!chosen || chosen.changed) return undefined;
  const { label, has } = ctx.questions[chosen.questionId];
  const field = { label, kind: 'multiline' as const, required: true, maxLength: answerLimit, hint: words.plain('form.hint', { has }) };
  return formOfLine(ctx, brief, { key, person, field, ...(chosen.line && { quote: chosen.line.quote, by: chosen.line.by }) });
}

/** `quote`, `by`: what stands there, and whose words they are. */
type Line = {
  key: string;
  person: PersonId;
  field: Pick<CardInput, 'label' | 'kind' | 'required' | 'hint'> & { maxLength: number };
  quote?: Quote;
  by?: PersonId;
};

function formOfLine(ctx: ViewContext, brief: Brief, { key, person, field, quote, by }: Line): Form {
  const { words } = ctx;
  const said = (quote && ctx.quote(quote)?.trim()) ?? '';
  const isTooLong = said.length > field.maxLength;
  return {
    id: 'line',
    title: words.plain('sign-off.line-title'),
    submitLabel: words.plain('form.change-submit'),
    submit: 'submit-line',
    value: { alignment: brief.alignmentId, line: key },
    blocks: present<CardBlock>(
      { type: 'input', id: 'answer', ...field, ...(said !== '' && !isTooLong && { value: said }) },
      by === undefined || by === person ? undefined : textBlock(words.say('sign-off.line-others', { person: [ctx.person(by)] }), 'subtle'),
      isTooLong ? textBlock(words.say('sign-off.line-too-long'), 'subtle') : undefined,
      { type: 'input', id: 'reason', label: words.plain('sign-off.reason'), kind: 'text', maxLength: reasonLimit, hint: words.plain('sign-off.reason-hint') },
    ),
  };
}

/** Who signs in one's own place. Input: person. */
export function signOffDelegationForm(ctx: ViewContext, state: StartedAlignment): Form {
  const { words } = ctx;
  return {
    id: 'sign-off-delegation',
    title: words.plain('sign-off.delegate-title'),
    submitLabel: words.plain('sign-off.delegate-submit'),
    submit: 'submit-sign-off',
    value: { alignment: state.id },
    blocks: [
      textBlock(words.say('sign-off.delegate-intro'), 'subtle'),
      { type: 'input', id: 'person', label: words.plain('sign-off.delegate-person'), kind: 'person', required: true },
    ],
  };
}

/** Why L&D does not take a request on. Input: reason. */
export function declineRequestForm(ctx: ViewContext, state: StartedAlignment): Form {
  const { words } = ctx;
  return {
    id: 'decline-request',
    title: words.plain('sign-off.decline-title'),
    submitLabel: words.plain('sign-off.decline-submit'),
    submit: 'submit-decline-request',
    value: { alignment: state.id },
    blocks: [
      textBlock(words.say('sign-off.decline-intro', { person: [ctx.person(state.requester)] }), 'subtle'),
      { type: 'input', id: 'reason', label: words.plain('sign-off.decline-reason'), kind: 'multiline', required: true, maxLength: reasonLimit },
    ],
  };
}

/** The whole brief as it stands now. Read only: submitting it closes it. */
export function seeBriefForm(ctx: ViewContext, brief: Brief): Form {
  return {
    id: 'see-brief',
    title: ctx.words.plain('sign-off.see-title'),
    submitLabel: ctx.words.plain('form.who-submit'),
    submit: 'who-said-this',
    value: { alignment: brief.alignmentId },
    blocks: briefBlocks(ctx, brief),
  };
}
