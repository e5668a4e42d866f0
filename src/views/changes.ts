import type { ChangeAction, Fitness, Phase } from '../domain/fitness-state.ts';
import { mostPoints } from '../domain/picture.ts';
import type { CardBlock } from './card.ts';
import { type ViewContext, wordsOf } from './context.ts';
import { textBlock } from './parts.ts';
import { shorten } from './text.ts';

const phases: readonly Phase[] = ['now', 'next', 'later'];
// Two lines beside the picture.
const longestLabel = 60;

/** What else must change besides training: the actions as a table, and as a picture of impact against cost; nothing where none was noted. */
export function changeBlocks(ctx: ViewContext, fitness: Pick<Fitness, 'actions'> | undefined): CardBlock[] {
  const actions = inOrder(fitness?.actions ?? []);
  if (actions.length === 0) return [];
  return [textBlock(ctx.words.say('fitness.actions'), 'heading'), actionsTable(ctx, actions), actionsPicture(ctx, actions)];
}

/** What is to be done now first; within a phase what moves most for the least. */
function inOrder(actions: readonly ChangeAction[]): ChangeAction[] {
  const worth = ({ impact, cost }: ChangeAction) => impact - cost;
  return actions.toSorted((one, other) => phases.indexOf(one.phase) - phases.indexOf(other.phase) || worth(other) - worth(one));
}

function actionsTable(ctx: ViewContext, actions: readonly ChangeAction[]): CardBlock {
  const { words } = ctx;
  return {
    type: 'table',
    columns: [
      words.plain('fitness.column-action'),
      words.plain('fitness.column-element'),
      words.plain('fitness.column-impact-cost'),
      words.plain('fitness.column-phase'),
      words.plain('fitness.column-owner'),
    ],
    rows: actions.map((action, index) => [
      // Its number in the picture.
      `${index + 1}. ${wordsOf(ctx, action.text)}`,
      ctx.fitness[action.element].label,
      words.plain('fitness.impact-cost', { impact: String(action.impact), cost: String(action.cost) }),
      words.plain(`fitness.phase-${action.phase}`),
      action.owner === undefined ? words.plain('fitness.no-owner') : [ctx.person(action.owner)],
    ]),
  };
}

function actionsPicture(ctx: ViewContext, actions: readonly ChangeAction[]): CardBlock {
  const { words } = ctx;
  return {
    type: 'image',
    picture: {
      kind: 'impact-cost',
      title: words.plain('fitness.picture-title'),
      axes: { impact: words.plain('fitness.axis-impact'), cost: words.plain('fitness.axis-cost') },
      points: actions.slice(0, mostPoints).map((action) => ({
        label: shorten(wordsOf(ctx, action.text), longestLabel),
        impact: action.impact,
        cost: action.cost,
        phase: action.phase,
      })),
      phases: { now: words.plain('fitness.phase-now'), next: words.plain('fitness.phase-next'), later: words.plain('fitness.phase-later') },
    },
    alt: pictureInWords(ctx, actions),
    // The table has all of it.
    told: true,
  };
}

/** Everything that the picture shows, for whoever cannot see it. */
function pictureInWords(ctx: ViewContext, actions: readonly ChangeAction[]): string {
  const { words } = ctx;
  const parts = phases.flatMap((phase) => {
    const points = actions
      .filter((action) => action.phase === phase)
      .map((action) => words.plain('fitness.picture-point', { what: wordsOf(ctx, action.text), impact: String(action.impact), cost: String(action.cost) }));
    const label = words.plain(`fitness.phase-${phase}`);
    const name = label.charAt(0).toUpperCase() + label.slice(1);
    return points.length === 0 ? [] : [words.plain('fitness.picture-phase', { phase: name, points: points.join(words.plain('common.comma')) })];
  });
  return words.plain('fitness.picture-alt', { points: parts.join(' ') });
}
