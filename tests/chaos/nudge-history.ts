import { DateTime } from 'luxon';
import { z } from 'zod';
import { twice } from './history.ts';
import type { Tables } from './tables.ts';

const EventRow = z.object({ aggregate_id: z.string(), body: z.string() });
const About = z.object({ programmeId: z.string(), week: z.string(), callAt: z.number(), again: z.boolean() });
const Sent = z.looseObject({ type: z.literal('NudgeSent'), at: z.number(), about: z.array(About) });
const Posted = z.looseObject({ type: z.literal('DigestPosted'), week: z.string() });

export type Nudge = { person: string; at: number; about: z.infer<typeof About>[] };

/** The weekly questions and digests as Plumb's database has them. */
export type NudgeHistory = {
  nudges: readonly Nudge[];
  /** What names each digest: the programme and the week. */
  digests: readonly string[];
  weeks: ReadonlySet<string>;
  /** All words that people wrote. */
  texts: ReadonlySet<string>;
};

export async function readNudges(tables: Tables): Promise<NudgeHistory> {
  const events = await tables.rows(EventRow, 'SELECT aggregate_id, body FROM events');
  const nudges = events.flatMap(({ aggregate_id, body }): Nudge[] => {
    const sent = Sent.safeParse(JSON.parse(body)).data;
    return sent ? [{ person: aggregate_id.split('/').at(-1) ?? '', at: sent.at, about: sent.about }] : [];
  });
  const digests = events.flatMap(({ aggregate_id, body }) => {
    const posted = Posted.safeParse(JSON.parse(body)).data;
    return posted ? [`digest of ${posted.week} of ${aggregate_id}`] : [];
  });
  const texts = await tables.rows(z.object({ body: z.string() }), 'SELECT body FROM texts');
  return { nudges, digests, weeks: new Set(nudges.flatMap(({ about }) => about.map(({ week }) => week))), texts: new Set(texts.map(({ body }) => body)) };
}

/** By the time zones of those who are asked how it goes. */
export type Zones = Readonly<Record<string, string>>;

/** Everybody in `zones` was asked about each programme in every week in which anybody was; its newest week may still be to come for some. */
export function missingWeeks(nudges: readonly Nudge[], zones: Zones): string[] {
  const asked = new Set(nudges.flatMap(names));
  const programmes = Map.groupBy(
    nudges.flatMap(({ about }) => about),
    ({ programmeId }) => programmeId,
  );
  return [...programmes].flatMap(([programmeId, about]) =>
    [...new Set(about.map(({ week }) => week))]
      .sort()
      .slice(0, -1)
      .flatMap((week) => Object.keys(zones).map((person) => `nudge of ${person} for ${week} of ${programmeId}`))
      .filter((name) => !asked.has(name))
      .map((name) => `no ${name}`),
  );
}

/** One question to each for each week of each programme, and one question on a day. */
export function askedTwice(nudges: readonly Nudge[], zones: Zones): string[] {
  // Programmes that ask on one day ask together.
  const dayOf = ({ person, at }: Nudge) => `question to ${person} on ${DateTime.fromMillis(at, { zone: zones[person] ?? 'utc' }).toISODate()}`;
  return [...twice(nudges.flatMap(names)), ...twice(nudges.map(dayOf))];
}

function names({ person, about }: Nudge): string[] {
  return about.map(({ programmeId, week }) => `nudge of ${person} for ${week} of ${programmeId}`);
}

/** Who was not asked on a working day, by day, and before the call, as the clock of that person shows it. */
export function askedAtWrongTime(nudges: readonly Nudge[], zones: Zones): string[] {
  return nudges.flatMap(({ person, at, about }) => {
    const there = DateTime.fromMillis(at, { zone: zones[person] ?? 'utc' });
    const allowed = there.weekday <= 5 && there.hour >= 8 && there.hour < 18 && about.every(({ callAt }) => callAt > at);
    return allowed ? [] : [`${person} was asked on ${there.toFormat('cccc HH:mm')}`];
  });
}

export function nudgeFigures({ nudges, digests, weeks }: NudgeHistory): Record<'nudges' | 'joined' | 'digests' | 'weeks', number> {
  return { nudges: nudges.length, joined: nudges.filter(({ about }) => about.length > 1).length, digests: digests.length, weeks: weeks.size };
}
