const statusOf = {
  bad_request: 400,
  empty_message: 400,
  not_json: 415,
  wrong_origin: 403,
  not_yours: 403,
  not_found: 404,
  nothing_planned: 409,
  clock_fixed: 409,
  example_running: 409,
  too_long: 413,
  too_large: 413,
  not_stored: 503,
  starting: 503,
} as const;

/** A request that the room refuses. `code` is stable; `message` says what to do and is shown to the person. */
export class RoomError extends Error {
  readonly code: keyof typeof statusOf;
  constructor(code: keyof typeof statusOf, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RoomError';
    this.code = code;
  }
  /** The HTTP status that goes with it. */
  get status(): number {
    return statusOf[this.code];
  }
}
