import { afterEach, describe, expect, it } from '@jest/globals';
import type { TenantLanguage } from '../../../src/language/language.ts';
import type { ModelRequest } from '../../../src/language/openai/schemas.ts';
import { fails, openEndpoint, says } from './fake-endpoint.ts';
import { context, openEngine, reply, request, tenant } from './kit.ts';

const german = 'Wir brauchen für das Team in Graz dringend etwas zur Einwandbehandlung, wer kann uns da helfen?';
const allowed = tenant();
const notHearing = tenant('acme', { conversations: true, hearing: false });
const nothing = tenant('acme', { conversations: false, hearing: false });
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function open(answer: Partial<ModelRequest> | undefined = {}) {
  const endpoint = await openEndpoint(says(({ system }) => (system.includes('is such a request') ? request(answer) : reply({ acts: ['chit-chat'] }))));
  const engine = openEngine(endpoint.url);
  closers.push(engine.close, endpoint.close);
  const hear = (text: string, of?: TenantLanguage) => engine.language.spotRequest({ text, mentions: [], ...(of && { tenant: of }) });
  return { endpoint, ...engine, hear };
}

const heardGerman: Partial<ModelRequest> = {
  band: 'sure',
  asking: 'wer kann uns da helfen',
  reasons: ['asks-for-help'],
  topic: 'Einwandbehandlung',
  audience: 'das Team in Graz',
};

describe('before anything is stored', () => {
  it('nothing is asked of a model, whatever is allowed', async () => {
    const { endpoint, language } = await open();
    for (const who of [undefined, allowed, nothing]) {
      language.mayMatter(german, who);
      language.glance({ text: german, ...(who && { tenant: who }) });
    }
    expect(endpoint.received).toEqual([]);
  });

  it('text in another language passes only where a model may hear', async () => {
    const { language } = await open();
    // No stem that the local engine looks for.
    const japanese = '来月までに価格交渉の研修をお願いできませんか';
    expect([language.mayMatter(japanese), language.mayMatter(japanese, allowed), language.mayMatter(japanese, notHearing)]).toEqual([true, true, false]);
    expect(language.glance({ text: german, tenant: allowed })).toBe('candidate');
    expect(language.glance({ text: german, tenant: notHearing })).toBe('no');
    expect(language.glance({ text: german })).toBe('no');
  });

  it('a thank-you in another language does not', async () => {
    const { language } = await open();
    expect(language.glance({ text: 'ja danke', tenant: allowed })).toBe('no');
  });
});

describe('a message that may be a request', () => {
  it('in another language is heard by the model', async () => {
    const { hear } = await open(heardGerman);
    const heard = await hear(german, allowed);
    expect(heard).toMatchObject({ band: 'sure', reasons: ['asks-for-help'] });
    expect(german.slice(heard.understood.topic?.start, heard.understood.topic?.end)).toBe('Einwandbehandlung');
    expect(german.slice(heard.understood.audience?.start, heard.understood.audience?.end)).toBe('das Team in Graz');
  });

  it('is no request when the model cannot show in which words it asks', async () => {
    const { hear, fallbacks } = await open({ ...heardGerman, asking: 'please send us a trainer' });
    expect(await hear(german, allowed)).toMatchObject({ band: 'no' });
    expect(fallbacks).toEqual(['invalid']);
  });

  it('is what the local engine says it is while the endpoint fails', async () => {
    const endpoint = await openEndpoint(fails(500));
    const engine = openEngine(endpoint.url);
    closers.push(engine.close, endpoint.close);
    expect(await engine.language.spotRequest({ text: german, mentions: [], tenant: allowed })).toMatchObject({ band: 'no' });
    expect(engine.fallbacks).toEqual(['server']);
  });

  it('goes nowhere where hearing is not allowed, or nobody says who speaks', async () => {
    const { endpoint, hear } = await open(heardGerman);
    for (const who of [notHearing, nothing, undefined]) expect(await hear(german, who)).toMatchObject({ band: 'no' });
    expect(endpoint.received).toEqual([]);
  });

  it('costs nothing when the rules are sure of it and of its topic, or sure that it is none', async () => {
    const { endpoint, hear } = await open();
    const sure = await hear('Can you set up a two-day negotiation training for my 40 account managers before June?', allowed);
    expect(sure.band).toBe('sure');
    await hear('The printer on the third floor is out of toner again.', allowed);
    expect(endpoint.received).toEqual([]);
  });
});

describe('a reply', () => {
  it('goes nowhere where conversations are not allowed, or nobody says who speaks', async () => {
    const { endpoint, language } = await open();
    await language.readReply({ text: 'Karim Haddad owns it', tenant: nothing }, context());
    await language.readReply({ text: 'Karim Haddad owns it' }, context());
    expect(endpoint.received).toEqual([]);
  });

  it('goes to the model where conversations are allowed, also where hearing is not', async () => {
    const { endpoint, language } = await open();
    await language.readReply({ text: 'Karim Haddad owns it', tenant: notHearing }, context());
    expect(endpoint.received).toHaveLength(1);
  });

  it('before anyone started is a matter of hearing', async () => {
    const { endpoint, language } = await open();
    const before = { followUp: false, answered: [], addressed: true, mentions: [], people: [] };
    await language.readReply({ text: '@Plumb what is this about then', tenant: notHearing }, before);
    expect(endpoint.received).toEqual([]);
    await language.readReply({ text: '@Plumb what is this about then', tenant: allowed }, before);
    expect(endpoint.received).toHaveLength(1);
  });

  it('without words is not worth a call', async () => {
    const { endpoint, language } = await open();
    await language.readReply({ text: '👍', tenant: allowed }, context());
    expect(endpoint.received).toEqual([]);
  });
});
