import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { maskNames } from '../../../src/language/openai/placeholders.ts';
import { openEndpoint, says } from './fake-endpoint.ts';
import { context, mention, openEngine, reply, request, tenant } from './kit.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function open(answer: Parameters<typeof says>[0]) {
  const endpoint = await openEndpoint(says(answer));
  const engine = openEngine(endpoint.url);
  closers.push(engine.close, endpoint.close);
  return { endpoint, engine };
}

const people = [
  { personId: 'U01DANA', name: 'Dana Whitfield' },
  { personId: 'U02TOMAS', name: 'Tomás Berg (Sales)' },
];

describe('what leaves', () => {
  it('holds no name or id of known people, however it is written', async () => {
    const text = 'dana and TOMAS agreed. <@U03KEIKO> asked Tomás’s team; Mrs Whitfield, WHITFIELD, U02TOMAS and Berg signed. Keiko Mori too.';
    const mentions = [{ ...mention(text, '<@U03KEIKO>', 'U03KEIKO') }];
    const { endpoint, engine } = await open(reply({ acts: ['chit-chat'] }));
    const said = [{ questionId: 'owner' as const, text: 'Dana owns it, says Tomas' }];
    await engine.language.readReply({ text, tenant: tenant() }, context({ people: [...people, { personId: 'U03KEIKO', name: 'Keiko Mori' }], mentions, said }));
    expect(endpoint.last().text).not.toMatch(/dana|tom[aá]s|whitfield|berg|keiko|mori|U0[123]/i);
    expect(endpoint.last().user).toContain(
      'PERSON_1 and PERSON_2 agreed. PERSON_3 asked PERSON_2’s team; Mrs PERSON_1, PERSON_1, PERSON_2 and PERSON_2 signed.',
    );
    expect(endpoint.last().user).toContain('PERSON_1 owns it, says PERSON_2');
  });

  it('is the same whoever it is about, so that a person is one and the same in a whole message', () => {
    const { text, alsoIn } = maskNames('Dana, then Dana Whitfield', { mentions: [], people });
    expect(text).toBe('PERSON_1, then PERSON_1');
    expect(alsoIn('whitfield, dana')).toBe('PERSON_1, PERSON_1');
  });

  it('holds no mention of an earlier answer, whoever was meant', async () => {
    const { endpoint, engine } = await open(reply({ acts: ['chit-chat'] }));
    const said = [{ questionId: 'owner' as const, text: '@Olga Nilsen does it, with <@U77LARS>, says @Plumb and @Dana' }];
    await engine.language.readReply({ text: 'yes, and more', tenant: tenant() }, context({ people, said }));
    expect(endpoint.last().text).not.toMatch(/olga|nilsen|lars/i);
    expect(endpoint.last().user).toContain('somebody does it, with somebody, says @Plumb and @PERSON_1');
  });

  it('holds no name of anybody around, also of those who do not take part yet', async () => {
    const around = async () => [
      { personId: 'u-łukasz', name: 'Łukasz Müller-Weiß' },
      { personId: 'u-yuki', name: '山田 太郎' },
      { personId: 'u-ravi', name: 'Ravi Sharma' },
    ];
    const text = 'lukasz, Mueller, Herr Weiss and ravis team met 山田さん at noon';
    const said = [{ questionId: 'owner' as const, text: 'Sharma does, says Toma\u0301s' }];
    const { endpoint, engine } = await open(
      reply({ acts: ['answer'], answers: [{ question: 'owner', quote: 'PERSON_5 team', plain: true, thin: false }], people: ['PERSON_5'] }),
    );
    const { entities } = await engine.language.readReply({ text, tenant: tenant(), around }, context({ people, said }));
    expect(endpoint.last().user).toContain('PERSON_3, PERSON_3, Herr PERSON_3 and PERSON_5 team met PERSON_4さん at noon');
    expect(endpoint.last().text).not.toMatch(/sharma|tom/i);
    expect(entities.people).toEqual([expect.objectContaining({ personId: 'u-ravi' })]);
    await engine.language.spotRequest({ text: 'ravi asks whether our new reps get some help with closing', mentions: [], tenant: tenant(), around });
    expect(endpoint.received).toHaveLength(2);
    expect(endpoint.last().text).not.toMatch(/ravi/i);
  });

  it('is nothing where nobody can say whose names to keep back', async () => {
    const { endpoint, engine } = await open(reply({ acts: ['chit-chat'] }));
    const around = async () => Promise.reject(new Error('The platform does not answer.'));
    const { answers } = await engine.language.readReply({ text: 'Karim Haddad owns it', tenant: tenant(), around }, context());
    expect(answers).toHaveLength(1);
    expect(endpoint.received).toEqual([]);
    expect(engine.fallbacks).toEqual(['names-unknown']);
  });

  it('keeps short words that a name with an s would be', () => {
    const some = {
      mentions: [],
      people: [
        { personId: 'u-1', name: 'Thi Doe' },
        { personId: 'u-2', name: 'Guy Les' },
      ],
    };
    expect(maskNames('hey guys, this does less than danas', some).text).toBe('hey guys, this does less than danas');
  });

  it('hides a mentioned person in a message that may be a request', async () => {
    const text = '@Karim Haddad can somebody train the 30 reps on negotiation, maybe karim?';
    const { endpoint, engine } = await open(request({}));
    await engine.language.spotRequest({ text, mentions: [mention(text, '@Karim Haddad', 'u-karim')], tenant: tenant() });
    // A sure request with a topic is not even sent; this is about what is.
    for (const { text: sent } of endpoint.received) expect(sent).not.toMatch(/karim|haddad/i);
  });

  it('keeps words that only look like names', () => {
    const some = {
      mentions: [],
      people: [
        { personId: 'u-will', name: 'Will May' },
        { personId: 'u-sam', name: 'Sam Price (EMEA Sales)' },
      ],
    };
    expect(maskNames('we will raise the price in May, and sales may follow', some).text).toBe('we will raise the price in May, and sales may follow');
    expect(maskNames('ask Will, or sam price, before June', some).text).toBe('ask PERSON_1, or PERSON_2, before June');
  });

  it('keeps the name of Plumb, so that the model sees who is spoken to', () => {
    const text = '@Plumb ask Dana';
    expect(maskNames(text, { mentions: [mention(text, '@Plumb', 'plumb')], people }).text).toBe('@Plumb ask PERSON_1');
  });

  it('cannot be mixed up with something that somebody typed', () => {
    const { text, original } = maskNames('PERSON_1 is not Dana', { mentions: [], people });
    expect(text).toBe('PERSON_1 is not PERSONX_1');
    expect(original({ start: 0, end: 8 })).toEqual({ start: 0, end: 8 });
  });

  it('names only those words of the company that the message uses', async () => {
    const { endpoint, engine } = await open(reply({ acts: ['chit-chat'] }));
    const ours = { ...tenant(), vocabulary: { learning: ['Summit School'], teams: ['Gold Desk'], topics: ['Project Falcon'] } };
    await engine.language.readReply({ text: 'the gold desk needs it', tenant: ours }, context());
    expect(endpoint.last().user).toContain('"ownWords":{"teams":["Gold Desk"]}');
    expect(endpoint.last().text).not.toMatch(/Summit|Falcon/);
  });
});

