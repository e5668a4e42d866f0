// Enough to tell one brief from another, short enough for every file system and for a list of files.
const longestTopic = 40;

/** A file's name that every system takes: small ASCII letters, digits and hyphens. `date` is an ISO date. A topic without such letters is left out. */
export function fileName(kind: string, { topic, date, ending }: { topic: string; date: string; ending: string }): string {
  const plain = topic
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const cut =
    plain.length > longestTopic
      ? plain
          .slice(0, longestTopic + 1)
          .replace(/-[^-]*$/, '')
          .slice(0, longestTopic)
      : plain;
  return `${[kind, cut, date].filter((part) => part !== '').join('-')}.${ending}`;
}
