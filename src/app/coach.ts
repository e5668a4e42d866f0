import { isCoachTimer } from '../domain/alignment-timers.ts';
import { workingDaysLater } from '../domain/calendar.ts';
import type { CoachRules } from '../domain/coaching-command.ts';
import type { Signal } from '../domain/coaching-state.ts';
import { weeksWithoutWin } from '../domain/digest.ts';
import { withProposedQuestions } from '../domain/proposed-questions.ts';
import { type Known, signalsOf } from '../domain/signals.ts';
import type { StartedAlignment } from '../domain/state.ts';
import { type TriggerId, triggerIds } from '../domain/triggers.ts';
import { programmeOf } from './follow-through.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { strategyInTurn } from './strategy-on-file.ts';
import { command, personOf, type Turn, type WorkingAlignment, type WorkingProgramme, workOnAlignment } from './turn.ts';
import { contextFor } from './view-context.ts';

type Dependencies = Pick<HandleDependencies, 'store' | 'prompts'>;

/** What the coach does once everything that came in was taken: at most one prompt to the L&D partner, or one challenge, or nothing. */
export async function coach(dependencies: Dependencies, turn: Turn): Promise<void> {
  // A digest is an occasion of its own: whether anybody told of something that worked.
  for (const { ref } of digested(turn)) await workOnAlignment(turn, dependencies.store, ref.id);
  for (const alignment of turn.alignments.values()) {
    const { state } = alignment;
    if (state.status === 'new' || !isCoached(state) || !(alignment.events.length > 0 || isWoken(turn, alignment) || isDigested(turn, alignment))) continue;
    const signals = withProposedQuestions(signalsOf(state, await knownOf(dependencies, turn, state)), state, turn.now);
    command(alignment, { type: 'Coach', signals, rules: await rulesOf(dependencies, turn, state, signals) }, turn.now);
  }
}

function isCoached({ status }: StartedAlignment): boolean {
  return status === 'clarifying' || status === 'reviewing' || status === 'aligned';
}

/** Whether the coach's own timer is due: what had to wait for somebody to finish may be said now. */
function isWoken(turn: Turn, { ref }: WorkingAlignment): boolean {
  return turn.leased.rows.some(({ event }) => event.type === 'TimerDue' && event.timer.aggregate.id === ref.id && isCoachTimer(event.timer.key));
}

/** Programmes that posted a digest in this turn; a programme has the id of its alignment. */
function digested({ programmes }: Turn): WorkingProgramme[] {
  return [...programmes.values()].filter(({ events }) => events.some(({ type }) => type === 'DigestPosted'));
}

function isDigested(turn: Turn, { ref }: WorkingAlignment): boolean {
  return digested(turn).some((programme) => programme.ref.id === ref.id);
}

async function knownOf(dependencies: Dependencies, turn: Turn, state: StartedAlignment): Promise<Known> {
  // Whether a story is still missing is asked again for as long as a partner may ask for one.
  const asksForWin = state.coaching?.prompts.some(({ trigger, status }) => trigger === 'wins-missing' && status === 'open');
  const programme = asksForWin ? (await programmeOf(dependencies, turn, state.id)).state : turn.programmes.get(state.id)?.state;
  const { quote, knowledge } = await contextFor(dependencies, turn, { refersTo: state, people: [] });
  return {
    words: quote,
    knowledge,
    strategy: await strategyInTurn(dependencies, turn),
    quietDays: await quietDaysOf(turn, state),
    ...(programme && programme.status !== 'new' && { weeksWithoutWin: weeksWithoutWin(programme) }),
    now: turn.now,
  };
}

// A day on which clocks go forward, with room to spare: most turns come minutes after the last one, and need no calendar.
const shortestDay = 20 * 3_600_000;
// Nobody asks how much longer than a working week it has been quiet.
const mostQuietDays = 6;

/** Whole working days since somebody said or pressed anything, where the requester is. */
async function quietDaysOf(turn: Turn, { requester, lastActivityAt, quietSince = lastActivityAt }: StartedAlignment): Promise<number> {
  if (turn.now - quietSince < shortestDay) return 0;
  const { timeZone } = await personOf(turn, requester);
  let days = 0;
  while (days < mostQuietDays && workingDaysLater(quietSince, days + 1, timeZone) <= turn.now) days += 1;
  return days;
}

// A partner who put a kind of prompt away so often does not find it useful (issue: "becomes rarer for them").
const oftenDismissed = 3;

async function rulesOf({ store }: Dependencies, turn: Turn, state: StartedAlignment, signals: readonly Signal[]): Promise<CoachRules> {
  const { promptLimits, midAnswerMs } = turn.settings;
  const partners = mayPrompt(state, signals) ? state.partners.map(({ personId }) => personId) : [];
  const habits = partners.length === 0 ? [] : await store.habits.of(turn.tenant, partners);
  const rarer: Record<string, TriggerId[]> = {};
  for (const { personId, what, count } of habits) {
    const trigger = triggerIds.find((id) => what === dismissedHabit(id));
    if (trigger && count >= oftenDismissed) rarer[personId] = [...(rarer[personId] ?? []), trigger];
  }
  return { promptLimits, midAnswerMs, rarer };
}

/** Whether there is an occasion that nobody was shown before: only then does it matter what the partners find useful. */
function mayPrompt({ coaching }: StartedAlignment, signals: readonly Signal[]): boolean {
  return signals.some(({ trigger }) => !coaching?.prompts.some((prompt) => prompt.trigger === trigger));
}

/** Under which name it is counted that somebody put away prompts of a trigger. */
export function dismissedHabit(trigger: TriggerId): string {
  return `dismissed:${trigger}`;
}
