import type { PersonId } from '../domain/conversation.ts';
import type { Objective, Strategy } from '../domain/strategy.ts';
import { readStrategy, type StrategyProblem, strategyLimits } from '../domain/strategy-read.ts';
import { strategyParts, strategyText, textMark, withIds } from '../domain/strategy-text.ts';
import {
  chooseStrategyForm,
  confirmStrategyForm,
  removeStrategyForm,
  type StrategyFormValue,
  strategyError,
  strategyFields,
  strategyForm,
} from '../views/strategy.ts';
import { notice, refusal } from './administer.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { InboundEvent, InteractionResponse } from './ports.ts';
import { mayKeepStrategy } from './strategy-on-file.ts';
import type { Turn } from './turn.ts';
import { contextFor } from './view-context.ts';

type FormSubmitted = Extract<InboundEvent, { type: 'FormSubmitted' }>;

/** So much of what is on file is shown for changing at once: it leaves room to write in the same field. */
const partLength = 2_400;

/** The form to put objectives on file or to change them: a part at a time where they are many. */
export async function openStrategyForm(dependencies: HandleDependencies, turn: Turn, personId: PersonId): Promise<InteractionResponse> {
  if (!mayKeepStrategy(turn, personId)) return refusal(dependencies, turn);
  const strategy = await dependencies.store.strategy.load(turn.tenant);
  const parts = strategyParts(strategy.objectives, partLength);
  if (parts.length <= 1) return partForm(dependencies, turn, strategy, { from: 0, objectives: strategy.objectives });
  return { kind: 'form', form: chooseStrategyForm(await plainContext(dependencies, turn), parts, markOf(strategy)) };
}

/** The same, coming back: what was understood is shown for confirming, and kept once it is. It may be forged, or come back when somebody else changed it. */
export async function takeStrategyForm(dependencies: HandleDependencies, turn: Turn, event: FormSubmitted): Promise<InteractionResponse> {
  if (!mayKeepStrategy(turn, event.personId)) return refusal(dependencies, turn);
  const strategy = await dependencies.store.strategy.load(turn.tenant);
  // The same confirmation, taken once more because another writer was faster with something else.
  if (strategy.confirmedAt === event.at && strategy.confirmedBy === event.personId) return notice(dependencies, turn, { kind: 'saved' });
  if (event.value['mark'] !== markOf(strategy)) return problemBeside(dependencies, turn, { kind: 'changed' });
  const { part } = event.inputs;
  return part === undefined ? takeTexts(dependencies, turn, event, strategy) : choosePart(dependencies, turn, strategy, part);
}

async function choosePart(dependencies: HandleDependencies, turn: Turn, strategy: Strategy, part: string): Promise<InteractionResponse> {
  const { objectives } = strategy;
  if (part === 'add') return partForm(dependencies, turn, strategy, { from: objectives.length, objectives: [] });
  if (part === 'remove-all') return confirmRemoval(dependencies, turn, { from: 0, count: objectives.length }, strategy);
  const parts = strategyParts(objectives, partLength);
  const chosen = parts[Number(part)];
  if (!chosen) return problemBeside(dependencies, turn, { kind: 'changed' });
  return partForm(dependencies, turn, strategy, { from: parts.slice(0, Number(part)).flat().length, objectives: chosen });
}

type Shown = { from: number; count: number };

