import { z } from 'zod';
import { twice } from '../history.ts';
import { askedAtWrongTime, askedTwice, missingWeeks, type Nudge, nudgeFigures, readNudges } from '../nudge-history.ts';
import type { Tables } from '../tables.ts';
import type { Verdict } from '../trial.ts';
import type { Shown } from './people.ts';

/** A tap that was acknowledged: with which line, and what the person was told. */
export type Tapped = { as: string; note: string; answer: string };

const zones: Readonly<Record<string, string>> = { tomas: 'Europe/Madrid', keiko: 'Asia/Tokyo' };
const PostRow = z.object({ id: z.string(), post: z.string(), status: z.string(), platform_id: z.string().nullable() });

type Evidence = { shown: readonly Shown[]; tapped: readonly Tapped[] };

/** Holds what managers were asked, and when, against what they can see: for each week one question to each, with both programmes in it. */
export async function verifyNudges(tables: Tables, { shown, tapped }: Evidence): Promise<Verdict & { figures: Record<string, number> & { weeks: number } }> {
  const history = await readNudges(tables);
  const posts = await tables.rows(
    PostRow,
    `SELECT outbox.id AS id, outbox.post AS post, outbox.status AS status, room_posts.platform_id AS platform_id FROM outbox
     LEFT JOIN room_posts ON room_posts.outbox_id = outbox.id WHERE outbox.post LIKE '%:nudge:%' AND outbox.replaces IS NULL`,
  );
  return {
    lost: [
      ...missingWeeks(history.nudges, zones),
      ...tapped.filter((tap) => isTaken(tap) && !history.texts.has(tap.note)).map(({ note }) => `the tap "${note}" is gone`),
    ],
    missingPosts: history.nudges.flatMap((nudge) => withoutPost(nudge, posts, shown)),
    duplicatePosts: [
      ...twice(posts.map(({ post }) => post)),
      ...askedTwice(history.nudges, zones),
      ...twice(history.digests),
      ...twice(shown.map(({ id }) => id)),
    ],
    doneTwice: askedAtWrongTime(history.nudges, zones),
    figures: nudgeFigures(history),
  };
}

function withoutPost({ person, at }: Nudge, posts: readonly z.infer<typeof PostRow>[], shown: readonly Shown[]): string[] {
  const ids = posts.filter(({ post }) => post.endsWith(`/${person}:nudge:${at}`)).map(({ platform_id }) => platform_id);
  const [id] = ids;
  if (id === null || id === undefined) return [`the nudge of ${person} at ${new Date(at).toISOString()} made no post`];
  return shown.some((message) => message.id === id) ? [] : [`${person} does not see ${id}`];
}

function isTaken({ answer }: Tapped): boolean {
  return answer.startsWith('Thank you');
}
