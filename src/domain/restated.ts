import { rememberAct } from './acts.ts';
import type { SignOffEvent } from './sign-off-event.ts';
import type { Core, RestatedPart, StartedAlignment, Understood } from './state.ts';

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
export function told({ understood, restated = [] }: Core): Understood {
  return restated.reduceRight((before, { part, was }) => withPart(before, part, was), understood);
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
