import { defaultSettings } from '../../src/app/ports.ts';
import { tenantLanguageOf } from '../../src/app/tenant-language.ts';
import type { Band, Language, Mention } from '../../src/language/language.ts';

/** Which step of the way decided: app/receive.ts asks the first two before anything is stored, app/hear.ts the third. */
export type HearingStage = 'mayMatter' | 'glance' | 'spotRequest';
export type HeardMessage = { band: Band; stage: HearingStage; reasons: readonly string[]; ms: number };

/** An external model may read everything here: what is measured is what it makes of the text. The local engine does not care. */
const settings = { ...defaultSettings, externalModel: { conversations: true, hearing: true } };
export const tenantLanguage = tenantLanguageOf('eval', settings, [], 'one');

/** What somebody who posts this gets: each step is asked only if the one before did not say no. `ms`: milliseconds for all of them. */
export async function hearing(language: Language, text: string, mentions: readonly Mention[] = []): Promise<HeardMessage> {
  const startedAt = performance.now();
  const heard = await stages(language, text, mentions);
  return { ...heard, ms: performance.now() - startedAt };
}

async function stages(language: Language, text: string, mentions: readonly Mention[]): Promise<Omit<HeardMessage, 'ms'>> {
  const tenant = tenantLanguage;
  if (!language.mayMatter(text) || !language.mayMatter(text, tenant)) return { band: 'no', stage: 'mayMatter', reasons: [] };
  if (language.glance({ text, tenant }) === 'no') return { band: 'no', stage: 'glance', reasons: [] };
  const { band, reasons, features } = await language.spotRequest({ text, mentions, tenant });
  return { band, stage: 'spotRequest', reasons: [...reasons, ...features] };
}
