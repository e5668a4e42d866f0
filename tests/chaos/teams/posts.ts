import type { FakeTeams } from '../../channels/teams/fake-teams/open-fake-teams.ts';

/** Where people talk with Plumb: a thread of a channel, or a whole chat with `root` ''. */
export type Where = { tenant: string; place: string; root: string };

type Message = FakeTeams['state']['messages'][number];
export type Post = Message;

/** What Plumb shows there, oldest first. */
export function postsIn({ state }: FakeTeams, { place, root }: Where): Post[] {
  return state.messages.filter((one) => one.by === undefined && one.place === place && !one.deleted && (root === '' || one.root === root || one.id === root));
}

/** Something of Plumb's came there after that moment (a message's id), or changed. */
export function reactedSince(teams: FakeTeams, where: Where, id: string): boolean {
  const posts = postsIn(teams, where);
  if (posts.some((post) => isAfter(post.id, id))) return true;
  const ids = new Set(posts.map((post) => post.id));
  return teams.callsTo('update').some(({ activityId, at }) => activityId !== undefined && ids.has(activityId) && at > Number(id));
}

/** Ids of messages are epoch milliseconds. */
export function isAfter(id: string, other: string): boolean {
  return Number(id) > Number(other);
}

/** Keeps from now on what Plumb's posts said when they were made: later they may say something else. */
export function keepOriginals({ state }: FakeTeams): ReadonlyMap<Post, string> {
  const originals = new Map<Post, string>();
  let seen = state.messages.length;
  state.onChange(() => {
    for (; seen < state.messages.length; seen += 1) {
      const made = state.messages[seen];
      if (made && made.by === undefined) originals.set(made, JSON.stringify(made.activity));
    }
  });
  return originals;
}
