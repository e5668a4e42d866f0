import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Texts as tokens for links: nobody can make, read or change one who does not have the secret. */
export type Seal = { seal(text: string): string /** Undefined when it is none of ours. */; open(token: string): string | undefined };

const [ivLength, tagLength] = [12, 16];
// What opens to more than this is none of ours: our texts are some thousand characters.
const longestText = 100_000;

/** `purpose` keeps tokens of one kind from being taken for another. */
export function createSeal(secret: string, purpose: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  return {
    seal(text) {
      const iv = randomBytes(ivLength);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const sealed = Buffer.concat([cipher.update(deflateRawSync(text)), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open(token) {
      const sealed = Buffer.from(token, 'base64url');
      if (sealed.length <= ivLength + tagLength) return undefined;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivLength));
        decipher.setAuthTag(sealed.subarray(ivLength, ivLength + tagLength));
        const opened = Buffer.concat([decipher.update(sealed.subarray(ivLength + tagLength)), decipher.final()]);
        return inflateRawSync(opened, { maxOutputLength: longestText }).toString('utf8');
      } catch {
        // Not sealed with this key: made up, damaged, or from before the secret was changed.
        return undefined;
      }
    },
  };
}
