/** A few words that stand in the middle of a sentence. */
const fewest = 3;
const longest = 60;

const opening =
  /^(?:(?:no|nope|not really|not quite|not alone|never|partly|only partly|half|honestly|well|i (?:do not|don['’]t) think so)\b[\s,.:;!–-]*)+(?:because\s+|since\s+|as\s+)?/iu;
const clauses = /[,;:.!?\n]+\s*|\s[–-]\s|\s(?:so(?: that)?|because|which|but)\s/iu;
const ofTraining = /\b(?:train\w*|cours\w*|workshops?|learn\w*|lessons?|sessions?|enough|alone|on its own|yes|that|this|it)\b/iu;

/** What somebody names besides training, of their answer to whether that is enough: the first few words that say it on their own. */
export function hindranceIn(said: string): string | undefined {
  const parts = said.trim().replace(opening, '').split(clauses);
  return parts.map((part) => part.trim()).find((part) => part.length <= longest && part.split(/\s+/u).length >= fewest && !ofTraining.test(part));
}
