import { describe, expect, it } from '@jest/globals';
import { createCipher } from '../../src/store/cipher.ts';

const first = 'the first key, long enough to be safe';
const second = 'the second key, long enough to be safe';
const owner = { channel: 'slack', tenant: 'T1' };

describe('a cipher', () => {
  it('gives back what it encrypted, and never the same form twice', () => {
    const cipher = createCipher([first]);
    const [one, other] = [cipher.encrypt('xoxb-secret ü', owner), cipher.encrypt('xoxb-secret ü', owner)];
    expect(one).not.toBe(other);
    expect(one).not.toContain('xoxb');
    expect([cipher.decrypt(one, owner), cipher.decrypt(other, owner)]).toEqual(['xoxb-secret ü', 'xoxb-secret ü']);
    expect(cipher.decrypt(cipher.encrypt('', owner), owner)).toBe('');
  });

  it('reads nothing that belongs to another tenant or channel', () => {
    const cipher = createCipher([first]);
    const stored = cipher.encrypt('secret', owner);
    for (const other of [
      { channel: 'slack', tenant: 'T12' },
      { channel: 'teams', tenant: 'T1' },
      { channel: 'slack/T1', tenant: '' },
    ])
      expect(() => cipher.decrypt(stored, other)).toThrow(expect.objectContaining({ code: 'secret_unreadable' }));
  });

  it('notices every change of what is stored', () => {
    const cipher = createCipher([first]);
    const stored = cipher.encrypt('secret', owner);
    const [version, fingerprint, sealed = ''] = stored.split('.');
    const flipped = Buffer.from(sealed, 'base64url');
    flipped[20] = (flipped[20] ?? 0) ^ 1;
    const damaged = [`2.${fingerprint}.${sealed}`, `${version}.${fingerprint}.${flipped.toString('base64url')}`, `${version}.${fingerprint}.`, 'secret', ''];
    for (const each of damaged) expect(() => cipher.decrypt(each, owner)).toThrow(expect.objectContaining({ code: 'secret_unreadable' }));
  });

  it('encrypts with the first key and decrypts with all', () => {
    const old = createCipher([first]).encrypt('secret', owner);
    const both = createCipher([second, first]);
    expect(both.decrypt(old, owner)).toBe('secret');
    expect([both.isCurrent(old), both.isCurrent(both.encrypt('secret', owner))]).toEqual([false, true]);
    expect(() => createCipher([second]).decrypt(old, owner)).toThrow(expect.objectContaining({ message: expect.stringContaining('SECRET_KEY_PREVIOUS') }));
  });

  it('says what to do where the key is missing or too short', () => {
    const none = createCipher([]);
    const message = expect.stringContaining('openssl rand -hex 32');
    expect(() => none.encrypt('secret', owner)).toThrow(expect.objectContaining({ code: 'secret_key_missing', message }));
    expect(() => none.decrypt(createCipher([first]).encrypt('secret', owner), owner)).toThrow(expect.objectContaining({ code: 'secret_key_missing' }));
    expect(() => createCipher([first, 'short'])).toThrow(expect.objectContaining({ code: 'secret_key_short', message }));
  });
});
