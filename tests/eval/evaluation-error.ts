/** Something that whoever runs the evaluation has to put right; the message says what. */
export class EvaluationError extends Error {
  readonly code = 'evaluation_failed';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EvaluationError';
  }
}
