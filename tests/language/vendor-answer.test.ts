import { describe, expect, it } from '@jest/globals';
import type { HeldStatus, VendorPoint } from '../../src/domain/vendor-answer.ts';
import { readVendorAnswer } from '../../src/language/local/vendor-answer.ts';

const brief: Readonly<Record<VendorPoint, readonly string[]>> = {
  outcome: ['They ask for a meeting in a second department of each account every month.'],
  definition: ['prospecting in existing accounts', 'Finding new buyers in accounts we have, no cold calls'],
  audience: ['80 account managers'],
  pilot: ['the hospital team', 'five second meetings'],
  kpi: ['Second meetings per account manager: 3 a week'],
  reinforcement: ['A deal clinic every second week and a practice call with the manager after a month.'],
  scope: ['negotiation'],
  'next-step': [],
};
const points = (Object.keys(brief) as VendorPoint[]).map((point) => ({ point, texts: brief[point] }));

function held(text: string) {
  const read = readVendorAnswer(text, points);
  return Object.fromEntries(read.map(({ point, status, spans }) => [point, [status, ...spans.map(({ start, end }) => text.slice(start, end))]]));
}

const nothing = Object.fromEntries(points.map(({ point }) => [point, ['open']]));

describe("a vendor's answer, read by words alone", () => {
  it.each<[VendorPoint, HeldStatus, string]>([
    ['outcome', 'met', 'Each of them asks for a meeting in a second department of every account.'],
    ['outcome', 'partly', 'They could ask for a meeting in a second department of an account.'],
    ['outcome', 'asked', 'What will people do differently on the job?'],
    ['definition', 'met', 'We understand prospecting as finding new buyers in existing accounts.'],
    ['definition', 'asked', 'What do you mean by prospecting?'],
    ['audience', 'met', 'We train all 80 account managers.'],
    ['audience', 'partly', 'Each session takes up to 20 account managers.'],
    ['audience', 'against', 'We do not train account managers.'],
    ['pilot', 'met', 'We start with the hospital team in May.'],
    ['pilot', 'partly', 'We usually begin with a pilot.'],
    ['kpi', 'met', 'Second meetings per account manager reach 3 a week by June.'],
    ['kpi', 'partly', 'We measure learner satisfaction.'],
    ['kpi', 'against', 'We do not measure KPIs.'],
    ['kpi', 'asked', 'How do you count second meetings per account manager today?'],
    ['kpi', 'open', 'We train all 80 account managers.'],
    ['reinforcement', 'met', 'Every second week we hold a deal clinic with each manager.'],
    ['reinforcement', 'partly', 'Coaching afterwards is optional.'],
    ['reinforcement', 'partly', 'Every second week we hold a deal clinic with each manager. Coaching is not included.'],
    ['scope', 'met', 'Negotiation is not part of this.'],
    ['scope', 'against', 'Our programme covers negotiation and closing.'],
    ['next-step', 'met', 'Would Tuesday at 10:00 suit you for a call?'],
    ['next-step', 'partly', 'Let us know if you want a call.'],
  ])('takes %s for %s: %s', (point, status, text) => {
    expect(held(text)[point]?.[0]).toBe(status);
  });

  it.each([
    'We are the leading provider of sales training with 500 happy customers and many awards.',
    'Prices start at 1,200 per person and day, plus travel.',
    'Wir bieten ein zweitägiges Training für Ihre 80 account managers und freuen uns auf ein Gespräch am Donnerstag.',
    '',
  ])('finds nothing in %s', (text) => {
    expect(held(text)).toEqual(nothing);
  });

  it('gives the words that say it, under their heading, too', () => {
    const found = held('Reinforcement:\n- a deal clinic every second week\n\nAs for price: later.');
    expect(found['reinforcement']).toEqual(['met', 'a deal clinic every second week']);
  });
});
