/** What was found when what was acknowledged and what is shown were held against the database of a program that has stopped. */
export type Verdict = {
  /** Acknowledged messages that were never handled, of which the alignment's history knows nothing, or whose words are gone; presses without effect. */
  lost: string[];
  /** Acknowledged messages and presses without a reaction, and messages of Plumb that never reached the platform. */
  missingPosts: string[];
  /** Messages of Plumb that stand on the platform twice. */
  duplicatePosts: string[];
  /** Presses that had their effect twice. */
  doneTwice: string[];
};

/** How a trial went. `figures` are the platform's own, for the JSON line; `failed`: one of them is not what it has to be. */
export type Outcome = Verdict & { acknowledged: number; presses: number; figures: Readonly<Record<string, number>>; failed: boolean };
