import type { OtherRequest, StartedAlignment } from './state.ts';

/** The message now says this; what was started stays in its place, so that nothing is started a second time. */
export function withOthers(state: StartedAlignment, others: readonly OtherRequest[]): StartedAlignment {
  const before = state.others ?? [];
  if (before.length === 0 && others.length === 0) return state;
  const now = others.map((other, at): OtherRequest => {
    const startedAs = before[at]?.startedAs;
    return startedAs === undefined ? other : { ...other, startedAs };
  });
  return { ...state, others: [...now, ...before.slice(others.length).filter(({ startedAs }) => startedAs !== undefined)] };
}
