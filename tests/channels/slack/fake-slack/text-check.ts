/** Notes what is wrong, in Slack's manner: `must be less than 3001 characters [json-pointer:/blocks/0/text/text]`. */
export type Complain = (pointer: string, what: string) => void;

/** A text object: 1 to `most` characters. */
export function checkText(value: unknown, at: string, most: number, complain: Complain, only?: 'plain_text') {
  if (!isObject(value)) return complain(at, 'must be a text object');
  const type = value['type'];
  if (only !== undefined && type !== only) complain(`${at}/type`, `must be ${only}`);
  else if (type !== 'plain_text' && type !== 'mrkdwn') complain(`${at}/type`, `unsupported type: ${String(type)}`);
  if (type === 'mrkdwn' && value['emoji'] !== undefined) complain(`${at}/emoji`, 'additional properties are not allowed');
  if (type === 'plain_text' && value['verbatim'] !== undefined) complain(`${at}/verbatim`, 'additional properties are not allowed');
  const text = value['text'];
  if (typeof text !== 'string') complain(`${at}/text`, 'must be a string');
  else if (text.length < 1) complain(`${at}/text`, 'must be more than 0 characters');
  else if (text.length > most) complain(`${at}/text`, `must be less than ${most + 1} characters`);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
