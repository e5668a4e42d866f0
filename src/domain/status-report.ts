import type { Quote } from './conversation.ts';

/** The three taps of the weekly nudge (METHOD §11). */
export type ProgressStatus = 'on-track' | 'at-risk' | 'no-progress';

/** What somebody says about one week: a tap, and in their own words an optional line and an optional win. */
export type StatusReport = { status: ProgressStatus; note?: Quote; win?: Quote };

/**
 * What stands after a further tap in the same week; undefined when it says nothing new, as a double tap does.
 * The same tap again keeps the words that came before it; another tap drops the line, which explained the old status, and keeps the win.
 */
export function takeReport(earlier: StatusReport | undefined, given: StatusReport): StatusReport | undefined {
  const note = given.note ?? (earlier?.status === given.status ? earlier.note : undefined);
  const win = given.win ?? earlier?.win;
  const unchanged = earlier?.status === given.status && sameQuote(earlier.note, note) && sameQuote(earlier.win, win);
  return unchanged ? undefined : { status: given.status, ...(note && { note }), ...(win && { win }) };
}

/** Whether two quotes are the same stretch of the same text. */
export function sameQuote(one: Quote | undefined, other: Quote | undefined): boolean {
  return one?.textId === other?.textId && one?.start === other?.start && one?.end === other?.end;
}
