import type { Place } from './place.ts';

type Spot = Pick<Place, 'kind' | 'place'>;

/** The id of a post as Plumb keeps it: in a 1:1 chat, which is found by its person, it names the chat too. */
export function postIdOf({ kind, place }: Spot, activityId: string): string {
  return kind === 'personal' ? `${place}:${activityId}` : activityId;
}

/** The activity's own id in such an id; undefined for a post that stands somewhere else. */
export function activityIdOf({ kind, place }: Spot, postId: string): string | undefined {
  const start = kind === 'personal' ? `${place}:` : '';
  return postId.startsWith(start) ? postId.slice(start.length) || undefined : undefined;
}
