import type { PersonId } from '../domain/conversation.ts';
import type { Phase } from '../domain/fitness-state.ts';
import type { KpiTrend } from '../domain/kpi-trend.ts';
import type { PilotChoice, PlannedAction, ProgrammePilot } from '../domain/programme-event.ts';
import type { ActionResult, DueAction, PilotResult } from '../domain/programme-plan.ts';
import type { Rounds } from '../domain/rounds.ts';
import type { Card, CardAction, CardBlock, Form, Text } from './card.ts';
import { type ViewContext, wordsOf } from './context.ts';
import { button, type Item, linkButton, present, section, textBlock } from './parts.ts';
import { pilotFacts } from './pilot.ts';
import { type ProgrammeAbout, programmeName } from './programme.ts';
import { countsText, numbersBlocks } from './rounds.ts';
import { shorten } from './text.ts';

/** Which phase is on by Plumb's reckoning, and what of what else must change is due in it. */
export type PlanNow = { phase: Phase; due: readonly DueAction[] };

// A summary is read in half a minute.
const mostDue = 3;
// An action may be a whole sentence, and a field's label has room for a line.
const labelLimit = 120;

/** What is due besides training, and whose it is. Nothing where nothing is. */
export function planBlocks(ctx: ViewContext, { phase, due }: PlanNow): CardBlock[] {
  const { words } = ctx;
  if (due.length === 0) return [];
  const more = due.length - mostDue;
  const items = due.slice(0, mostDue).map((action): Item => ({ text: wordsOf(ctx, action.text), note: whose(ctx, action) }));
  return [
    ...section(words.plain('plan.due'), items),
    ...(more > 0 ? [textBlock(words.say('rounds.more', { count: String(more) }), 'subtle')] : []),
    textBlock(words.say('plan.phase', { phase: words.plain(`fitness.phase-${phase}`) }), 'subtle'),
  ];
}

function whose(ctx: ViewContext, { owner, late }: DueAction): Text {
  const { words } = ctx;
  if (owner === undefined) return words.say(late ? 'plan.nobody-late' : 'plan.nobody');
  return words.say(late ? 'plan.owner-late' : 'plan.owner', { person: [ctx.person(owner)] });
}

/** Opens the form in which whoever may says what became of it; undefined where nothing is due. */
export function planButton(ctx: ViewContext, programme: string, { due }: PlanNow): CardAction | undefined {
  return due.length === 0 ? undefined : button(ctx, 'plan-status', 'button.plan-status', { programme }, { form: true });
}

/** The field for what became of one action. */
export function planInputId(action: string): string {
  return `action-${action}`;
}

/** What became of each of these actions. */
export function planForm(ctx: ViewContext, { programme, actions }: { programme: string; actions: readonly ActionResult[] }): Form {
  const { words } = ctx;
  const options = (['open', 'done', 'dropped'] as const).map((value) => ({ value, label: words.plain(`plan.${value}`) }));
  return {
    id: 'plan-status',
    title: words.plain('plan.form-title'),
    submitLabel: words.plain('plan.form-submit'),
    submit: 'submit-plan-status',
    value: { programme },
    blocks: actions.map((action) => ({
      type: 'input',
      id: planInputId(action.id),
      label: shorten(wordsOf(ctx, action.text), labelLimit),
      kind: 'choice',
      required: true,
      options,
      value: action.outcome,
    })),
  };
}

export type PilotQuestion = {
  about: ProgrammeAbout;
  pilot: ProgrammePilot;
  rounds: Rounds;
  trends: readonly KpiTrend[];
  answered?: { by: PersonId; choice: PilotChoice };
  link?: string;
};

/** Private, to whoever leads: did the first group reach its outcome, with what was reported until now? Widen, change or stop. */
export function pilotQuestionCard(ctx: ViewContext, input: PilotQuestion): Card {
  const { words } = ctx;
  const { about, pilot, rounds, trends, answered } = input;
  const topic = programmeName(ctx, about);
  return {
    summary: words.plain('plan.pilot-summary', { topic }),
    title: words.say('plan.pilot-title'),
    blocks: present<CardBlock>(
      textBlock(words.say('plan.pilot-text', { topic })),
      { type: 'facts', facts: pilotFacts(ctx, pilot) },
      textBlock(countsText(ctx, rounds)),
      ...numbersBlocks(ctx, words.plain('rounds.numbers'), trends),
      pilot.endsAt === undefined ? textBlock(words.say('plan.pilot-no-date'), 'subtle') : undefined,
      answered && textBlock(words.say(`plan.pilot-${answered.choice}`, { person: [ctx.person(answered.by)] }), 'strong'),
    ),
    actions: pilotActions(ctx, input),
  };
}

/** After a choice the others may still be taken; what follows from it begins with the brief. */
function pilotActions(ctx: ViewContext, { about: { programme }, answered, link }: PilotQuestion): CardAction[] {
  const value = { programme };
  const open = link === undefined ? undefined : linkButton(ctx, 'button.open-thread', link);
  if (answered?.choice === 'stop') return present(open);
  const brief = answered && button(ctx, 'change-something', 'button.change-brief', { alignment: programme }, { form: true, style: 'primary' });
  const choices = (['widen', 'change', 'stop'] as const).filter((choice) => choice !== answered?.choice);
  const style = (choice: PilotChoice): Pick<CardAction, 'style'> => {
    if (choice === 'stop') return { style: 'danger' };
    return choice === 'widen' && !answered ? { style: 'primary' } : {};
  };
  return present(brief, ...choices.map((choice) => button(ctx, `pilot-${choice}`, `button.pilot-${choice}`, value, style(choice))), open);
}

/** To whoever reads the summaries: what was decided after the first group. */
export function pilotToldCard(ctx: ViewContext, { about, by, choice }: { about: ProgrammeAbout; by: PersonId; choice: 'widen' | 'change' }): Card {
  const slots = { person: [ctx.person(by)], topic: programmeName(ctx, about) };
  const text = ctx.words.say(`plan.told-${choice}`, slots);
  return { summary: ctx.words.plain(`plan.told-${choice}`, slots), blocks: [textBlock(text)], actions: [] };
}

/** At the end: what became of the first group, and of what else was to change. */
export function planResultBlocks(ctx: ViewContext, { pilot, actions }: { pilot?: PilotResult; actions: readonly ActionResult[] }): CardBlock[] {
  const { words } = ctx;
  return [
    ...(pilot ? section(words.plain('brief.pilot'), [{ text: wordsOf(ctx, pilot.group), note: pilotOutcome(ctx, pilot) }]) : []),
    ...section(
      words.plain('plan.results'),
      actions.map((action): Item => ({ text: wordsOf(ctx, action.text), note: outcomeOf(ctx, action) })),
    ),
  ];
}

function pilotOutcome(ctx: ViewContext, { choice, by }: PilotResult): Text {
  if (choice === undefined || by === undefined) return ctx.words.say('plan.pilot-unanswered');
  return ctx.words.say(`plan.pilot-${choice}`, { person: [ctx.person(by)] });
}

function outcomeOf(ctx: ViewContext, { outcome, owner }: PlannedAction & Pick<ActionResult, 'outcome'>): Text {
  const said = ctx.words.plain(outcome === 'open' ? 'plan.unsaid' : `plan.${outcome}`);
  return owner === undefined ? said : ctx.words.say('plan.result', { person: [ctx.person(owner)], outcome: said });
}