describe('what comes back', () => {
  it('stands at the place in the text where it was written', async () => {
    const text = 'fine, Tomás Berg owns it and dana helps';
    const answer = reply({
      acts: ['answer'],
      answers: [{ question: 'owner', quote: 'PERSON_2 owns it', plain: true, thin: false }],
      people: ['PERSON_2', 'PERSON_1'],
    });
    const { engine } = await open(answer);
    const { answers, entities } = await engine.language.readReply({ text, tenant: tenant() }, context({ people }));
    expect(answers).toEqual([expect.objectContaining({ text: 'Tomás Berg owns it', span: { start: 6, end: 24 } })]);
    expect(entities.people.map(({ name, personId }) => [text.slice(name.start, name.end), personId])).toEqual([
      ['Tomás Berg', 'U02TOMAS'],
      ['dana', 'U01DANA'],
    ]);
  });

  it('names nobody where two people are called so', async () => {
    const { engine } = await open(
      reply({ acts: ['answer'], answers: [{ question: 'owner', quote: 'PERSON_1 owns it', plain: true, thin: false }], people: ['PERSON_1'] }),
    );
    const two = [
      { personId: 'u-a1', name: 'Anna Holm' },
      { personId: 'u-a2', name: 'Anna Lind' },
    ];
    const { entities } = await engine.language.readReply({ text: 'Anna owns it', tenant: tenant() }, context({ people: two }));
    expect(entities.people).toEqual([{ name: { start: 0, end: 4 } }]);
  });
});

it('masking keeps every other stretch where it was, for any text', () => {
  const piece = fc.oneof(fc.string(), fc.constantFrom('Dana', 'tomás berg', 'Toma\u0301s', ' ', 'Whitfield', 'PERSON_1', 'İ', '👩‍💻', '\n'));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const text = pieces.join('');
      const masked = maskNames(text, { mentions: [], people });
      expect(masked.original({ start: 0, end: masked.text.length })).toEqual({ start: 0, end: text.length });
      for (let at = 0; at < masked.text.length; at += 1) {
        const { start, end } = masked.original({ start: at, end: at + 1 });
        const unit = masked.text.charAt(at);
        if (end - start === 1 && !/[PERSONX_\d]/.test(unit)) expect(text.charAt(start)).toBe(unit);
      }
    }),
  );
});

it('long and hostile text is masked in bounded time', () => {
  const many = Array.from({ length: 50 }, (_, at) => ({ personId: `person-${at}`, name: `Aaaa${'a'.repeat(at)} Bbbb` }));
  for (const text of ['a'.repeat(6_000), 'aaaa '.repeat(1_200), `${' '.repeat(5_999)}b`, 'a\u0301'.repeat(3_000)]) {
    const startedAt = performance.now();
    maskNames(text, { mentions: [], people: many });
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  }
});
