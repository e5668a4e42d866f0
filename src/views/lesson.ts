import type { Text } from './card.ts';
import { listed, type ViewContext } from './context.ts';
import type { WordingKey } from './wording.ts';

/** What features of a message say in plain words, the most telling first. A feature joins cues with "+" behind the place where they were found ("clean:ask+solution"). */
const phrases: readonly { needs: readonly string[]; says: Exclude<Extract<WordingKey, `lesson.${string}`>, 'lesson.about'>; unless?: readonly string[] }[] = [
  { needs: ['ask', 'solution'], says: 'lesson.asks-for-training' },
  { needs: ['provider'], says: 'lesson.looks-for-provider' },
  { needs: ['teach'], says: 'lesson.teach' },
  { needs: ['teachTeam'], says: 'lesson.teach' },
  { needs: ['lack'], says: 'lesson.lack' },
  { needs: ['better'], says: 'lesson.better' },
  { needs: ['getBetter'], says: 'lesson.better' },
  { needs: ['solution'], says: 'lesson.names-training', unless: ['ask'] },
  { needs: ['ask'], says: 'lesson.asks-for-help', unless: ['solution'] },
  { needs: ['plea'], says: 'lesson.asks-for-help', unless: ['solution'] },
  { needs: ['ownTeam'], says: 'lesson.team' },
  { needs: ['team'], says: 'lesson.team' },
  { needs: ['headcount'], says: 'lesson.headcount' },
  { needs: ['offer'], says: 'lesson.offer' },
  { needs: ['customer'], says: 'lesson.customer' },
  { needs: ['schedule'], says: 'lesson.schedule' },
  { needs: ['past'], says: 'lesson.past' },
  { needs: ['self'], says: 'lesson.self' },
  { needs: ['noLonger'], says: 'lesson.no-longer' },
];
const mostPhrases = 3;
const mostNames = 3;

/** What was recognised in a message that taught something, for people: "asks for training, speaks of a team, about CRM". */
export function lessonWords(ctx: ViewContext, features: readonly string[]): Text {
  const { words } = ctx;
  const names = namesIn(features, 'topic');
  const cues = new Set(features.filter((feature) => !isName(feature)).flatMap((feature) => feature.slice(feature.indexOf(':') + 1).split(/[+ ]/)));
  const holds = ({ needs, unless = [] }: (typeof phrases)[number]) => needs.every((cue) => cues.has(cue)) && !unless.some((cue) => cues.has(cue));
  const said = [...new Set(phrases.filter(holds).map(({ says }) => says))].slice(0, mostPhrases).map((key) => words.plain(key));
  const parts = [...said, ...(names.length === 0 ? [] : [words.plain('lesson.about', { topics: listed(ctx, names) })])];
  return parts.length === 0 ? words.say('lesson.unnamed') : parts.join(words.plain('common.comma'));
}

/** Words that stand in the lexicon or in the tenant's own list. */
const families: readonly string[] = ['topic', 'solution'];

function isName(feature: string): boolean {
  return families.includes(feature.slice(0, Math.max(0, feature.indexOf(':'))));
}

function namesIn(features: readonly string[], family: string): string[] {
  const prefix = `${family}:`;
  const names = features.filter((feature) => feature.startsWith(prefix)).map((feature) => feature.slice(prefix.length));
  return [...new Set(names)].slice(0, mostNames).map(inCapitals);
}

/** Listed words are in small letters: "crm" and "gdpr" are shown as people write them. */
function inCapitals(name: string): string {
  return name.replace(/\b[bcdfghjklmnpqrstvwxz]{2,5}\b/g, (letters) => letters.toUpperCase());
}
