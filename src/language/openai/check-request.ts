import type { Understanding } from '../language.ts';
import { checkStated, locate, type Sent } from './check-stated.ts';
import type { HeardRequest } from './outcome.ts';
import type { ModelRequest } from './schemas.ts';

/** What the model heard, as far as the text bears it out; undefined when it hears a request and cannot say in which words. */
export function checkRequest(sent: Sent, request: ModelRequest): { heard: HeardRequest; unfounded: number } | undefined {
  const { answers, entities, unfounded } = checkStated(sent, request);
  if (request.band !== 'no' && !locate(sent, request.asking)) return undefined;
  const reasons = request.band === 'no' ? [] : [...new Set(request.reasons)];
  return { heard: { band: request.band, reasons, understood: understoodIn(sent, request), answers, entities, cues: [] }, unfounded };
}

function understoodIn(sent: Sent, request: ModelRequest): Understanding {
  const topic = locate(sent, request.topic);
  const audience = locate(sent, request.audience);
  const format = locate(sent, request.format);
  const deadline = locate(sent, request.deadline);
  return { ...(topic && { topic }), ...(audience && { audience }), ...(format && { format }), ...(deadline && { deadline }) };
}
