import type { Band, Lesson, TenantLanguage } from '../../src/language/language.ts';
import { createLocalLanguage } from '../../src/language/local/local-language.ts';

/** Messages that may be requests, so that whatever the engine has learned, it is unsure of some of them. */
const borderline: readonly string[] = [
  'Is there a course on negotiation?',
  'Do we have any training on MEDDIC?',
  'We might need some coaching on forecasting',
  'Is there any training on storytelling for account managers?',
  'Do we still run a negotiation course for new reps?',
  'Has anybody got a good workshop on discovery calls for a team?',
  'What do we have on objection handling training for SDRs?',
  'Maybe my team needs a course on storytelling?',
  'Would a course on account planning be something for our team?',
  'Any training on cold calls that people here would recommend for reps?',
  'Do we have a course on value selling for partners?',
  'Could a workshop on forecasting be of use to the managers?',
  'Is a coaching training for team leads something we have?',
  'Who knows a trainer for negotiation?',
  'Who would I ask about training for partners?',
  'Do we do any workshops on presenting for engineers?',
  'Where do I find negotiation training for my people?',
  'What training is there on pricing for our resellers?',
  'Are there any courses on social selling for the team?',
  'I wonder whether a negotiation workshop would help the team',
  'Who knows a trainer for storytelling?',
  'Any courses on negotiation that you would recommend?',
  'Could coaching on forecasting be worth it?',
  'I wonder if some training on pricing would change anything',
  'Does anyone know a decent workshop on account planning?',
  'Something on cold calls for the reps might be good',
  'Is a storytelling workshop worth the money?',
  'A bit of training on the new pricing would not hurt anybody',
  'Should we think about negotiation training again?',
  'Which provider did we use for the coaching of managers?',
];

const local = createLocalLanguage();

export function tenantWith(lessons: readonly Lesson[]): TenantLanguage {
  return { tenant: 'room', vocabulary: { learning: [], teams: [], topics: [] }, lessons, causes: [], model: { conversations: false, hearing: false } };
}

async function bandOf(text: string, lessons: readonly Lesson[] = []): Promise<Band> {
  return (await local.spotRequest({ text, mentions: [], tenant: tenantWith(lessons) })).band;
}

/** Messages that get a private question at most. Throws when there are fewer: then write others. */
export async function unsureMessages(count: number): Promise<string[]> {
  const bands = await Promise.all(borderline.map((text) => bandOf(text)));
  return enough(
    borderline.filter((_, at) => bands[at] === 'maybe'),
    count,
  );
}

/** Those of them that get a public reply once somebody started on one like it. */
export async function teachableMessages(count: number): Promise<string[]> {
  const texts = await unsureMessages(count);
  const taught = await Promise.all(
    texts.map(async (text) => {
      const { features } = await local.spotRequest({ text, mentions: [] });
      return bandOf(text, [{ verdict: 'request', features, by: 'ann' }]);
    }),
  );
  return enough(
    texts.filter((_, at) => taught[at] === 'sure'),
    count,
  );
}

function enough(texts: string[], count: number): string[] {
  if (texts.length < count) throw new Error(`Only ${texts.length} of the borderline messages are unsure by now: write others.`);
  return texts;
}
