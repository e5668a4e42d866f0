/** What somebody writes who wants nothing yet but an answer (English only, as everything that is read). */
const greetings: readonly string[] = ['hi', 'hello', 'hey', 'hi there', 'hello there', 'hey there', 'help', 'good morning', 'good afternoon', 'good evening'];

/** Whether a message says nothing but hello, or asks for help and nothing else. */
export function isHello(text: string): boolean {
  const bare = text
    .toLowerCase()
    .replace(/@?\bplumb\b/gu, ' ')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
  return greetings.includes(bare);
}
