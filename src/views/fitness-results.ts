import { type Finding, type FindingNote, type FitnessResults, resultsOf, weakest } from '../domain/fitness-results.ts';
import { suggestedReviewer } from '../domain/fitness-reviewer.ts';
import { type Fitness, fewestAnonymous } from '../domain/fitness-state.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Card, CardAction, CardBlock, Text } from './card.ts';
import { changeBlocks } from './changes.ts';
import { inLine, listed, type ViewContext, wordsOf } from './context.ts';
import { button, present, textBlock } from './parts.ts';

type Checked = StartedAlignment & { fitness: Fitness };
type Shown = Extract<FitnessResults, { status: 'shown' }>;

/** In the conversation, once the check is closed or an action was noted: what came out, what is to be done, and who looks over it. */
export function fitnessResultsCard(ctx: ViewContext, state: Checked): Card {
  const { words } = ctx;
  const { fitness } = state;
  const results = resultsOf(fitness);
  const changes = changeBlocks(ctx, fitness);
  return {
    summary: summaryOf(ctx, fitness, results),
    title: words.say(results ? 'fitness.results-title' : 'fitness.actions'),
    blocks: [
      ...(results ? resultBlocks(ctx, fitness, results) : []),
      ...(changes.length > 0 ? changes : [textBlock(words.say('fitness.actions-none'), 'subtle')]),
      textBlock(reviewerText(ctx, state), 'subtle'),
      // Last, where a platform cuts what is too long: twenty people can write much.
      ...(results?.status === 'shown' ? results.findings.flatMap((finding) => noteBlocks(ctx, finding)) : []),
    ],
    actions: resultActions(ctx, state, results),
  };
}

function summaryOf(ctx: ViewContext, { answers, asked, actions }: Fitness, results: FitnessResults | undefined): string {
  const { words } = ctx;
  if (!results) return words.plain('fitness.actions-summary', { count: String(actions.length) });
  const counts = { answered: String(answers.length), total: String(asked.length) };
  const low = results.status === 'shown' ? weakest(results.findings) : [];
  if (low.length === 0) return words.plain('fitness.results-summary-none', counts);
  return words.plain('fitness.results-summary', { ...counts, weakest: names(ctx, low) });
}

/** What came out, on one line of the draft; the whole of it stands in the conversation. */
export function findingsLine(ctx: ViewContext, fitness: Fitness | undefined): Text | undefined {
  const results = fitness && resultsOf(fitness);
  return fitness && results?.status === 'shown' ? summaryOf(ctx, fitness, results) : undefined;
}

function names(ctx: ViewContext, findings: readonly Pick<Finding, 'element'>[]): Text {
  return listed(
    ctx,
    findings.map(({ element }) => inLine(ctx.fitness[element].label)),
  );
}

function resultBlocks(ctx: ViewContext, fitness: Fitness, results: FitnessResults): CardBlock[] {
  const { words } = ctx;
  const fewest = String(fewestAnonymous);
  if (results.status === 'too-few') {
    const answered = String(results.answered);
    return [textBlock(results.answered === 0 ? words.say('fitness.too-few-none') : words.say('fitness.too-few', { answered, fewest }))];
  }
  const { findings, hidden } = results;
  return present<CardBlock>(
    textBlock(words.say('fitness.results-count', { answered: String(results.answered), total: String(fitness.asked.length) })),
    findings.length === 0 ? undefined : findingsTable(ctx, findings),
    textBlock(words.say('fitness.scale-note'), 'subtle'),
    hidden.length === 0
      ? undefined
      : textBlock(
          words.say('fitness.hidden', {
            elements: names(
              ctx,
              hidden.map((element) => ({ element })),
            ),
            fewest,
          }),
          'subtle',
        ),
    ...weakestBlocks(ctx, results),
  );
}

function findingsTable(ctx: ViewContext, findings: readonly Finding[]): CardBlock {
  const { words } = ctx;
  return {
    type: 'table',
    columns: [words.plain('fitness.column-element'), words.plain('fitness.column-average'), words.plain('fitness.column-spread')],
    rows: findings.map(({ element, average, answers, lowest, highest }) => [
      ctx.fitness[element].label,
      average.toFixed(1),
      answers === 1 ? words.plain('fitness.spread-one') : words.plain('fitness.spread', { lowest: String(lowest), highest: String(highest) }),
    ]),
  };
}

function noteBlocks(ctx: ViewContext, { element, notes }: Finding): CardBlock[] {
  if (notes.length === 0) return [];
  // In the order of the alphabet: any other would say which notes are by one person, or who was first.
  const texts = notes
    .map((note) => ({ text: noteText(ctx, note), words: wordsOf(ctx, note.text) }))
    .toSorted((one, other) => (one.words < other.words ? -1 : 1));
  return [
    textBlock(ctx.words.say('fitness.notes', { element: inLine(ctx.fitness[element].label) }), 'strong'),
    { type: 'list', items: texts.map(({ text }) => ({ text })) },
  ];
}

function noteText(ctx: ViewContext, { text, by }: FindingNote): Text {
  const words = ctx.words.say('common.quoted', { words: wordsOf(ctx, text) });
  return by === undefined ? words : ctx.words.say('fitness.note-by', { words, person: [ctx.person(by)] });
}

function weakestBlocks(ctx: ViewContext, { findings }: Shown): CardBlock[] {
  const { words } = ctx;
  const low = weakest(findings);
  if (low.length === 0) return findings.length === 0 ? [] : [textBlock(words.say('fitness.all-well'))];
  const lines = low.map(({ element }) => ({ text: words.say('fitness.weakest', { element: ctx.fitness[element].label, low: ctx.fitness[element].low }) }));
  return [{ type: 'list', items: lines }, textBlock(words.say('fitness.next-step'), 'subtle')];
}

function reviewerText(ctx: ViewContext, state: Checked): Text {
  const { reviewer } = state.fitness;
  if (reviewer !== undefined) return ctx.words.say('fitness.reviewer', { person: [ctx.person(reviewer)] });
  const suggested = suggestedReviewer(state);
  return suggested === undefined
    ? ctx.words.say('fitness.reviewer-suggest-none')
    : ctx.words.say('fitness.reviewer-suggest', { person: [ctx.person(suggested)] });
}

function resultActions(ctx: ViewContext, { id, fitness }: Checked, results: FitnessResults | undefined): CardAction[] {
  const value = { alignment: id };
  const low = results?.status === 'shown' ? weakest(results.findings) : [];
  return present<CardAction>(
    ...low.map(({ element }) => ({
      action: 'note-action',
      label: ctx.words.plain('button-for.note-action', { element: inLine(ctx.fitness[element].label) }),
      value: { ...value, element },
      form: true,
    })),
    button(ctx, 'note-action', 'button.note-action', value, { form: true }),
    fitness.actions.length === 0 ? undefined : button(ctx, 'note-action', 'button.change-action', { ...value, change: 'true' }, { form: true }),
    button(ctx, 'choose-reviewer', 'button.choose-reviewer', value, { form: true }),
  );
}
