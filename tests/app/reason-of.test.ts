import { describe, expect, it } from '@jest/globals';
import { ConflictError } from '../../src/app/errors.ts';
import { DeliveryError } from '../../src/app/ports.ts';
import { reasonOf } from '../../src/app/reason-of.ts';

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('the reason that is written down for a failure', () => {
  it('tells what our own errors say', () => {
    expect(reasonOf(new DeliveryError('The channel is archived.', { retry: false }))).toBe('DeliveryError: The channel is archived.');
    expect(reasonOf(new ConflictError())).toContain('tried again by itself');
  });

  it('tells kind and code of a foreign error, never its words, which may be somebody’s', () => {
    const parsing = thrownBy(() => JSON.parse('my boss is impossible'));
    expect(reasonOf(parsing)).toMatch(/^SyntaxError/);
    expect(reasonOf(parsing)).not.toContain('boss');
    expect(reasonOf(Object.assign(new Error('to my boss'), { code: 'ECONNRESET' }))).toMatch(/^Error \(ECONNRESET\)/);
    expect(reasonOf('my boss')).not.toContain('boss');
  });
});
