/** What a text says as JSON; undefined when it is none. Never the parser's error, which quotes what it choked on. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
