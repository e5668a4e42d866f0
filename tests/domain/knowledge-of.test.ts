import { describe, expect, it } from '@jest/globals';
import type { OwnCause } from '../../src/domain/knowledge.ts';
import { knowledgeOf, ownCauseId } from '../../src/domain/knowledge-of.ts';
import { loadPrompts } from '../../src/prompts.ts';

const { knowledge } = loadPrompts('prompts');
const late: OwnCause = { symptom: 'dealers order late', cause: 'the bonus for spring orders.', fact: 'What share of orders came after the bonus date' };
const margin: OwnCause = { symptom: 'We give away margin at fairs', cause: 'fair prices', fact: 'Who sets them?' };

describe('the knowledge of an organisation that added causes of its own', () => {
  it('is what everybody has where it added none', () => {
    expect(knowledgeOf(knowledge, [])).toBe(knowledge);
  });

  it('has its own symptoms, with words by which they are recognised', () => {
    const { symptoms } = knowledgeOf(knowledge, [late, { ...late, cause: 'stock' }]);
    expect(symptoms).toHaveLength(49);
    const own = symptoms.at(-1);
    expect(own).toMatchObject({ name: 'dealers order late', signs: ['dealers order late'] });
    expect(own?.causes).toEqual([
      {
        id: ownCauseId(late),
        cause: 'the bonus for spring orders',
        fact: 'What share of orders came after the bonus date?',
        focus: 'the bonus for spring orders',
        signs: ['the bonus for spring orders', 'bonus spring orders'],
        source: 'own',
      },
      expect.objectContaining({ cause: 'stock' }),
    ]);
  });

  it('puts its own cause first where the symptom is known in other words', () => {
    const { symptoms } = knowledgeOf(knowledge, [margin]);
    expect(symptoms).toHaveLength(48);
    const discounts = symptoms.find(({ id }) => id === 'discounts-grow');
    expect(discounts?.causes.map(({ id }) => id)).toEqual([
      ownCauseId(margin),
      'thin-pipeline-in-accounts',
      'nothing-in-return',
      'late-approval',
      'paid-on-revenue',
    ]);
    expect(discounts?.signs).toContain('give away margin fairs');
  });

  it('keeps its ids when capitals, spaces or the order change', () => {
    const rewritten = { ...late, symptom: ' Dealers  order late. ' };
    expect(ownCauseId(rewritten)).toBe(ownCauseId(late));
    expect(ownCauseId(late)).not.toBe(ownCauseId({ ...late, cause: 'stock' }));
    const [first, second] = [
      [late, margin],
      [margin, rewritten],
    ].map((own) => knowledgeOf(knowledge, own).symptoms.at(-1));
    expect(second?.id).toBe(first?.id);
  });

  it('leaves what everybody has as it was', () => {
    const before = JSON.stringify(knowledge);
    knowledgeOf(knowledge, [late, margin]);
    expect(JSON.stringify(knowledge)).toBe(before);
  });
});
