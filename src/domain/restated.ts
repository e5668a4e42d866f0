import { rememberAct } from './acts.ts';
import type { SignOffEvent } from './sign-off-event.ts';
import type { Core, RestatedPart, StartedAlignment, Understood } from './state.ts';
import { sameQuote } from './status-report.ts';

/** A part of what the request told, said differently. */
export function partChanged(state: StartedAlignment, event: Extract<SignOffEvent, { type: 'PartChanged' }>): StartedAlignment {
  const { type: _type, ...restated } = event;
  return { ...state, ...restatedOver(told(state), [...(state.restated ?? []), restated]), acts: rememberAct(state.acts, event) };
}

/** Only what was said anew like this; in the place of the rest stands what stood there before. */
export function keepRestated<S extends Core>(state: S, keep: (restated: RestatedPart) => boolean): S {
  return state.restated?.some((one) => !keep(one)) ? { ...state, ...restatedOver(told(state), state.restated.filter(keep)) } : state;
}

/** The request tells something else now; what was said anew since still holds. */
export function retold<S extends Core>(state: S, understood: Understood): S {
  return state.restated ? { ...state, ...restatedOver(understood, state.restated) } : { ...state, understood };
}

/** What the request told by itself. */
function told({ understood, restated = [] }: Core): Understood {
  return restated.reduceRight((before, { part, was }) => withPart(before, part, was), understood);
}

/** The parts of a request that a brief shows, in their order. */
export const understoodParts = ['topic', 'audience', 'format', 'deadline'] as const;

/** What of it was said anew since, as far as it says something else than the request did: each part once. */
export function restatedIn(state: StartedAlignment): { restated?: readonly RestatedPart[] } {
  const { understood, restated = [] } = state;
  if (restated.length === 0) return {};
  const request = told(state);
  const shown = understoodParts.flatMap((part) => {
    const quote = understood[part];
    if (sameQuote(quote, request[part])) return [];
    const same = restated.filter((one) => one.part === part && sameQuote(one.quote, quote));
    // Set back to words that stood there before: they are still of whoever said them first.
    return (quote ? same[0] : same.at(-1)) ?? [];
  });
  return shown.length === 0 ? {} : { restated: shown };
}

function restatedOver(request: Understood, restated: readonly RestatedPart[]): { understood: Understood; restated: RestatedPart[] } {
  let understood = request;
  const over: RestatedPart[] = [];
  for (const { was: _was, ...one } of restated) {
    const was = understood[one.part];
    over.push({ ...one, ...(was && { was }) });
    understood = withPart(understood, one.part, one.quote);
  }
  return { understood, restated: over };
}

function withPart(understood: Understood, part: keyof Understood, quote: Understood[keyof Understood]): Understood {
  const { [part]: _was, ...others } = understood;
  return quote ? { ...others, [part]: quote } : others;
}
