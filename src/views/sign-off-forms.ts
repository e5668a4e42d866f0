import { type Brief, type BriefLine, briefLines } from '../domain/brief.ts';
import type { PersonId } from '../domain/conversation.ts';
import { type QuestionId, questionIds } from '../domain/questions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import { briefBlocks } from './brief-blocks.ts';
import type { CardBlock, CardInput, Form } from './card.ts';
import { type ViewContext, wordsOf } from './context.ts';
import { byFactor, present, textBlock } from './parts.ts';
import { answerLimit, reasonLimit } from './prefill.ts';
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
  const choice: CardInput = { type: 'input', id: 'question', label: words.plain('sign-off.choose-line'), kind: 'choice', required: true, options };
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
  const chosen = lineOfKey(brief, key);
  if (!chosen || chosen.changed) return undefined;
  const { words } = ctx;
  const { questionId, line } = chosen;
  const said = line ? wordsOf(ctx, line.quote) : '';
  const isTooLong = said.length > answerLimit;
  const question = ctx.questions[questionId];
  return {
    id: 'line',
    title: words.plain('sign-off.line-title'),
    submitLabel: words.plain('form.change-submit'),
    submit: 'submit-line',
    value: { alignment: brief.alignmentId, line: key },
    blocks: present<CardBlock>(
      {
        type: 'input',
        id: 'answer',
        label: question.label,
        kind: 'multiline',
        required: true,
        maxLength: answerLimit,
        hint: words.plain('form.hint', { has: question.has }),
        ...(said !== '' && !isTooLong && { value: said }),
      },
      line && line.by !== person ? textBlock(words.say('sign-off.line-others', { person: [ctx.person(line.by)] }), 'subtle') : undefined,
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
