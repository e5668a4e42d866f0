import type { PersonId, Quote } from './conversation.ts';
import type { StartedProgramme } from './programme-state.ts';
import type { StatusReport } from './status-report.ts';

/** How a person stands to one week of a programme. `asked`: they got the nudge; `not-asked`: they accepted too late for it; `left`: the organisation. */
export type Standing = 'asked' | 'not-asked' | 'opted-out' | 'on-holiday' | 'declined' | 'not-accepted-yet' | 'left';

/** One manager's line: what they said, or why nothing is there. Silence is shown only for somebody who was asked (METHOD §11). */
export type DigestLine = { manager: PersonId } & (
  | { shows: 'report'; report: StatusReport; weeksStuck: number }
  | { shows: 'silent' | Exclude<Standing, 'asked'> }
);
export type Win = { manager: PersonId; win: Quote };
/** `stuck`: "no progress" in two weeks or more. */
export type Digest = {
  week: string;
  lines: readonly DigestLine[];
  wins: readonly Win[];
  stuck: readonly PersonId[];
};

/** What the digest of one week shows, in the order in which the managers are named. Whoever is not in `people` has not accepted yet. */
export function digestOf(state: StartedProgramme, week: string, people: Readonly<Record<PersonId, Standing>>): Digest {
  const lines = state.content.managers.map((manager): DigestLine => {
    const report = reportOf(state, manager, week);
    if (report) return { manager, shows: 'report', report, weeksStuck: weeksStuck(state, manager, week).length };
    const standing = people[manager] ?? 'not-accepted-yet';
    return { manager, shows: standing === 'asked' ? 'silent' : standing };
  });
  const wins = lines.flatMap((line) => (line.shows === 'report' && line.report.win ? [{ manager: line.manager, win: line.report.win }] : []));
  const stuck = lines.flatMap((line) => (line.shows === 'report' && line.weeksStuck >= 2 ? [line.manager] : []));
  return { week, lines, wins, stuck };
}

/** How many of the latest digests in a row told no story of something that worked. A week in which nobody was asked is none. */
export function weeksWithoutWin({ digests, statuses }: StartedProgramme): number {
  const told = new Set(statuses.flatMap(({ week, report }) => (report.win ? [week] : [])));
  const weeks = digests
    .filter(({ asked }) => asked?.length !== 0)
    .map(({ week }) => week)
    .reverse();
  const last = weeks.findIndex((week) => told.has(week));
  return last === -1 ? weeks.length : last;
}

/** Managers whose "no progress" comes at least twice in a row with this week, and for whom the owner has not been told in this row yet. */
export function newlyStuck(state: StartedProgramme, week: string): PersonId[] {
  return state.content.managers.filter((manager) => {
    const weeks = weeksStuck(state, manager, week);
    const told = state.escalations.some((escalation) => escalation.managers.includes(manager) && weeks.includes(escalation.week));
    return weeks.length >= 2 && !told;
  });
}

/** The weeks of "no progress" up to this one without a break, newest first. A silent week is a break: nobody said "no progress". */
export function weeksStuck(state: StartedProgramme, manager: PersonId, week: string): string[] {
  const earlier = state.digests.map((digest) => digest.week).filter((digested) => digested < week);
  const weeks = [week, ...earlier.reverse()];
  const broken = weeks.findIndex((each) => reportOf(state, manager, each)?.status !== 'no-progress');
  return broken === -1 ? weeks : weeks.slice(0, broken);
}

function reportOf(state: StartedProgramme, manager: PersonId, week: string): StatusReport | undefined {
  return state.statuses.find((status) => status.manager === manager && status.week === week)?.report;
}
