// Explicit directions would reach beyond the words that they stand in, to who is said to have said them; marks of single characters stay.
const noText = /[\u202a-\u202e\u2066-\u2069]|[^\P{Cc}\t\r\n]/gu;

/** People's words without what is no text: control characters, and marks that turn the direction of what stands around them. */
export function asWords(text: string): string {
  return text.replace(noText, '');
}
