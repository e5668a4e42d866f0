/** A command that the domain refuses. `code` is stable and may be matched; `message` says what to do and may be shown. */
export class DomainError extends Error {
  readonly code: 'not_allowed' | 'not_open' | 'no_draft' | 'outdated' | 'unknown_target';
  constructor(code: DomainError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DomainError';
    this.code = code;
  }
}
