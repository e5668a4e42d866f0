import { type SentenceCue, sentenceCues, type VetoCue, vetoCues } from './request-cues.ts';
import { sentencesOf } from './sentences.ts';

const sentenceCueNames = Object.keys(sentenceCues) as readonly SentenceCue[];
const vetoCueNames = Object.keys(vetoCues) as readonly VetoCue[];

/** Sentences that are read for a request; what comes after these is rarely the request itself. */
const mostSentences = 24;

export type Evidence = {
  /** Cues found anywhere. */
  cues: ReadonlySet<SentenceCue>;
  vetoes: ReadonlySet<VetoCue>;
  /** What stands together in one sentence, and what speaks against it there: the weighted features. */
  features: ReadonlySet<string>;
};

/** What a normalised text carries of a request, sentence by sentence. */
export function evidenceIn(low: string): Evidence {
  const cues = new Set<SentenceCue>();
  const vetoes = new Set<VetoCue>();
  const features = new Set<string>();
  for (const { start, end } of sentencesOf(low).slice(0, mostSentences)) {
    const sentence = low.slice(start, Math.min(end + 1, start + 600));
    const here = new Set(sentenceCueNames.filter((name) => sentenceCues[name].test(sentence)));
    const against = vetoCueNames.filter((name) => vetoCues[name].test(sentence));
    for (const name of here) cues.add(name);
    for (const name of against) vetoes.add(name);
    for (const feature of combinations(here)) features.add(feature);
    const asked = here.has('ask') || here.has('plea') || here.has('question');
    if (asked && here.has('solution') && against.length === 0) features.add('clean:ask+solution');
    if (asked && here.has('topic') && here.has('ownTeam') && against.length === 0) features.add('clean:ask+topic+team');
    if (asked && here.has('lack') && here.has('team') && against.length === 0) features.add('clean:ask+lack+team');
    if (asked && here.has('getBetter') && here.has('topic') && here.has('ask') && against.length === 0) features.add('clean:ask+maybe+topic');
    if (asked && here.has('teachTeam') && against.length === 0) features.add('clean:ask+teach');
    if (here.has('solution') || here.has('ask')) for (const name of against) features.add(`veto:${name}`);
  }
  for (const name of cues) features.add(`has:${name}`);
  for (const name of vetoes) features.add(`against:${name}`);
  for (const feature of acrossSentences(cues)) features.add(feature);
  return { cues, vetoes, features };
}

function combinations(here: ReadonlySet<SentenceCue>): string[] {
  const all = (...names: SentenceCue[]) => names.every((name) => here.has(name));
  const asks = here.has('ask') || here.has('plea');
  const found: string[] = [];
  const add = (feature: string, holds: boolean) => holds && found.push(feature);
  add('ask+solution', asks && all('solution'));
  add('ask+solution+team', asks && all('solution', 'team'));
  add('ask+solution+topic', asks && all('solution', 'topic'));
  add('ask+solution+ownTeam', asks && all('solution', 'ownTeam'));
  add('ask+solution+headcount', asks && all('solution', 'headcount'));
  add('ask+solution+when', asks && (all('solution', 'when') || all('solution', 'duration')));
  add('ask+teach', asks && all('teachTeam'));
  add('teach+topic', all('teachTeam', 'topic'));
  add('ask+maybe+topic', asks && all('maybeSolution', 'topic'));
  add('ask+maybe+team', asks && all('maybeSolution', 'team'));
  add('ask+maybe+topic+team', asks && all('maybeSolution', 'topic', 'team'));
  add('lack+team', all('lack', 'team'));
  add('lack+team+ask', asks && all('lack', 'team'));
  add('lack+topic', all('lack', 'topic'));
  add('better+team', all('getBetter', 'team'));
  add('better+topic', all('getBetter', 'topic'));
  add('better+team+ask', asks && all('getBetter', 'team'));
  add('better+team+topic', all('getBetter', 'team', 'topic'));
  add('ask+team', asks && all('team'));
  add('ask+ownTeam', asks && all('ownTeam'));
  add('ask+topic', asks && all('topic'));
  add('ask+topic+team', asks && all('topic', 'ownTeam'));
  add('solution+topic', all('solution', 'topic'));
  add('solution+team', all('solution', 'team'));
  add('solution alone', all('solution') && !asks);
  add('provider+solution', all('provider', 'solution'));
  add('question+solution', all('question', 'solution'));
  add('duration+solution', all('duration', 'solution'));
  return found;
}

function acrossSentences(cues: ReadonlySet<SentenceCue>): string[] {
  const all = (...names: SentenceCue[]) => names.every((name) => cues.has(name));
  const found: string[] = [];
  if (all('lack', 'team', 'plea')) found.push('across:lack+team+plea');
  if (all('lack', 'team', 'ask')) found.push('across:lack+team+ask');
  if (all('lack', 'plea', 'topic')) found.push('across:lack+topic+plea');
  if (all('solution', 'team', 'ask')) found.push('across:solution+team+ask');
  if (all('headcount', 'topic', 'ask')) found.push('across:headcount+topic+ask');
  if (all('lack', 'team', 'solution')) found.push('across:lack+team+solution');
  return found;
}
