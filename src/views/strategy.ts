import type { PersonId } from '../domain/conversation.ts';
import type { Fit, Objective, ProposedObjective, Strategy } from '../domain/strategy.ts';
import { type StrategyProblem, strategyLimits } from '../domain/strategy-read.ts';
import type { CardAction, CardBlock, CardInput, Form, Text } from './card.ts';
import { listed, type ViewContext } from './context.ts';
import { button, type Item, present, section, textBlock } from './parts.ts';
import { shorten } from './text.ts';

/** The strategy as admins and listed L&D partners see it on Home. `confirmedBy` is missing where that person was forgotten. */
export type StrategyOnFile = { objectives: readonly Objective[]; confirmedBy?: PersonId; confirmedAt?: number };

/** A field of a form: below what Slack takes in one (docs: Block Kit, plain-text input, 3,000), with room for some more words. */
const strategyField = 2_900;
export const strategyFields = ['objectives', 'more-objectives'] as const;

const shownOnHome = 6;
const shownToConfirm = 12;
const shortObjective = 120;
const shortOption = 40;

/** The objectives on file as Home shows them, or what they would give. */
export function strategyBlocks(ctx: ViewContext, { objectives, confirmedBy, confirmedAt }: StrategyOnFile): CardBlock[] {
  const { words } = ctx;
  const heading = words.plain('strategy.title');
  if (objectives.length === 0) return [textBlock(heading, 'heading'), textBlock(words.say('strategy.none'), 'subtle')];
  const more = objectives.length - shownOnHome;
  return present(
    ...section(
      heading,
      objectives.slice(0, shownOnHome).map((one) => objectiveItem(ctx, one)),
    ),
    more > 0 ? textBlock(words.say('strategy.more', { count: String(more) }), 'subtle') : undefined,
    confirmedBy === undefined || confirmedAt === undefined
      ? undefined
      : textBlock(words.say('strategy.confirmed', { person: [ctx.person(confirmedBy)], when: [{ at: confirmedAt, as: 'date' }] }), 'subtle'),
  );
}

/** The button of Home that opens them. */
export function strategyAction(ctx: ViewContext): CardAction {
  return button(ctx, 'our-strategy', 'button.our-strategy', {}, { form: true });
}

function objectiveItem(ctx: ViewContext, { text, timeFrame, weight, competencies }: ProposedObjective): Item {
  const { words } = ctx;
  const needs = competencies.map((one) =>
    words.plain('strategy.competency', { kind: words.plain(`strategy.${one.kind}`), what: shorten(one.text, shortOption) }),
  );
  const parts = [...(timeFrame === undefined || text.includes(timeFrame) ? [] : [timeFrame]), words.plain(`strategy.weight-${weight}`), ...needs];
  return { text: shorten(text, shortObjective), note: parts.join(words.plain('common.comma')) };
}

/** What a form about the strategy carries along: `of` are the objectives that it shows, `mark` tells which strategy they were taken from. */
export type StrategyFormValue = Readonly<Record<'from' | 'count' | 'mark', string>>;

/** Objectives as text, to paste or to change. Inputs: objectives, more-objectives. */
export function strategyForm(ctx: ViewContext, { text, value }: { text: string; value: StrategyFormValue }): Form {
  const { words } = ctx;
  return {
    id: 'strategy',
    title: words.plain('strategy.title'),
    submitLabel: words.plain('strategy.read'),
    submit: 'submit-strategy',
    value,
    blocks: [
      textBlock(words.say(text === '' ? 'strategy.paste-intro' : 'strategy.change-intro'), 'subtle'),
      ...fields(ctx, [text]),
      textBlock(words.say('strategy.paste-who'), 'subtle'),
    ],
  };
}

function fields({ words }: ViewContext, texts: readonly string[]): CardInput[] {
  return strategyFields.map((id, at) => ({
    type: 'input',
    id,
    label: words.plain(at === 0 ? 'strategy.paste-label' : 'strategy.rest-label'),
    kind: 'multiline',
    maxLength: strategyField,
    ...(at === 0 && { hint: words.plain('strategy.paste-hint') }),
    ...(texts[at] && { value: texts[at] }),
  }));
}

/** Which part of a long strategy to change. Input: part (the place of the part, `add` or `remove-all`). */
export function chooseStrategyForm(ctx: ViewContext, parts: readonly (readonly Objective[])[], mark: string): Form {
  const { words } = ctx;
  const starts = parts.map((_, at) => parts.slice(0, at).flat().length);
  const options = parts.map((part, at) => {
    const first = starts[at] ?? 0;
    const label = words.plain('strategy.part', {
      first: String(first + 1),
      last: String(first + part.length),
      words: shorten(part[0]?.text ?? '', shortOption),
    });
    return { value: String(at), label };
  });
  return {
    id: 'strategy-parts',
    title: words.plain('strategy.title'),
    submitLabel: words.plain('strategy.show-part'),
    submit: 'submit-strategy',
    value: { mark },
    blocks: [
      textBlock(words.say('strategy.choose-intro', { count: String(parts.flat().length) }), 'subtle'),
      {
        type: 'input',
        id: 'part',
        label: words.plain('strategy.choose-label'),
        kind: 'choice',
        required: true,
        value: '0',
        options: [...options, { value: 'add', label: words.plain('strategy.add') }, { value: 'remove-all', label: words.plain('strategy.remove-all') }],
      },
    ],
  };
}

