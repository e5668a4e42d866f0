/** A POST with JSON. Status 0: no answer, so nobody knows whether it arrived. */
export async function call(url: string, body: unknown): Promise<{ status: number; body: unknown }> {
  try {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    return { status: response.status, body: await response.json() };
  } catch {
    // Refused or broken off by a kill: the person sees that it failed.
    return { status: 0, body: undefined };
  }
}
