/** What the response to an activity says; `body` is for invokes. */
export type Answer = { status: number; body?: unknown };
