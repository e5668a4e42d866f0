import type { Brief, BriefDifference, BriefLine } from '../domain/brief.ts';
import type { Quote } from '../domain/conversation.ts';
import { questionIds } from '../domain/questions.ts';
import { briefBlocks, missingSignatures } from './brief-blocks.ts';
import { briefTopic, coachingChanges } from './brief-coaching.ts';
import type { Card, CardAction, CardBlock, Text } from './card.ts';
import { listed, people, quoted, type ViewContext } from './context.ts';
import { button, present, textBlock } from './parts.ts';
import { type Taken, takenLine } from './taken.ts';

export type ReviewOptions = {
  /** How many people can read the place that the brief will be posted to, where that is known. */
  audienceCount?: number;
  /** What differs from the last signed version; absent for the first. */
  difference?: BriefDifference;
  taken?: readonly Taken[];
  /** That it fits an objective on file, where it does. */
  fits?: Text;
};

/** The draft with its open points marked, who will see it, what changed, and who has signed. */
export function reviewCard(ctx: ViewContext, brief: Brief, { audienceCount, difference, taken = [], fits }: ReviewOptions = {}): Card {
  const { words } = ctx;
  const topic = briefTopic(ctx, brief);
  const version = String(brief.version);
  const waiting = missingSignatures(ctx, brief);
  return {
    summary: words.plain('review.summary', { topic, open: String(brief.openPoints.length), total: String(questionIds.length) }),
    title: difference ? words.say('review.title-new', { topic, version }) : words.say('review.title', { topic }),
    blocks: present<CardBlock>(
      ...taken.map((one) => textBlock(takenLine(ctx, one), 'subtle')),
      textBlock(words.say('review.intro', {}, brief.alignmentId)),
      ...(difference ? differenceBlocks(ctx, difference) : []),
      ...briefBlocks(ctx, brief),
      fits === undefined ? undefined : textBlock(fits, 'subtle'),
      { type: 'divider' },
      textBlock(audienceText(ctx, brief, audienceCount)),
      waiting === undefined ? undefined : textBlock(words.say('review.waiting-for', { people: waiting }), 'subtle'),
    ),
    actions: reviewActions(ctx, brief),
  };
}

function reviewActions(ctx: ViewContext, brief: Brief): CardAction[] {
  const value = { alignment: brief.alignmentId };
  return [
    button(ctx, 'looks-right', 'button.looks-right', { ...value, version: String(brief.version) }, { style: 'primary' }),
    button(ctx, 'change-something', 'button.change-something', value, { form: true }),
    button(ctx, 'choose-audience', 'button.choose-audience', value, { form: true }),
    button(ctx, 'who-said-this', 'button.who-said-this', value, { form: true }),
    button(ctx, 'export-markdown', 'button.export-markdown', value),
  ];
}

/** Who will see the brief once it is signed: said before anybody signs. */
function audienceText(ctx: ViewContext, { audience }: Pick<Brief, 'audience'>, count?: number): Text {
  if (audience.kind === 'participants') return ctx.words.say('review.audience-participants');
  const place = ctx.placeName(audience.place);
  return count === undefined
    ? ctx.words.say('review.audience-channel-uncounted', { place })
    : ctx.words.say('review.audience-channel', { place, count: String(count) });
}

function differenceBlocks(ctx: ViewContext, { understood, answers, ...coached }: BriefDifference): CardBlock[] {
  const { words } = ctx;
  const parts = understood.map(({ part, was, is }) => ({
    text: words.say('review.changed-part', { label: words.plain(`intake.${part}`), was: oneWord(ctx, was, 'before'), is: oneWord(ctx, is, 'now') }),
  }));
  const changed = answers.map(({ questionId, was, is }) => {
    const slots = { label: ctx.questions[questionId].label, was: lineWords(ctx, was, 'before'), is: lineWords(ctx, is, 'now') };
    const who = is.map((line) => line.by);
    return {
      text: who.length === 0 ? words.say('review.changed-part', slots) : words.say('review.changed-line', { ...slots, who: people(ctx, [...new Set(who)]) }),
    };
  });
  const items = [...parts, ...changed, ...coachingChanges(ctx, coached)];
  return items.length === 0 ? [] : [textBlock(words.say('review.changed'), 'heading'), { type: 'list', items }];
}

function lineWords(ctx: ViewContext, lines: readonly BriefLine[], when: 'before' | 'now'): Text {
  return lines.length === 0
    ? oneWord(ctx, undefined, when)
    : listed(
        ctx,
        lines.map((line) => quoted(ctx, line.quote)),
      );
}

function oneWord(ctx: ViewContext, quote: Quote | undefined, when: 'before' | 'now'): Text {
  return quote ? quoted(ctx, quote) : ctx.words.say(`review.nothing-${when}`);
}
