import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { StoreError } from './errors.ts';

/** Whose secret it is: bound into what is stored, so that a row that was moved to another tenant cannot be read there. */
export type SecretOwner = { channel: string; tenant: string };

export type Cipher = {
  /** With the first key. Throws StoreError `secret_key_missing`. */
  encrypt(secret: string, owner: SecretOwner): string;
  /** With whichever key it was encrypted. Throws StoreError `secret_key_missing` or `secret_unreadable`. */
  decrypt(stored: string, owner: SecretOwner): string;
  /** False for what an earlier key encrypted. */
  isCurrent(stored: string): boolean;
};

const VERSION = '1';
const SHORTEST_KEY = 32;
const KEY_BYTES = 32;
// NIST SP 800-38D: 96 bits, never used twice under one key; random ones are safe for 2^32 messages.
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
// Tells keys apart and says nothing about them: it is derived under a purpose of its own.
const FINGERPRINT_BYTES = 6;

type Key = { fingerprint: string; bytes: Buffer };

/**
 * Encrypts secrets at rest with AES-256-GCM. `secretKeys` are texts of at least 32 characters: the first encrypts, all of them decrypt. A stored secret
 * reads `<version>.<fingerprint of the key>.<nonce, ciphertext and tag>`. Throws StoreError `secret_key_short`.
 */
export function createCipher(secretKeys: readonly string[]): Cipher {
  const keys = secretKeys.map(keyFrom);
  const [first] = keys;
  return {
    encrypt(secret, owner) {
      if (!first) throw missingKey();
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', first.bytes, nonce, { authTagLength: TAG_BYTES }).setAAD(boundTo(first, owner));
      const sealed = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return [VERSION, first.fingerprint, sealed.toString('base64url')].join('.');
    },
    decrypt(stored, owner) {
      if (!first) throw missingKey();
      const [version, fingerprint, sealed = ''] = stored.split('.');
      const key = keys.find((each) => each.fingerprint === fingerprint);
      if (version !== VERSION || !key) throw unreadable(owner);
      return open(key, Buffer.from(sealed, 'base64url'), owner);
    },
    isCurrent: (stored) => first !== undefined && stored.startsWith(`${VERSION}.${first.fingerprint}.`),
  };
}

function keyFrom(text: string): Key {
  if (text.length < SHORTEST_KEY) {
    throw new StoreError('secret_key_short', `SECRET_KEY must have at least ${SHORTEST_KEY} characters, for instance the output of: openssl rand -hex 32`);
  }
  const derive = (purpose: string, length: number) => Buffer.from(hkdfSync('sha256', text, '', `plumb/secrets/${VERSION}/${purpose}`, length));
  return { bytes: derive('encryption', KEY_BYTES), fingerprint: derive('fingerprint', FINGERPRINT_BYTES).toString('base64url') };
}

function open(key: Key, sealed: Buffer, owner: SecretOwner): string {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) throw unreadable(owner);
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(boundTo(key, owner))
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch (error) {
    throw unreadable(owner, error);
  }
}

function boundTo(key: Key, { channel, tenant }: SecretOwner): Buffer {
  return Buffer.from([VERSION, key.fingerprint, channel, tenant].map(encodeURIComponent).join('/'));
}

function missingKey(): StoreError {
  return new StoreError(
    'secret_key_missing',
    'Tokens are kept encrypted, and there is no key for that. Set SECRET_KEY, for instance to the output of: openssl rand -hex 32',
  );
}

function unreadable({ channel, tenant }: SecretOwner, cause?: unknown): StoreError {
  return new StoreError(
    'secret_unreadable',
    `The tokens of ${channel}/${tenant} cannot be decrypted. If SECRET_KEY changed, put the old key into SECRET_KEY_PREVIOUS; otherwise install Plumb there again.`,
    { cause },
  );
}
