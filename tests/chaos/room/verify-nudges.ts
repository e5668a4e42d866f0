import { DateTime } from 'luxon';
import { z } from 'zod';
import { twice } from '../history.ts';
import type { Tables } from '../tables.ts';
import type { Verdict } from '../trial.ts';
import type { Shown } from './people.ts';

/** A tap that was acknowledged: with which line, and what the person was told. */
export type Tapped = { as: string; note: string; answer: string };

const zones: Readonly<Record<string, string>> = { tomas: 'Europe/Madrid', keiko: 'Asia/Tokyo' };
const EventRow = z.object({ aggregate_id: z.string(), body: z.string() });
const About = z.object({ programmeId: z.string(), week: z.string(), callAt: z.number(), again: z.boolean() });
const Sent = z.looseObject({ type: z.literal('NudgeSent'), at: z.number(), about: z.array(About) });
const Posted = z.looseObject({ type: z.literal('DigestPosted'), week: z.string() });
const PostRow = z.object({ id: z.string(), post: z.string(), status: z.string(), platform_id: z.string().nullable() });
type Nudge = { person: string; at: number; about: z.infer<typeof About>[] };

type Evidence = { shown: readonly Shown[]; tapped: readonly Tapped[]; people: readonly string[] };

/** Holds what managers were asked, and when, against what they can see: for each week one question to each, with both programmes in it. */
export async function verifyNudges(
  tables: Tables,
  { shown, tapped, people }: Evidence,
): Promise<Verdict & { figures: Record<string, number> & { weeks: number } }> {
  const events = await tables.rows(EventRow, 'SELECT aggregate_id, body FROM events');
  const nudges = events.flatMap(({ aggregate_id, body }): Nudge[] => {
    const sent = Sent.safeParse(JSON.parse(body)).data;
    return sent ? [{ person: aggregate_id.split('/').at(-1) ?? '', at: sent.at, about: sent.about }] : [];
  });
  const digests = events.flatMap(({ aggregate_id, body }) => {
    const posted = Posted.safeParse(JSON.parse(body)).data;
    return posted ? [`digest of ${posted.week} of ${aggregate_id}`] : [];
  });
  const posts = await tables.rows(
    PostRow,
    `SELECT outbox.id AS id, outbox.post AS post, outbox.status AS status, room_posts.platform_id AS platform_id FROM outbox
     LEFT JOIN room_posts ON room_posts.outbox_id = outbox.id WHERE outbox.post LIKE '%:nudge:%' AND outbox.replaces IS NULL`,
  );
  const weeks = new Set(nudges.flatMap(({ about }) => about.map(({ week }) => week)));
  const texts = (await tables.rows(z.object({ body: z.string() }), 'SELECT body FROM texts')).map(({ body }) => body);
  return {
    lost: [
      ...missingWeeks(nudges, weeks, people),
      ...tapped.filter((tap) => isTaken(tap) && !texts.includes(tap.note)).map(({ note }) => `the tap "${note}" is gone`),
    ],
    missingPosts: nudges.flatMap((nudge) => withoutPost(nudge, posts, shown)),
    duplicatePosts: [
      ...twice(posts.map(({ post }) => post)),
      ...twice(nudges.flatMap(names)),
      ...twice(nudges.map(dayOf)),
      ...twice(digests),
      ...twice(shown.map(({ id }) => id)),
    ],
    doneTwice: nudges.flatMap(atWrongTime),
    figures: { nudges: nudges.length, joined: nudges.filter(({ about }) => about.length > 1).length, digests: digests.length, weeks: weeks.size },
  };
}

const names = ({ person, about }: Nudge) => about.map(({ programmeId, week }) => `nudge of ${person} for ${week} of ${programmeId}`);

/** Two programmes that ask on one day ask together. */
const dayOf = ({ person, at }: Nudge) => `question to ${person} on ${DateTime.fromMillis(at, { zone: zones[person] ?? 'utc' }).toISODate()}`;

/** Every manager was asked in every week in which anybody was, about each programme; the newest week may still be to come for some. */
function missingWeeks(nudges: readonly Nudge[], weeks: ReadonlySet<string>, people: readonly string[]): string[] {
  const asked = new Set(nudges.flatMap(names));
  const programmes = new Set(nudges.flatMap(({ about }) => about.map(({ programmeId }) => programmeId)));
  const over = [...weeks].sort().slice(0, -1);
  return over
    .flatMap((week) => people.flatMap((person) => [...programmes].map((programmeId) => `nudge of ${person} for ${week} of ${programmeId}`)))
    .filter((name) => !asked.has(name))
    .map((name) => `no ${name}`);
}

function withoutPost({ person, at }: Nudge, posts: readonly z.infer<typeof PostRow>[], shown: readonly Shown[]): string[] {
  const ids = posts.filter(({ post }) => post.endsWith(`/${person}:nudge:${at}`)).map(({ platform_id }) => platform_id);
  const [id] = ids;
  if (id === null || id === undefined) return [`the nudge of ${person} at ${new Date(at).toISOString()} made no post`];
  return shown.some((message) => message.id === id) ? [] : [`${person} does not see ${id}`];
}

/** On a working day, not at night, and before the call, as the clock of that person shows it. */
function atWrongTime({ person, at, about }: Nudge): string[] {
  const there = DateTime.fromMillis(at, { zone: zones[person] ?? 'utc' });
  const allowed = there.weekday <= 5 && there.hour >= 8 && there.hour < 18 && about.every(({ callAt }) => callAt > at);
  return allowed ? [] : [`${person} was asked on ${there.toFormat('cccc HH:mm')}`];
}

function isTaken({ answer }: Tapped): boolean {
  return answer.startsWith('Thank you');
}
