import { putBefore } from '../domain/coaching-challenge.ts';
import type { PersonId, Quote } from '../domain/conversation.ts';
import { currentAnswers } from '../domain/questions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Fit, SignedFit, Strategy } from '../domain/strategy.ts';
import { fitOf } from '../domain/strategy-fit.ts';
import type { Text } from '../views/card.ts';
import { knownCause, type ViewContext } from '../views/context.ts';
import { fitLine, fitLineInThread, type StrategyOnFile } from '../views/strategy.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { standingOf } from './standing.ts';
import type { Store } from './store.ts';
import type { Telling } from './telling.ts';
import { changedAmong, command, type Turn } from './turn.ts';
import { contextFor } from './view-context.ts';

/** Admins and listed L&D partners keep the strategy; for everybody else there is none to see. */
export function mayKeepStrategy(turn: Turn, personId: PersonId): boolean {
  return standingOf(turn.settings, personId).some((standing) => standing === 'admin' || standing === 'listed-partner');
}

/** The strategy as it was when the turn first asked for it: the coach, its cards and the draft look at it, and it is read once for all of them. */
export async function strategyInTurn({ store }: { store: Pick<Store, 'strategy'> }, turn: Turn): Promise<Strategy> {
  turn.strategy ??= store.strategy.load(turn.tenant);
  return turn.strategy;
}

/** What Home shows of it; undefined for those who may not see it. */
export async function strategyOnFile({ store }: { store: Pick<Store, 'strategy'> }, turn: Turn, personId: PersonId): Promise<StrategyOnFile | undefined> {
  return mayKeepStrategy(turn, personId) ? store.strategy.load(turn.tenant) : undefined;
}

/** How a request stands to the strategy on file, by what was asked for and what was said it is for, or by what it starts with instead. `heldBy`: those words. */
async function heldAgainstStrategy(
  dependencies: { store: Pick<Store, 'strategy'> },
  turn: Turn,
  state: StartedAlignment,
  ctx: Pick<ViewContext, 'quote' | 'knowledge'>,
): Promise<{ fit: Fit; strategy: Strategy; heldBy: readonly Quote[] }> {
  const strategy = await strategyInTurn(dependencies, turn);
  const answers = [...currentAnswers(state.answers, 'driver'), ...currentAnswers(state.answers, 'contribution')];
  const last = state.coaching?.decisions.at(-1);
  const changed = last?.outcome === 'changed' ? last : undefined;
  const cause = changed && knownCause(ctx, changed.about);
  const focus = changed && (cause ? [] : [changed.words, putBefore(changed)?.quote]);
  const heldBy = (focus ?? [state.request, ...answers.map(({ text }) => text)]).filter((quote) => quote !== undefined);
  const words = [...heldBy.flatMap((quote) => ctx.quote(quote) ?? []), ...(cause === undefined ? [] : [cause.focus])];
  return { fit: fitOf([...new Set(words)].join('. '), strategy), strategy, heldBy };
}

/** What was signed in this turn keeps how it stands to the strategy that is on file now. */
export async function keepFits(dependencies: Pick<HandleDependencies, 'store' | 'prompts'>, turn: Turn): Promise<void> {
  for (const alignment of changedAmong(turn.alignments)) {
    const { state, events } = alignment;
    if (state.status !== 'aligned' || !events.some(({ type }) => type === 'AlignmentReached')) continue;
    const ctx = await contextFor(dependencies, turn, { refersTo: state, people: [] });
    const { fit, strategy, heldBy } = await heldAgainstStrategy(dependencies, turn, state, ctx);
    if (fit.kind === 'no-strategy' || fit.kind === 'unclear') continue;
    const objective = fit.kind === 'fits-none' ? undefined : strategy.objectives.find(({ id }) => id === fit.objective)?.text;
    const { confirmedAt } = strategy;
    const kept: SignedFit = { kind: fit.kind, heldBy, ...(objective !== undefined && { objective }), ...(confirmedAt !== undefined && { confirmedAt }) };
    command(alignment, { type: 'KeepFit', fit: kept }, turn.now);
  }
}

/** A line for the thread where the request fits an objective; everything else is for L&D partners alone. */
export async function fitForThread({ dependencies, turn, state, ctx }: Telling): Promise<{ fits?: Text }> {
  const { fit, strategy } = await heldAgainstStrategy(dependencies, turn, state, ctx);
  const fits = fitLineInThread(ctx, fit, strategy);
  return fits === undefined ? {} : { fits };
}

/** A line for L&D partners, with the quotes whose words may stand in it. Of what went on privately nothing is said. */
export async function fitForPartners({ dependencies, turn, state, ctx }: Telling): Promise<{ fit?: Text; quotes: readonly Quote[] }> {
  if (state.privately) return { quotes: [] };
  const { fit, strategy, heldBy } = await heldAgainstStrategy(dependencies, turn, state, ctx);
  const line = fitLine(ctx, fit, strategy);
  return line === undefined ? { quotes: [] } : { fit: line, quotes: heldBy };
}
