import type { PersonId, Quote } from '../domain/conversation.ts';
import type { EscalationChoice } from '../domain/programme-event.ts';
import type { Card, CardAction, CardBlock } from './card.ts';
import { people, type ViewContext, wordsOf } from './context.ts';
import { button, type Item, linkButton, present, textBlock } from './parts.ts';
import { type ProgrammeAbout, programmeName } from './programme.ts';

/** Somebody who reported no progress, with each of these weeks and what they wrote; newest first. */
export type Stuck = { manager: PersonId; weeks: readonly { callAt: number; note?: Quote }[] };

export type EscalationInput = {
  about: ProgrammeAbout;
  week: string;
  stuck: readonly Stuck[];
  /** The owner, where somebody else gets this because the owner cannot be asked, or is who is stuck. */
  instead?: PersonId;
  answered?: { by: PersonId; choice: EscalationChoice };
  /** To the thread, for whoever can open it. */
  link?: string;
};

/** Private, to whoever leads: somebody reported no progress twice in a row. Help, re-plan, or stop, with what was reported. */
export function escalationCard(ctx: ViewContext, input: EscalationInput): Card {
  const { words } = ctx;
  const { about, stuck, instead, answered } = input;
  const managers = stuck.map(({ manager }) => manager);
  const slots = { people: people(ctx, managers), topic: programmeName(ctx, about) };
  return {
    summary: words.plain('escalation.summary', slots),
    title: words.say('escalation.title'),
    blocks: present<CardBlock>(
      textBlock(words.say('escalation.text', slots)),
      ...stuck.flatMap((one) => evidence(ctx, one)),
      instead === undefined ? undefined : textBlock(words.say(insteadKey(input), { person: [ctx.person(instead)] }), 'subtle'),
      answered && textBlock(words.say(`escalation.answered-${answered.choice}`, { person: [ctx.person(answered.by)] }), 'strong'),
    ),
    actions: actionsOf(ctx, input),
  };
}

function insteadKey({ instead, stuck }: EscalationInput) {
  return stuck.some(({ manager }) => manager === instead) ? 'escalation.instead-own' : 'escalation.instead';
}

function evidence(ctx: ViewContext, { manager, weeks }: Stuck): CardBlock[] {
  const items = weeks.map(({ callAt, note }): Item => {
    const text = note ? wordsOf(ctx, note) : ctx.words.plain('escalation.no-line');
    return { text, note: ctx.words.say('escalation.week', { when: [{ at: callAt, as: 'date' }] }) };
  });
  const heading = ctx.words.say('escalation.line-and-count', { person: [ctx.person(manager)], count: String(weeks.length) });
  return [textBlock(heading, 'strong'), { type: 'list', items }];
}

/** After a choice the others may still be taken; a new plan begins with the brief. */
function actionsOf(ctx: ViewContext, { about: { programme }, week, answered, link }: EscalationInput): CardAction[] {
  const value = { programme, week };
  const open = link === undefined ? undefined : linkButton(ctx, 'button.open-thread', link);
  const help = button(ctx, 'escalation-help', 'button.help-them', value, answered ? {} : { style: 'primary' });
  const replan = button(ctx, 'escalation-replan', 'button.replan', value);
  const change = button(ctx, 'change-something', 'button.change-brief', { alignment: programme }, { form: true, style: 'primary' });
  const stop = button(ctx, 'escalation-stop', 'button.stop-programme', value, { style: 'danger' });
  if (!answered) return present(help, replan, stop, open);
  if (answered.choice === 'stop') return present(open);
  return answered.choice === 'help' ? present(replan, stop, open) : present(change, stop, open);
}
