import { z } from 'zod';
import { parseJson } from '../parse-json.ts';

/** Microsoft Graph did not give what was asked for. Holds nothing of what it wrote back but its code. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: string | undefined;
  constructor(status: number, code: string | undefined) {
    super(`Microsoft Graph did not answer what was asked (HTTP ${status}${code === undefined ? '' : `, ${code}`}).`);
    this.name = 'GraphError';
    this.status = status;
    this.code = code;
  }
}

/** Reads in Microsoft Graph, each thing in one try. Rejects with GraphError, or as `fetch` and the sign-in do. */
export type Graph = {
  /** What stands at a path, in segments that are not encoded yet. `query` is encoded. */
  get(path: readonly string[], signal: AbortSignal, query?: string): Promise<unknown>;
  /** The same of a list, page by page, at most two of them. `query` is encoded. */
  pages(path: readonly string[], query: string, signal: AbortSignal): AsyncGenerator<readonly unknown[]>;
};

export const microsoftGraph = 'https://graph.microsoft.com';
const version = '/v1.0/';
// A team or channel answers few questions a second (Microsoft Learn: "Microsoft Graph service-specific throttling limits").
const mostPages = 2;

/** Microsoft Learn: "Microsoft Graph error responses and resource types" and "Paging Microsoft Graph data in your app". */
const Refusal = z.object({ error: z.object({ code: z.string() }) });
const Page = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().optional() });

/** Microsoft Graph at an address (without a path), with a token for each call. */
export function createGraph({ url, token }: { url: string; token: () => Promise<string> }): Graph {
  const addressOf = (path: readonly string[]): URL => new URL(`${version}${path.map(encodeURIComponent).join('/')}`, url);

  async function read(address: URL, signal: AbortSignal): Promise<unknown> {
    const authorization = `Bearer ${await token()}`;
    // The token is for this address and no other.
    const response = await fetch(address, { headers: { authorization, accept: 'application/json' }, redirect: 'error', signal });
    const body = parseJson(await response.text());
    if (!response.ok) throw new GraphError(response.status, Refusal.safeParse(body).data?.error.code);
    return body;
  }

  /** Where a list goes on. A link that leads elsewhere is none. */
  function nextOf(link: string | undefined): URL | undefined {
    const next = link === undefined ? null : URL.parse(link);
    return next?.origin === new URL(url).origin && next.pathname.startsWith(version) ? next : undefined;
  }

  return {
    get(path, signal, query = '') {
      const address = addressOf(path);
      address.search = query;
      return read(address, signal);
    },
    async *pages(path, query, signal) {
      let next: URL | undefined = addressOf(path);
      next.search = query;
      for (let count = 0; next && count < mostPages; count += 1) {
        const page: z.infer<typeof Page> = Page.parse(await read(next, signal));
        yield page.value;
        next = nextOf(page['@odata.nextLink']);
      }
    },
  };
}
