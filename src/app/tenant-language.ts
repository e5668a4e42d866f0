import type { Lesson, TenantLanguage } from '../language/language.ts';
import type { TenantSettings } from './ports.ts';
import type { Store } from './store.ts';
import type { Turn } from './turn.ts';

/** What an external model may read as long as no admin has chosen: replies where one is configured for this workspace, and nothing before somebody started. */
const unlessChosen = { conversations: true, hearing: false };

/** What an external language model may read, where one is configured. */
export function modelOf({ externalModel }: TenantSettings): TenantLanguage['model'] {
  return externalModel ?? unlessChosen;
}

/** What the language engine may know of a tenant, from its settings and from what its people taught. */
export function tenantLanguageOf(tenant: string, settings: TenantSettings, lessons: readonly Lesson[]): TenantLanguage {
  return { tenant, vocabulary: settings.vocabulary, lessons, model: modelOf(settings) };
}

/** The same with the lessons, which only hearing needs: replies are read without them. Read once a turn, so that what was taught or undone counts at once. */
export async function taughtLanguage(turn: Turn, store: Pick<Store, 'lessons'>): Promise<TenantLanguage> {
  turn.taught ??= store.lessons.list(turn.tenant);
  return { ...turn.tenantLanguage, lessons: await turn.taught };
}