async function takeTexts(dependencies: HandleDependencies, turn: Turn, event: FormSubmitted, strategy: Strategy): Promise<InteractionResponse> {
  const shown = shownIn(event, strategy);
  if (!shown) return problemBeside(dependencies, turn, { kind: 'changed' });
  // Not every platform sends empty fields along.
  const texts = strategyFields.map((id) => event.inputs[id] ?? '');
  const pasted = texts.join('\n');
  const isEmpty = pasted.trim() === '';
  const proposed = isEmpty && shown.count > 0 ? { objectives: [] } : readStrategy(pasted);
  if ('problem' in proposed) return problemBeside(dependencies, turn, proposed.problem);
  const objectives = changed(strategy.objectives, shown, proposed.objectives);
  const problem = problemWith(objectives);
  if (problem) return problemBeside(dependencies, turn, problem);
  const read = isEmpty ? removal : textMark(pasted);
  if (event.submit === 'confirm-strategy' && event.value['read'] === read) return keep(dependencies, turn, event, objectives);
  if (isEmpty) return confirmRemoval(dependencies, turn, shown, strategy);
  const value = { ...carriedFor(strategy, shown), read };
  return { kind: 'form', form: confirmStrategyForm(await plainContext(dependencies, turn), { proposed: proposed.objectives, texts, value }) };
}

/** In the place of a mark of the text that was read: there is none. */
const removal = 'nothing';

function shownIn({ value }: FormSubmitted, { objectives }: Strategy): Shown | undefined {
  const [from, count] = [Number(value['from']), Number(value['count'])];
  return Number.isInteger(from) && Number.isInteger(count) && from >= 0 && count >= 0 && from + count <= objectives.length ? { from, count } : undefined;
}

function changed(objectives: readonly Objective[], { from, count }: Shown, proposed: Parameters<typeof withIds>[0]): Objective[] {
  const fresh = withIds(proposed, objectives.slice(from, from + count), [...objectives.slice(0, from), ...objectives.slice(from + count)]);
  const isFresh = ({ text }: Objective) => fresh.some((one) => one.text.toLowerCase() === text.toLowerCase());
  const others = (some: readonly Objective[]) => some.filter((one) => !isFresh(one));
  return [...others(objectives.slice(0, from)), ...fresh, ...others(objectives.slice(from + count))];
}

function problemWith(objectives: readonly Objective[]): StrategyProblem | { kind: 'too-much' } | undefined {
  if (objectives.length > strategyLimits.objectives) return { kind: 'too-many', count: objectives.length };
  return strategyText(objectives).length > strategyLimits.length ? { kind: 'too-much' } : undefined;
}

async function keep(
  dependencies: HandleDependencies,
  turn: Turn,
  { personId, at }: FormSubmitted,
  objectives: readonly Objective[],
): Promise<InteractionResponse> {
  await dependencies.store.strategy.save(turn.tenant, { objectives, confirmedBy: personId, confirmedAt: at });
  return notice(dependencies, turn, { kind: 'saved' });
}

type Part = { from: number; objectives: readonly Objective[] };

async function partForm(dependencies: HandleDependencies, turn: Turn, strategy: Strategy, { from, objectives }: Part): Promise<InteractionResponse> {
  const value = carriedFor(strategy, { from, count: objectives.length });
  return { kind: 'form', form: strategyForm(await plainContext(dependencies, turn), { text: strategyText(objectives), value }) };
}

async function confirmRemoval(dependencies: HandleDependencies, turn: Turn, shown: Shown, strategy: Strategy): Promise<InteractionResponse> {
  const value = { ...carriedFor(strategy, shown), read: removal };
  return { kind: 'form', form: removeStrategyForm(await plainContext(dependencies, turn), shown.count, value) };
}

function carriedFor(strategy: Strategy, { from, count }: Shown): StrategyFormValue {
  return { from: String(from), count: String(count), mark: markOf(strategy) };
}

/** Another one as soon as anything of the strategy changed. */
function markOf({ objectives }: Strategy): string {
  return textMark(JSON.stringify(objectives));
}

async function problemBeside(dependencies: HandleDependencies, turn: Turn, problem: Parameters<typeof strategyError>[1]): Promise<InteractionResponse> {
  return { kind: 'errors', errors: { [strategyFields[0]]: strategyError(await plainContext(dependencies, turn), problem) } };
}

function plainContext(dependencies: HandleDependencies, turn: Turn) {
  return contextFor(dependencies, turn, { refersTo: [], people: [] });
}
