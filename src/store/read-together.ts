/**
 * One query for everything that is asked in the same turn of the event loop: a busy channel asks the same of each message. Each asker gets its own
 * answer; when the query fails, all of them fail.
 */
export function readTogether<Answer>(query: (keys: readonly string[]) => Promise<ReadonlyMap<string, Answer>>): (key: string) => Promise<Answer | undefined> {
  let waiting: { keys: Set<string>; answers: Promise<ReadonlyMap<string, Answer>> } | undefined;
  return async (key) => {
    waiting ??= gather();
    waiting.keys.add(key);
    return (await waiting.answers).get(key);
  };

  function gather() {
    const keys = new Set<string>();
    const answers = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      waiting = undefined;
      return query([...keys]);
    });
    return { keys, answers };
  }
}
