/** Parts of display names that name nobody. Data. */
export const noNames: ReadonlySet<string> = new Set(
  'van von der den de del della di da dos das la le bin ibn al el ter ten zu und and of the mr mrs ms dr prof jr sr ii iii phd mba'.split(' '),
);

/** Names that are also words: replaced where they begin with a capital letter. Data. */
export const commonWords: ReadonlySet<string> = new Set(
  (
    'will mark may april june august grace hope faith joy rose bill sue jack rob pat drew chase grant dale page price king long short young brown white black ' +
    'green gray grey west north east south hill wood woods stone field banks bank church day weeks wise best good love rich frank ray art gene dean miles max ' +
    'lane wells rivers brooks bush cook baker carter mason hunter parker porter taylor turner walker ward fox wolf bird swan lamb major summer autumn winter ' +
    'dawn star sunny iris lily violet ivy daisy olive pearl ruby amber crystal sky win see so an do he my no to on in we you ha lee park song chance case cash ' +
    'call close deal sales lead head team sharp strong smart sterling wade reed read law her his it is as at by or up us me if go be am are was has had can get ' +
    'all any new old one two ten day book mill field fisher gold silver snow rain mane sell seller seal speed story street train trainer coach manager support ' +
    'marketing finance office board admin guest guy customer customers success training enablement operations ops service learning development people ' +
    'business partner product project global account accounts leader leaders director region channel'
  ).split(/\s+/),
);

/** A short name with an s is another word. Data. */
export const notPossessive: ReadonlySet<string> = new Set(
  'this does ones less lets gets runs sets yours hers ours goes class boss pass loss cross press'.split(' '),
);

const months: ReadonlySet<string> = new Set(['may', 'april', 'june', 'august']);

/** "By May", "June 3", "end of April": the month, not the person of that name. */
export function isDate(text: string, start: number, word: string): boolean {
  if (!months.has(word.toLowerCase())) return false;
  const before = text.slice(Math.max(0, start - 12), start);
  const after = text.slice(start + word.length, start + word.length + 6);
  return (
    /(?:\b(?:in|by|before|until|till|since|from|next|last|of|mid|early|late|through|during|and|or|to)|\d(?:st|nd|rd|th)?)[\s-]$/i.test(before) ||
    /^\s\d/.test(after)
  );
}