/** What was understood, to be confirmed or changed: the text comes along, and is read anew where it was changed. */
export function confirmStrategyForm(
  ctx: ViewContext,
  { proposed, texts, value }: { proposed: readonly ProposedObjective[]; texts: readonly string[]; value: StrategyFormValue & { read: string } },
): Form {
  const { words } = ctx;
  const more = proposed.length - shownToConfirm;
  const heading = proposed.length === 1 ? words.plain('strategy.understood-one') : words.plain('strategy.understood', { count: String(proposed.length) });
  return {
    id: 'confirm-strategy',
    title: words.plain('strategy.title'),
    submitLabel: words.plain('strategy.confirm'),
    submit: 'confirm-strategy',
    value,
    blocks: present<CardBlock>(
      ...section(
        heading,
        proposed.slice(0, shownToConfirm).map((one) => objectiveItem(ctx, one)),
      ),
      more > 0 ? textBlock(words.say('strategy.more', { count: String(more) }), 'subtle') : undefined,
      textBlock(words.say('strategy.change-here'), 'subtle'),
      ...fields(ctx, texts),
    ),
  };
}

/** Before objectives are taken away and none comes in their place. */
export function removeStrategyForm({ words }: ViewContext, count: number, value: StrategyFormValue & { read: string }): Form {
  return {
    id: 'confirm-strategy',
    title: words.plain('strategy.title'),
    submitLabel: words.plain('strategy.confirm'),
    submit: 'confirm-strategy',
    value,
    blocks: [textBlock(words.say('strategy.removes', { count: String(count) }), 'strong'), textBlock(words.say('strategy.removes-intro'), 'subtle')],
  };
}

/** What to do about it. */
export function strategyError({ words }: ViewContext, problem: StrategyProblem | { kind: 'too-much' | 'changed' }): string {
  const most = String(strategyLimits.objectives);
  switch (problem.kind) {
    case 'nothing-found':
    case 'changed':
      return words.plain(`form-error.strategy-${problem.kind}`);
    case 'too-many':
      return words.plain('form-error.strategy-too-many', { count: String(problem.count), most });
    case 'too-much':
      return words.plain('form-error.strategy-too-much', { limit: strategyLimits.length.toLocaleString('en-GB') });
    case 'too-long':
      return words.plain('form-error.strategy-too-long', { words: shorten(problem.words, shortOption), limit: String(strategyLimits.objectiveLength) });
    case 'competency-too-long':
      return words.plain('form-error.strategy-competency-too-long', {
        words: shorten(problem.words, shortOption),
        limit: String(strategyLimits.competencyLength),
      });
    case 'too-many-competencies': {
      const slots = { words: shorten(problem.words, shortOption), count: String(problem.count), most: String(strategyLimits.competencies) };
      return words.plain('form-error.strategy-too-many-competencies', slots);
    }
    default:
      return problem satisfies never;
  }
}

/** How a request stands to what is on file, in a line for an L&D partner alone; undefined where there is nothing to say. */
export function fitLine(ctx: ViewContext, fit: Fit, strategy: Strategy): Text | undefined {
  const { words } = ctx;
  switch (fit.kind) {
    case 'no-strategy':
    case 'unclear':
      return undefined;
    case 'fits-none':
      return words.say('strategy.fits-none');
    case 'fits':
      return words.say('strategy.fits-by', { objective: objectiveName(strategy, fit.objective), words: quotedWords(ctx, fit.words) });
    case 'conflicts':
      return words.say('strategy.conflicts', { objective: objectiveName(strategy, fit.objective), words: quotedWords(ctx, fit.words) });
    default:
      return fit satisfies never;
  }
}

/** The same for a thread, where only a fit is spoken of. */
export function fitLineInThread({ words }: ViewContext, fit: Fit, strategy: Strategy): Text | undefined {
  return fit.kind === 'fits' ? words.say('strategy.in-thread', { objective: objectiveName(strategy, fit.objective) }) : undefined;
}

function objectiveName({ objectives }: Strategy, id: string): string {
  return shorten(objectives.find((one) => one.id === id)?.text ?? '', shortObjective);
}

const wordsShown = 3;

function quotedWords(ctx: ViewContext, some: readonly string[]): Text {
  return listed(
    ctx,
    some.slice(0, wordsShown).map((one) => ctx.words.say('common.quoted', { words: one })),
  );
}
