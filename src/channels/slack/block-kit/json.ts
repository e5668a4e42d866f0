/** What a text says as JSON; undefined when it says nothing (forged, or cut by somebody else). */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
