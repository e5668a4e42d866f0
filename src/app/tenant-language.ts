import type { Lesson, TenantLanguage } from '../language/language.ts';
import type { TenantSettings } from './ports.ts';
import type { Store } from './store.ts';
import type { Turn } from './turn.ts';

/** Whether this Plumb was installed for one workspace, or many install it. */
export type Workspaces = 'one' | 'many';

/**
 * What an external model may read as long as no admin has chosen. For one workspace, whoever configured the model decided for its replies; where many
 * install Plumb, its operator's key is no consent of theirs. What was written before somebody started always takes an admin's word.
 */
const unlessChosen: Readonly<Record<Workspaces, TenantLanguage['model']>> = {
  one: { conversations: true, hearing: false },
  many: { conversations: false, hearing: false },
};

/** What the language engine may know of a tenant, from its settings and from what its people taught. */
export function tenantLanguageOf(tenant: string, settings: TenantSettings, lessons: readonly Lesson[], workspaces: Workspaces): TenantLanguage {
  return { tenant, vocabulary: settings.vocabulary, lessons, causes: settings.causes, model: settings.externalModel ?? unlessChosen[workspaces] };
}

/** The same with the lessons, which only hearing needs: replies are read without them. Read once a turn, so that what was taught or undone counts at once. */
export async function taughtLanguage(turn: Turn, store: Pick<Store, 'lessons'>): Promise<TenantLanguage> {
  turn.taught ??= store.lessons.list(turn.tenant);
  return { ...turn.tenantLanguage, lessons: await turn.taught };
}
