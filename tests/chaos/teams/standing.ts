import { z } from 'zod';
import type { FakeTeams } from '../../channels/teams/fake-teams/open-fake-teams.ts';
import { goesTo, twice } from '../history.ts';
import type { Tables } from '../tables.ts';
import type { Post } from './posts.ts';
import type { Unanswered } from './weather.ts';

const PostRow = z.object({ destination: z.string(), post: z.string(), platform_id: z.string() });
const SentRow = z.object({ id: z.string(), destination: z.string(), post: z.string(), audience: z.string(), replaces: z.string().nullable() });

/** What Plumb believes to stand in Teams, beside what stands there. */
export type Standing = {
  /** All posts of Plumb's that were ever made, with what they said at first, and whether Plumb knows them. */
  posts: readonly { post: Post; original: string; known: boolean }[];
  /** What Plumb believes to stand somewhere and does not. */
  missing: string[];
  /** What stands in another place, another thread or another person's chat than it is for. */
  misplaced: string[];
};

/** Ids that Plumb keeps for what stands nowhere. */
const nowhere: readonly string[] = ['', 'not-shown'];

export async function readStanding(tables: Tables, teams: FakeTeams, originals: ReadonlyMap<Post, string>): Promise<Standing> {
  const rows = (await tables.rows(PostRow, 'SELECT destination, post, platform_id FROM posts')).filter(({ destination }) => goesTo(destination, 'teams'));
  const known = new Set(rows.map(({ destination, platform_id }) => `${placeOf(teams, destination).place} ${platform_id}`));
  const missing: string[] = [];
  const misplaced: string[] = [];
  for (const { destination, post, platform_id: id } of rows) {
    if (nowhere.includes(id)) continue;
    const { place, root } = placeOf(teams, destination);
    const found = teams.state.messages.find((one) => one.by === undefined && one.id === id);
    const what = `post ${post} of ${destination}`;
    if (!found || found.deleted) missing.push(`${what} should stand at ${id}`);
    else if (found.place !== place || (root !== '' && found.root !== root && found.id !== root))
      misplaced.push(`${what} stands in ${found.place}, ${found.root}`);
  }
  // What Plumb took away again it knew until then.
  const posts = [...originals].map(([post, original]) => ({ post, original, known: post.deleted || known.has(`${post.place} ${post.id}`) }));
  return { posts, missing: [...missing, ...(await neverPosted(tables, rows))], misplaced };
}

/** Named posts that were delivered and that nothing has replaced stand somewhere. */
async function neverPosted(tables: Tables, standing: readonly z.infer<typeof PostRow>[]): Promise<string[]> {
  const sent = await tables.rows(
    SentRow,
    "SELECT id, destination, post, audience, replaces FROM outbox WHERE status = 'done' AND post IS NOT NULL ORDER BY seq",
  );
  const there = new Set(standing.map(({ destination, post }) => `${destination} ${post}`));
  const changed = new Set(sent.flatMap(({ destination, replaces }) => (replaces === null ? [] : [`${destination} ${replaces}`])));
  return sent
    .filter(({ destination, replaces }) => goesTo(destination, 'teams') && replaces === null)
    .filter(({ destination, post }) => !there.has(`${destination} ${post}`) && !changed.has(`${destination} ${post}`))
    .map(({ id, destination, audience }) => `outbox row ${id} (${audience}) to ${destination} made no post`);
}

/** Where a destination is in Teams: a thread, a chat, or the 1:1 chat of a person. */
function placeOf(teams: FakeTeams, destination: string): { place: string; root: string } {
  const [kind, , , place = '', thread = ''] = destination.split('/').map(decodeURIComponent);
  if (kind === 'person') return { place: teams.personal(place), root: '' };
  return { place, root: teams.place(place).kind === 'channel' ? thread : '' };
}

/** `second`: when the next one like it was made; 0 where none was, so that nothing explains it. */
export type Doubled = { where: string; what: string; original: string; first: number; second: number };

/** Posts that Plumb does not know and that another one like them stands beside. */
export function doubledPosts({ posts }: Standing): Doubled[] {
  return [...alike(posts)].flatMap(([, group]) =>
    group
      .filter(({ known }) => !known)
      .slice(0, group.length - 1)
      .map(({ post, original }) => {
        const next = group.find((one) => Number(one.post.id) > Number(post.id))?.post;
        const what = `${post.place} ${post.root} has ${group.map((one) => `${one.post.id}${one.known ? '' : ' (unknown)'}`).join(' and ')}: ${briefly(original)}`;
        return { where: `${post.place} ${post.root}`, what, original, first: Number(post.id), second: Number(next?.id ?? 0) };
      }),
  );
}

function alike(posts: Standing['posts']): Map<string, Standing['posts'][number][]> {
  return Map.groupBy(posts, ({ post, original }) => `${post.place} ${post.root} ${original}`);
}

/** Posts that Plumb does not know and that stand alone. Only what answers a command at once (`answers`) is not kept. */
export function strays({ posts }: Standing, answers: readonly string[]): string[] {
  return [...alike(posts).values()]
    .filter((group) => group.every(({ known, post }) => !known && !answers.includes(post.text)))
    .flatMap((group) => group.slice(0, 1))
    .map(({ post, original }) => `post ${post.id} in ${post.place} ${post.root} is none that Plumb knows: ${briefly(original)}`);
}

function briefly(original: string): string {
  return (/"summary":"([^"]*)"/.exec(original)?.[1] ?? /"text":"([^"]*)"/.exec(original)?.[1] ?? '').slice(0, 80);
}

// Between Teams' making of a post and Plumb's writing down of the answer lies a moment, on a loaded machine a long one; and what was asked for before a
// kill, Teams may read after it.
const UNDER_WAY_MS = 2_500;
const ON_ITS_WAY_MS = 500;

type Explanations = { kills: readonly number[]; unanswered: readonly Unanswered[] };
type Explained = {
  unexplained: string[];
  byLostAnswer: number;
  byKill: number;
  /** From a post's making to the kill, at most, in milliseconds. */
  longestMs: number;
};

/** At most the one post of each conversation that was under way at a kill, or whose answer got lost, may have come once more. */
export function explain(doubled: readonly Doubled[], { kills, unanswered }: Explanations): Explained {
  const left = new Set(unanswered);
  const found = doubled
    .toSorted((one, other) => one.first - other.first)
    .map((one) => {
      const lost = [...left].find(
        ({ original, at }) => original === one.original && one.second > one.first && one.first >= at && one.first - at < ON_ITS_WAY_MS,
      );
      if (lost) left.delete(lost);
      return { ...one, lost, kill: kills.find((at) => at >= one.first - ON_ITS_WAY_MS && at <= one.second && at - one.first < UNDER_WAY_MS) };
    });
  const byKill = found.flatMap(({ lost, kill, first, where }) => (lost || kill === undefined ? [] : [{ key: `${kill} ${where}`, ms: kill - first }]));
  return {
    unexplained: [
      ...found.flatMap(({ lost, kill, what }) => (lost || kill !== undefined ? [] : [what])),
      ...twice(byKill.map(({ key }) => key)).map((one) => `more than one post was doubled at the kill ${one}`),
    ],
    byLostAnswer: found.filter(({ lost }) => lost).length,
    byKill: byKill.length,
    longestMs: Math.max(0, ...byKill.map(({ ms }) => ms)),
  };
}
