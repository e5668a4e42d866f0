/** In which thread each post of Plumb's stands, as far as it was posted by this process. */
export type ThreadsOfPosts = {
  remember(tenant: string, post: { place: string; ts: string; thread: string }): void;
  of(tenant: string, place: string, ts: string): string | undefined;
};

const mostPosts = 10_000;

/** Slack tells with every press in which thread its message stands; a server that does not is helped out here. */
export function createThreadsOfPosts(): ThreadsOfPosts {
  const threads = new Map<string, string>();
  const keyOf = (tenant: string, place: string, ts: string): string => `${tenant}/${place}/${ts}`;
  return {
    remember(tenant, { place, ts, thread }) {
      const [oldest] = threads.keys();
      if (threads.size >= mostPosts && oldest !== undefined) threads.delete(oldest);
      threads.set(keyOf(tenant, place, ts), thread);
    },
    of: (tenant, place, ts) => threads.get(keyOf(tenant, place, ts)),
  };
}
