import { describe, expect, it } from '@jest/globals';
import { hindranceIn } from '../../src/views/hindrance.ts';

describe('what is in the way besides training', () => {
  it.each([
    [
      'No, the bonus only counts new contracts so nobody bothers with the buildings we already have. That has to change too.',
      'the bonus only counts new contracts',
    ],
    ['No, training alone will not fix it, the CRM is far too slow', 'the CRM is far too slow'],
    ['Not really. Pricing takes four days to answer', 'Pricing takes four days to answer'],
    ['I don’t think so, because the territories were cut last year', 'the territories were cut last year'],
    ['Partly – managers never join a call', 'managers never join a call'],
  ])('of "%s" is "%s"', (said, hindrance) => {
    expect(hindranceIn(said)).toBe(hindrance);
  });

  it.each(['No', 'No idea', 'not really, no', 'no, training alone is not enough', 'Yes, this course is all they need', ''])('is not named in "%s"', (said) => {
    expect(hindranceIn(said)).toBeUndefined();
  });
});
