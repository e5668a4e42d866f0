import { type Answers, essentials, isAnswered, type QuestionId, questionIds, statusOf } from '../domain/questions.ts';
import type { BriefAudience } from '../domain/state.ts';
import type { CardBlock, Text } from './card.ts';
import { labels, type ViewContext } from './context.ts';
import { answeredFacts, present, progressText, textBlock } from './parts.ts';
import { askText, exampleText } from './question.ts';
import { partsOf, plainText } from './text.ts';

/** Answers to what people ask about the conversation itself. */
export type AboutNotice =
  /** `where`: in a 1:1 chat, a group chat, or the thread of a channel; `model`: an external language model reads the replies. */
  | { kind: 'who-sees'; where: 'privately' | 'chat' | 'thread'; place: string; audience: BriefAudience; model: boolean }
  /** `open`: what is asked of whoever wants to know. */
  | { kind: 'so-far'; answers: Answers; open?: { questionId: QuestionId; timesAsked: number } }
  | { kind: 'example'; questionId: QuestionId };

/** As one text, for the response to a press and for notifications. */
export function aboutText(ctx: ViewContext, notice: AboutNotice): Text {
  const lines = aboutBlocks(ctx, notice).flatMap((block) => {
    if (block.type === 'text') return [plainText(block.text)];
    return block.type === 'facts' ? block.facts.map(({ label, value }) => `${label}: ${plainText(value)}.`) : [];
  });
  return lines.join(' ');
}

/** Short enough to read at a glance: a few lines, the open question last. */
export function aboutBlocks(ctx: ViewContext, notice: AboutNotice): CardBlock[] {
  switch (notice.kind) {
    case 'who-sees':
      return whoSees(ctx, notice);
    case 'so-far':
      return soFar(ctx, notice);
    case 'example':
      return present(textBlock(ctx.words.say('question.missing', { has: ctx.questions[notice.questionId].has })), example(ctx, notice.questionId));
    default:
      return notice satisfies never;
  }
}

function example(ctx: ViewContext, questionId: QuestionId): CardBlock | undefined {
  const text = exampleText(ctx, questionId);
  return text === undefined ? undefined : textBlock(text, 'subtle');
}

function whoSees(ctx: ViewContext, { where, place, audience, model }: Extract<AboutNotice, { kind: 'who-sees' }>): CardBlock[] {
  const { words } = ctx;
  const brief = audience.kind === 'channel' ? words.say('about.brief-in', { place: ctx.placeName(audience.place) }) : words.say('about.brief-stays');
  const readers = {
    privately: () => words.say('about.read-privately'),
    chat: () => words.say('about.read-in-chat'),
    thread: () => words.say('about.read-in-thread', { place: ctx.placeName(place) }),
  };
  return [
    textBlock([...readers[where](), ' ', ...brief, ' ', ...words.say('about.named')]),
    textBlock([...words.say('help.keeps'), ...(model ? [' ', ...words.say('about.model')] : [])], 'subtle'),
  ];
}

/** What is shown with its words; the rest by name. */
const mostQuoted = 4;

function soFar(ctx: ViewContext, { answers, open }: Extract<AboutNotice, { kind: 'so-far' }>): CardBlock[] {
  const { words } = ctx;
  const noted = questionIds.filter((id) => isAnswered(answers, id));
  const of = (status: string, from: readonly QuestionId[] = questionIds) => from.filter((id) => statusOf(answers, id) === status);
  const [first, others] = [of('open', essentials), of('open').filter((id) => !essentials.includes(id))];
  const quotedOnes = Object.fromEntries(noted.slice(0, mostQuoted).map((id) => [id, answers[id]]));
  const line = (ids: readonly QuestionId[], text: (labels: Text) => Text) => (ids.length === 0 ? undefined : textBlock(text(labels(ctx, ids))));
  const settled = first.length + others.length === 0;
  return present<CardBlock>(
    textBlock(noted.length === 0 ? words.say('about.nothing-yet') : words.say('about.so-far', { progress: progressText(ctx, answers) })),
    answeredFacts(ctx, quotedOnes),
    line(noted.slice(mostQuoted), (names) => words.say('about.also', { labels: names })),
    line(first, (names) => words.say('about.essentials-open', { labels: names })),
    line(others, (names) => words.say('about.others-open', { labels: names })),
    line([...of('unknown'), ...of('skipped')], (names) => words.say('about.left-open', { labels: names })),
    line(of('delegated'), (names) => words.say('about.asked-others', { labels: names })),
    settled ? textBlock(words.say('about.none-open')) : undefined,
    open ? textBlock(partsOf(askText(ctx, open.questionId, open.timesAsked)), 'strong') : undefined,
  );
}
