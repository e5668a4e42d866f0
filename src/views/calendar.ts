import type { Card, Text } from './card.ts';
import type { ViewContext } from './context.ts';
import { button, textBlock } from './parts.ts';
import { type ProgrammeAbout, programmeName } from './programme.ts';
import { plainText } from './text.ts';

/** What became of a weekly call. `next`: its next one (epoch milliseconds). */
export type CalendarChange = { kind: 'moved'; next: number } | { kind: 'no-time' } | { kind: 'over' };

/** Private, to somebody who took the call into their calendar: what stands there is no longer right, and the file that puts it right. */
export function calendarChangedCard(ctx: ViewContext, { about, change }: { about: ProgrammeAbout; change: CalendarChange }): Card {
  const text = changeText(ctx, programmeName(ctx, about), change);
  // A call without a time makes no file.
  const actions = change.kind === 'no-time' ? [] : [button(ctx, 'calendar-file', 'button.calendar-file', { programme: about.programme }, { style: 'primary' })];
  return { summary: plainText(text), blocks: [textBlock(text)], actions };
}

function changeText(ctx: ViewContext, topic: string, change: CalendarChange): Text {
  switch (change.kind) {
    case 'moved':
      return ctx.words.say('calendar.moved', { topic, when: [{ at: change.next, as: 'date-time' }] });
    case 'no-time':
      return ctx.words.say('calendar.no-time-now', { topic });
    case 'over':
      return ctx.words.say('calendar.over', { topic });
    default:
      return change satisfies never;
  }
}
