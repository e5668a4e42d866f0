import type { OwnCause } from '../domain/knowledge.ts';
import { ownCauseId } from '../domain/knowledge-of.ts';
import { type CauseField, type CauseProblem, causeError, causeFields, causeForm } from '../views/own-causes.ts';
import { notice, refusalUnlessAdmin } from './administer.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { InboundEvent, InteractionResponse } from './ports.ts';
import type { Turn } from './turn.ts';
import { contextFor } from './view-context.ts';

type FormSubmitted = Extract<InboundEvent, { type: 'FormSubmitted' }>;
type Problems = Partial<Record<CauseField, CauseProblem>>;

/** Every message of a conversation is compared with all of them. */
const mostCauses = 50;
const fields = ['symptom', 'cause', 'fact'] as const;

/** The form for one more cause that only this organisation knows of. */
export async function openCauseForm(dependencies: HandleDependencies, turn: Turn): Promise<InteractionResponse> {
  return { kind: 'form', form: causeForm(await contextFor(dependencies, turn, { refersTo: [], people: [] })) };
}

/** Keeps one more cause. From then on the coach asks for its fact first where people complain of that. */
export async function takeCauseForm(dependencies: HandleDependencies, turn: Turn, { inputs }: FormSubmitted): Promise<InteractionResponse> {
  const own = { symptom: tidy(inputs['symptom']), cause: tidy(inputs['cause']), fact: tidy(inputs['fact']) };
  const problems = problemsOf(own);
  if (Object.keys(problems).length > 0) return refuse(dependencies, turn, problems);
  const outcome: { problem?: CauseProblem } = {};
  await dependencies.store.settings.change(turn.tenant, (current) => {
    const problem = problemAmong(current.causes, own);
    if (problem) outcome.problem = problem;
    else delete outcome.problem;
    return problem ? current : { ...current, causes: [...current.causes, own] };
  });
  return outcome.problem ? refuse(dependencies, turn, { cause: outcome.problem }) : notice(dependencies, turn, { kind: 'saved' });
}

/** Takes one away again. What a conversation noted because of it stays as it was said. */
export async function removeCause(
  dependencies: HandleDependencies,
  turn: Turn,
  { personId, value }: Extract<InboundEvent, { type: 'ActionTaken' }>,
): Promise<InteractionResponse> {
  const refused = await refusalUnlessAdmin(dependencies, turn, personId);
  if (refused) return refused;
  let isGone = false;
  await dependencies.store.settings.change(turn.tenant, (current) => {
    const causes = current.causes.filter((own) => ownCauseId(own) !== value['cause']);
    isGone = causes.length === current.causes.length;
    return isGone ? current : { ...current, causes };
  });
  return notice(dependencies, turn, { kind: isGone ? 'cause-gone' : 'saved' });
}

async function refuse(dependencies: HandleDependencies, turn: Turn, problems: Problems): Promise<InteractionResponse> {
  const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [] });
  return { kind: 'errors', errors: Object.fromEntries(Object.entries(problems).map(([field, problem]) => [field, causeError(ctx, problem)])) };
}

function problemsOf(own: OwnCause): Problems {
  const problems: Problems = {};
  for (const field of fields) {
    const written = own[field];
    const problem = problemOf(written, causeFields[field], field !== 'fact');
    if (problem) problems[field] = problem;
  }
  return problems;
}

function problemOf(written: string, most: number, isListenedFor: boolean): CauseProblem | undefined {
  if (!/[\p{L}\p{N}]/u.test(written)) return { kind: 'required' };
  if ([...written].length > most) return { kind: 'too-long', most };
  // A single word such as "price" would be heard in every conversation.
  return isListenedFor && (written.match(/[\p{L}\p{N}][\p{L}\p{N}'’%-]*/gu)?.length ?? 0) < 2 ? { kind: 'few-words' } : undefined;
}

function problemAmong(causes: readonly OwnCause[], own: OwnCause): CauseProblem | undefined {
  if (causes.some((one) => ownCauseId(one) === ownCauseId(own))) return { kind: 'already-there' };
  return causes.length >= mostCauses ? { kind: 'too-many', most: mostCauses } : undefined;
}

function tidy(written = ''): string {
  return written.replace(/\s+/gu, ' ').trim();
}
