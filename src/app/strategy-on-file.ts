import type { PersonId } from '../domain/conversation.ts';
import { currentAnswers } from '../domain/questions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Fit, Strategy } from '../domain/strategy.ts';
import { fitOf } from '../domain/strategy-fit.ts';
import type { ViewContext } from '../views/context.ts';
import type { StrategyOnFile } from '../views/strategy.ts';
import { standingOf } from './standing.ts';
import type { Store } from './store.ts';
import type { Turn } from './turn.ts';

/** Admins and listed L&D partners keep the strategy; for everybody else there is none to see. */
export function mayKeepStrategy(turn: Turn, personId: PersonId): boolean {
  return standingOf(turn.settings, personId).some((standing) => standing === 'admin' || standing === 'listed-partner');
}

/** What Home shows of it; undefined for those who may not see it. */
export async function strategyOnFile({ store }: { store: Pick<Store, 'strategy'> }, turn: Turn, personId: PersonId): Promise<StrategyOnFile | undefined> {
  return mayKeepStrategy(turn, personId) ? store.strategy.load(turn.tenant) : undefined;
}

/** How a request stands to the strategy on file, by what was asked for and what was said it is for. */
export async function heldAgainstStrategy(
  { store }: { store: Pick<Store, 'strategy'> },
  turn: Turn,
  state: StartedAlignment,
  ctx: Pick<ViewContext, 'quote'>,
): Promise<{ fit: Fit; strategy: Strategy }> {
  const strategy = await store.strategy.load(turn.tenant);
  const answers = [...currentAnswers(state.answers, 'driver'), ...currentAnswers(state.answers, 'contribution')];
  const quotes = [state.request, ...answers.map(({ text }) => text)];
  const words = quotes.flatMap((quote) => (quote && ctx.quote(quote)) ?? []);
  return { fit: fitOf([...new Set(words)].join('. '), strategy), strategy };
}
