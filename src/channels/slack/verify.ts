import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';

// docs.slack.dev, "Verifying requests from Slack": what is older than five minutes may be a replay.
const TOLERANCE_S = 300;

export type Signed = { timestamp: string | undefined; signature: string | undefined; body: Buffer };

/**
 * Whether a request was signed by Slack, by real time (epoch milliseconds). Bolt's own verifySlackRequest is not used: it signs the body as text, so that
 * bytes which are no UTF-8 are compared as something else, takes moments in the future and headers that are no number, and throws for what is common.
 */
export function createVerify(signingSecret: string, realNow: () => number = Date.now): (request: Signed) => boolean {
  const key = createSecretKey(Buffer.from(signingSecret));
  return ({ timestamp, signature, body }) => {
    if (timestamp === undefined || signature === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
    if (Math.abs(realNow() / 1_000 - Number(timestamp)) > TOLERANCE_S) return false;
    const ours = Buffer.from(`v0=${createHmac('sha256', key).update(`v0:${timestamp}:`).update(body).digest('hex')}`);
    const given = Buffer.from(signature);
    return given.length === ours.length && timingSafeEqual(given, ours);
  };
}
