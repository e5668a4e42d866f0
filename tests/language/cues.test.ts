import { describe, expect, it } from '@jest/globals';
import type { CueKind, Side } from '../../src/domain/cues.ts';
import type { ReadCue, TenantLanguage } from '../../src/language/language.ts';
import { createLocalLanguage } from '../../src/language/local/local-language.ts';
import { loadPrompts } from '../../src/prompts.ts';

const { knowledge } = loadPrompts('prompts');
const language = createLocalLanguage({ knowledge });

type Asked = { side?: Side; asked?: 'sufficiency' | 'driver' | 'leading-kpis'; probed?: 'prompt' | 'challenge'; tenant?: TenantLanguage };

async function heardIn(text: string, { tenant, ...asked }: Asked = {}): Promise<readonly ReadCue[]> {
  const context = { followUp: false, answered: [], addressed: false, mentions: [], people: [], side: 'requester' as const, ...asked };
  return (await language.readReply({ text, ...(tenant && { tenant }) }, context)).cues;
}

const kindsIn = async (text: string, asked?: Asked) => (await heardIn(text, asked)).map(({ cue }) => cue);

async function inRequest(text: string): Promise<readonly ReadCue[]> {
  return (await language.spotRequest({ text, mentions: [] })).cues;
}

describe('cues in what people say', () => {
  it.each<[CueKind, string, Asked?]>([
    ['elsewhere', 'Of the 52 orders we lost in spring, in 40 nobody had ever talked to the plant director.'],
    ['elsewhere', 'Where a fitter came along on the first visit we won 7 of 9, without one it is 2 of 11.'],
    ['obstacle', 'No, the bonus still pays double for new contracts and nothing for renewals.', { asked: 'sufficiency' }],
    ['obstacle', 'The list of accounts is out of date.'],
    ['obstacle', 'Four of the ten desks are empty and nobody is being hired.'],
    ['knows-how', 'They know exactly how it goes, all of them passed the test in June, they just do not do it.'],
    ['lacks-skill', 'Nobody ever showed them how to build a business case, they have never done one.'],
    ['doubts-training', 'To be honest I am not sure that a course is what we need here.'],
    ['only-training', 'Yes, training is enough, everything else is in place.', { asked: 'sufficiency' }],
    ['settled', 'Our CFO thought it was the pay plan. We checked that together in May and it is not.'],
    ['changes-focus', 'You are right, then it is not the negotiation. What we need is to get into the account earlier.'],
    ['keeps-request', 'I hear you, but I still want the closing course as I asked for it.'],
    ['priority', 'The plan for this year is clear, all growth has to come from customers we already have.'],
    ['narrowed', 'Fine, start with the Utrecht team first and the rest in spring.'],
    ['vague-outcome', 'They should simply be better at it and sell more.'],
    ['win', 'Little success from the field: Ngozi brought the director to the first visit on Monday and he ordered the same day.', { side: 'other' }],
    ['deliverable-talk', 'I can offer five webinars and an e-learning with eight modules and a certificate.', { side: 'partner' }],
    ['own-need', 'I have to fill 300 seats by December or I lose the licence, so your team would help me a lot.', { side: 'partner' }],
    ['either-or', 'So is it about how they present, or about who is sitting in the room?', { side: 'partner' }],
    ['asks-gap', 'Do they not know how to do it, or do they know and not get round to it?', { side: 'partner' }],
  ])('hears %s in "%s"', async (kind, text, ...[asked]) => {
    expect(await kindsIn(text, asked)).toContain(kind);
  });

  it.each<[string, Asked?]>([
    ['Tuesdays at nine, me and the two team leads'],
    ["I'll send you the list of accounts."],
    ['Tomas has the list of accounts.', { side: 'other' }],
    ['Can you show the new intern how the coffee machine works?'],
    ['Jana pulls the report from Power BI every Monday'],
    ['share of offers with a dated next step, 20% now, 60% by March', { asked: 'leading-kpis' }],
    ['thanks, that helps'],
    ['The printer on the second floor is broken again'],
    ['We lost the football match on Saturday, 4 to 1'],
    ['I changed my mind about the call, make it Thursday'],
    ['The invoice for the trainer is approved'],
    ['The negotiation with the landlord was moved to ten'],
  ])('hears nothing in "%s"', async (text, ...[asked]) => {
    expect(await kindsIn(text, asked)).toEqual([]);
  });

  it.each([
    'My boss wants a negotiation course for the counter. I say half the chairs are empty.',
    "I keep asking myself if it's training at all, but could we do something on objections?",
    'Before we spend money on a course again: is it the people or the tool?',
    'HQ ordered presentation training for all of us. Between you and me, they present well.',
    'Please set up a closing workshop, though I am not convinced it is the answer.',
  ])('hears in the request itself that whoever asks doubts it: "%s"', async (text) => {
    expect((await inRequest(text)).map(({ cue }) => cue)).toContain('doubts-training');
  });

  it.each([
    'The board wants 20% growth, so we need a negotiation course for 12 account managers.',
    'I go to the board each quarter and say 38 million, then it is 24. Forecasting training please.',
    'My team needs two days on discovery calls before June.',
    'Our director asked for an update. We need a workshop on pricing talks in May.',
  ])('hears no doubt in "%s"', async (text) => {
    expect((await inRequest(text)).map(({ cue }) => cue)).not.toContain('doubts-training');
  });

  it('points at the words, and not at what stands around them', async () => {
    const text = 'Thanks for asking. Of the 60 offers we lost, 45 never got to the owner of the shop. Jana has the list.';
    const cue = (await heardIn(text)).find(({ cue: kind }) => kind === 'elsewhere');
    expect(cue && text.slice(cue.span.start, cue.span.end)).toContain('45 never got to the owner');
    expect(cue && text.slice(cue.span.start, cue.span.end)).not.toContain('Thanks');
  });

  it('hears the one word with which somebody comes round only when they were asked', async () => {
    expect(await kindsIn('hm, the second', { probed: 'challenge' })).toContain('changes-focus');
    expect(await kindsIn('hm, the second')).not.toContain('changes-focus');
  });

  it.each<[CueKind, string]>([
    ['changes-focus', 'Fair. Then prospecting in the installed base first, the negotiation course can wait.'],
    ['changes-focus', 'Good point, it is the pipeline. Let us begin there.'],
    ['changes-focus', 'Right, park the closing workshop, we look after the old customers.'],
    ['keeps-request', 'No, I want the negotiation course first, the pipeline can wait.'],
    ['keeps-request', 'The course first, the rest after.'],
  ])('hears %s where they were asked to choose: "%s"', async (kind, text) => {
    const kinds = await kindsIn(text, { probed: 'prompt' });
    expect(kinds).toContain(kind);
    expect(kinds).not.toContain(kind === 'changes-focus' ? 'keeps-request' : 'changes-focus');
  });

  it('leaves the talk of courses to those who deliver them', async () => {
    const text = 'I can offer five webinars and an e-learning with eight modules and a certificate.';
    expect(await kindsIn(text, { side: 'requester' })).not.toContain('deliverable-talk');
  });

  it('says in which part of the organisation an obstacle stands', async () => {
    const elementOf = async (text: string) => (await heardIn(text)).find(({ cue }) => cue === 'obstacle')?.detail;
    expect(await elementOf('We have nine open positions and nobody is hired, half of the desks are empty.')).toBe('staff');
    expect(await elementOf('The commission plan pays them nothing for renewals.')).toBe('systems');
    expect(await elementOf('The territories were drawn long ago and two people sit on all the big accounts.')).toBe('structure');
  });

  it('hears nothing in a language that is not read', async () => {
    expect(await kindsIn('Wir haben im letzten Quartal neun von dreizehn Ausschreibungen verloren, weil der Preis nicht stimmte.')).toEqual([]);
  });
});

