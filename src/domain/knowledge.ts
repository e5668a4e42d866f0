/** What the coach knows of sales organisations, read from prompts/ and added to by each tenant. Ids are stable: states refer to them. */
export type Knowledge = {
  symptoms: readonly Symptom[];
  topics: readonly FuzzyTopic[];
  kpis: readonly SalesKpi[];
  /** Words that press for time, and words that name what is delivered instead of what changes; in lower case. */
  urgency: readonly string[];
  deliverables: readonly string[];
};

/** `S0` … `S4` are the articles of the method, `G` is general knowledge of sales management, `own` was added by the tenant. */
export type KnowledgeSource = 'S0' | 'S1' | 'S2' | 'S3' | 'S4' | 'G' | 'own';

/** What people complain of. `name` completes "when …". `signs`: ways in which they say it, in lower case, in the words that matter. */
export type Symptom = { id: string; name: string; signs: readonly string[]; causes: readonly Cause[] };

/**
 * A likely upstream cause: a hypothesis, decided by the one checkable fact, which is a question of its own. `cause` can stand behind a colon, `focus`
 * completes "or is it about …" in a few words; `signs` are words that speak of this cause when somebody names it, in lower case. `note`: what exactly of
 * the source.
 */
export type Cause = { id: string; cause: string; fact: string; focus: string; signs: readonly string[]; source: KnowledgeSource; note?: string };

/** A word that covers a wide area, with what it can mean. `words`: how it is written, in lower case. */
export type FuzzyTopic = { id: string; words: readonly string[]; meanings: readonly string[] };

/** `leading`: moves before the result and somebody can move it this week or month. */
export type SalesKpi = { name: string; synonyms: readonly string[]; leading: boolean };

/** What an admin adds for their own organisation, in their own words. */
export type OwnCause = { symptom: string; cause: string; fact: string };
