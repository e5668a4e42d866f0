import type { Band, Language, TenantLanguage } from '../../src/language/language.ts';
import { shiftOf } from '../../src/language/local/lessons.ts';
import { createLocalLanguage } from '../../src/language/local/local-language.ts';
import { normalise } from '../../src/language/local/normalise.ts';
import { evidenceIn } from '../../src/language/local/request-features.ts';

const certainty: Readonly<Record<Band, number>> = { sure: 3, maybe: 1, no: -1 };

/** The local engine with lessons put on top. */
export function createTaughtEngine(): Language {
  const local = createLocalLanguage();
  const featuresOf = (text: string) => [...evidenceIn(normalise(text)).features];
  const banded = (band: Band, text: string, tenant: TenantLanguage | undefined): Band => {
    const logit = certainty[band] + shiftOf(featuresOf(text), tenant?.lessons ?? []);
    return logit >= 2 ? 'sure' : logit > 0 ? 'maybe' : 'no';
  };
  return {
    ...local,
    glance: ({ text, tenant }) => {
      const band = local.glance({ text });
      return banded(band === 'candidate' ? 'no' : band, text, tenant);
    },
    async spotRequest(message) {
      const spotted = await local.spotRequest(message);
      const band = banded(spotted.band, message.text, message.tenant);
      const learned = band !== 'no' && band !== spotted.band ? ['learned'] : [];
      return { ...spotted, band, reasons: [...learned, ...spotted.reasons], features: featuresOf(message.text) };
    },
  };
}
