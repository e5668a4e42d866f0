// Whoever brings something to the conversation speaks of no hindrance, however much the thing itself sounds like one.
const delivers =
  /^\W*(?:(?:ok(?:ay)?|sure|yes|and|then|so)\W+)*(?:i|we)(?:'ll| will| can|'m going to| am going to| are going to)? (?:just )?(?:send|share|forward|bring|attach|paste|post|upload)\b/;
const has = /^\W*(?:\p{L}+ ){0,2}?(?:have|has|here's|here is|there's|there is) (?:a|the|our|that|my)(?: \p{L}+)? list (?:of|with)\b/u;
const complains =
  /\b(?:no|not|never|nobody|without|but|because|until|late|wrong|old|missing|broken|outdated|out of date|manual|manually|by hand|too|only)\b|n't\b/;

/** Whether a normalised sentence only says that somebody gives or has a list, a file and the like. */
export function handsOver(sentence: string): boolean {
  return (delivers.test(sentence) || has.test(sentence)) && !complains.test(sentence);
}