describe('cues in a request', () => {
  it('hears that it presses without a reason, and not when there is one', async () => {
    const kinds = async (text: string) => (await inRequest(text)).map(({ cue }) => cue);
    expect(await kinds('need closing training for my reps asap')).toContain('urgency');
    expect(await kinds('need training on the new tariff asap because the rule changes on 1 May')).not.toContain('urgency');
    expect(await kinds('need negotiation training for 14 reps in spring')).not.toContain('urgency');
  });

  it('hears that it is for everybody who sells', async () => {
    const kinds = async (text: string) => (await inRequest(text)).map(({ cue }) => cue);
    expect(await kinds('I want the whole sales force, all 210 of them, in a storytelling course')).toContain('whole-force');
    expect(await kinds('storytelling course for the nine people in Lille please')).not.toContain('whole-force');
  });

  it('knows the complaint and the wide word of the negotiation request', async () => {
    const cues = await inRequest('We need negotiation training, my reps are giving away margin in every deal.');
    expect(cues).toContainEqual(expect.objectContaining({ cue: 'symptom', detail: 'discounts-grow' }));
    expect(cues).toContainEqual(expect.objectContaining({ cue: 'fuzzy-topic', detail: 'negotiation' }));
  });

  it('knows a complaint in other forms of its words', async () => {
    const symptom = async (text: string) => (await inRequest(text)).find(({ cue }) => cue === 'symptom')?.detail;
    expect(await symptom('Training please, our win rate fell from 31 to 22 percent.')).toBe('win-rate-falls');
    expect(await symptom('Could we get a course? We lost another two public tenders.')).toBe('tenders-lost');
  });

  it('has no complaints and topics without the knowledge of them', async () => {
    const plain = createLocalLanguage();
    const { cues } = await plain.spotRequest({ text: 'We need negotiation training, my reps are giving away margin.', mentions: [] });
    expect(cues.filter(({ cue }) => cue === 'symptom' || cue === 'fuzzy-topic')).toEqual([]);
  });
});

describe('causes of an organisation of its own', () => {
  const tenant: TenantLanguage = {
    tenant: 't1',
    vocabulary: { learning: [], teams: [], topics: [] },
    lessons: [],
    causes: [{ symptom: 'kiosk orders collapse', cause: 'the kiosk firmware resets the basket', fact: 'How many baskets were reset last week?' }],
    model: { conversations: false, hearing: false },
  };

  it('are heard for that organisation only', async () => {
    const text = 'Our kiosk orders have collapsed since June.';
    expect((await heardIn(text, { tenant })).some(({ cue }) => cue === 'symptom')).toBe(true);
    expect((await heardIn(text)).some(({ cue }) => cue === 'symptom')).toBe(false);
  });
});
