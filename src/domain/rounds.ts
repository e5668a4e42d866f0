import type { PersonId, Quote } from './conversation.ts';
import type { Win } from './digest.ts';
import type { StartedProgramme } from './programme-state.ts';
import { type ProgressStatus, sameQuote } from './status-report.ts';

/** What came in before the calls of some time. `silent`: how often somebody who was asked said nothing. A call before which nobody was asked does not count. */
export type Rounds = { calls: number; counts: Readonly<Record<ProgressStatus | 'silent', number>>; wins: readonly Win[] };

/** What people took on, in the same words, and in how many of their weekly answers they were on track. */
export type Kept = { managers: readonly PersonId[]; commitment: Quote; onTrack: number; reported: number };

/** Fewer answers say nothing about a habit. */
const fewestAnswers = 2;

/** Everything that was reported for the calls after `from` until `until` (epoch milliseconds). */
export function roundsOf({ digests, statuses, content }: StartedProgramme, from: number, until: number): Rounds {
  const calls = digests
    .filter(({ at }) => at > from && at <= until)
    .map(({ week, asked }) => ({ week, asked: asked ?? content.managers }))
    .filter(({ week, asked }) => asked.length > 0 || statuses.some((status) => status.week === week));
  const askedIn = new Map(calls.map(({ week, asked }) => [week, asked]));
  // Who was asked then counts, also where the brief does not name them any more or they asked to be forgotten.
  const reports = statuses.filter(({ week, manager }) => askedIn.has(week) && (content.managers.includes(manager) || askedIn.get(week)?.includes(manager)));
  const silent = calls.flatMap(({ week, asked }) => asked.filter((manager) => !reports.some((said) => said.week === week && said.manager === manager)));
  const count = (status: ProgressStatus) => reports.filter(({ report }) => report.status === status).length;
  return {
    calls: calls.length,
    counts: {
      'on-track': count('on-track'),
      'at-risk': count('at-risk'),
      'no-progress': count('no-progress'),
      silent: silent.length,
    },
    wins: reports.flatMap(({ manager, report }) => (report.win && content.managers.includes(manager) ? [{ manager, win: report.win }] : [])),
  };
}

/** What people took on and were on track with in most of their answers: what is worth keeping. */
export function keptOf({ content, statuses }: StartedProgramme): Kept[] {
  const firsts = content.commitments.filter(({ text }, at, all) => all.findIndex((other) => sameQuote(other.text, text)) === at);
  return firsts.flatMap(({ text }) => {
    const taken = content.commitments.filter((other) => sameQuote(other.text, text)).map(({ personId }) => personId);
    const reports = statuses.filter(({ manager }) => taken.includes(manager));
    const managers = taken.filter((personId) => reports.some(({ manager }) => manager === personId));
    const onTrack = reports.filter(({ report }) => report.status === 'on-track').length;
    return reports.length >= fewestAnswers && onTrack * 2 > reports.length ? [{ managers, commitment: text, onTrack, reported: reports.length }] : [];
  });
}
