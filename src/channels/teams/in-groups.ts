/** What `work` gives for each, in their order; no more than `atATime` at once. Rejects as `work` does. */
export async function inGroups<T, R>(items: readonly T[], atATime: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let from = 0; from < items.length; from += atATime) done.push(...(await Promise.all(items.slice(from, from + atATime).map(work))));
  return done;
}
