/** Keeps a sick endpoint from costing every turn its deadline. */
export type Breaker = {
  /** False while open. After the pause one call at a time may try again. */
  allows(): boolean;
  /** What was allowed was not tried after all: the next one may. */
  unused(): void;
  succeeded(): void;
  failed(): void;
  /** Opens at once: a refused key does not get better by trying. */
  trip(): void;
};

/** Opens after `threshold` failures in a row, for `pauseMs` milliseconds; `now` gives milliseconds. */
export function createBreaker({ threshold, pauseMs, now }: { threshold: number; pauseMs: number; now: () => number }): Breaker {
  let failures = 0;
  let openUntil = 0;
  return {
    allows() {
      if (failures < threshold) return true;
      if (now() < openUntil) return false;
      // The one that tries; others wait for its result.
      openUntil = now() + pauseMs;
      return true;
    },
    unused() {
      if (failures >= threshold) openUntil = now();
    },
    succeeded() {
      failures = 0;
    },
    failed() {
      failures += 1;
      if (failures >= threshold) openUntil = now() + pauseMs;
    },
    trip() {
      failures = threshold;
      openUntil = now() + pauseMs;
    },
  };
}
