import type { Lesson, TenantLanguage } from '../language/language.ts';
import type { TenantSettings } from './ports.ts';

/** What an external model may read as long as no admin has chosen: replies where one is configured for this workspace, and nothing before somebody started. */
const unlessChosen = { conversations: true, hearing: false };

/** What the language engine may know of a tenant, from its settings and from what its people taught. */
export function tenantLanguageOf(tenant: string, settings: TenantSettings, lessons: readonly Lesson[]): TenantLanguage {
  return { tenant, vocabulary: settings.vocabulary, lessons, model: settings.externalModel ?? unlessChosen };
}
