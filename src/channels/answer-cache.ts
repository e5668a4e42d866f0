import type { Clock } from '../app/ports.ts';

type Options = {
  clock: Clock;
  /** How long an answer counts (milliseconds). */
  keepMs: number;
  /** How many answers are kept; the one longest not asked for goes first. */
  most: number;
};

/** Answers of a platform, in memory only. An answer that is out of date stays as the last known one until there is no room for it. */
export type AnswerCache<T> = {
  /** The answer, asked for by `ask` when it is not known or out of date. The same question under way is not asked twice. Rejects as `ask` does. */
  get(key: string, ask: () => Promise<T>): Promise<T>;
  /** The answer while it counts. */
  fresh(key: string): T | undefined;
  /** The last known answer, however old. */
  last(key: string): T | undefined;
  put(key: string, answer: T): void;
  /** Puts an answer out of date, also one that is under way: it may have been given before the change. */
  outdate(key: string): void;
  /** The same for all keys that begin so. */
  outdateAll(prefix: string): void;
};

/** A bounded memory of answers. */
export function createAnswerCache<T>({ clock, keepMs, most }: Options): AnswerCache<T> {
  const answers = new Map<string, { answer: T; until: number }>();
  const underWay = new Map<string, Promise<T>>();
  const cache: AnswerCache<T> = {
    get(key, ask) {
      const known = answers.get(key);
      if (known && known.until > clock.now()) {
        // Moved to the end: the order of a Map is that of insertion.
        answers.delete(key);
        answers.set(key, known);
        return Promise.resolve(known.answer);
      }
      return underWay.get(key) ?? askOnce(key, ask);
    },
    fresh(key) {
      const known = answers.get(key);
      return known && known.until > clock.now() ? known.answer : undefined;
    },
    last: (key) => answers.get(key)?.answer,
    put(key, answer) {
      answers.delete(key);
      answers.set(key, { answer, until: clock.now() + keepMs });
      for (const oldest of answers.keys()) {
        if (answers.size <= most) break;
        answers.delete(oldest);
      }
    },
    outdate(key) {
      const known = answers.get(key);
      if (known) answers.set(key, { ...known, until: Number.NEGATIVE_INFINITY });
      underWay.delete(key);
    },
    outdateAll(prefix) {
      for (const key of [...answers.keys(), ...underWay.keys()]) if (key.startsWith(prefix)) cache.outdate(key);
    },
  };
  return cache;

  function askOnce(key: string, ask: () => Promise<T>): Promise<T> {
    const asking = ask().then((answer) => {
      if (underWay.get(key) === asking) cache.put(key, answer);
      return answer;
    });
    underWay.set(key, asking);
    const done = (): void => {
      if (underWay.get(key) === asking) underWay.delete(key);
    };
    // Whoever asked gets the rejection; this only tidies up.
    asking.then(done, done);
    return asking;
  }
}

/** Answers of different tenants never meet. What is no text at all (a card that was made up may bring it) is a key all the same. */
export function keyOf(tenant: string, ...about: string[]): string {
  return [tenant, ...about].map((part) => encodeURIComponent(part.toWellFormed())).join('/');
}
