import { once } from 'node:events';
import { createServer } from 'node:http';

export type TeamsConnector = {
  url: string;
  /** When so many more messages have been taken (`performance.now()`). Rejects when that takes longer than `withinMs`. */
  afterPosts(more: number, withinMs: number): Promise<number>;
  close(): void;
};

/** A Bot Connector that takes everything and answers at once. */
export async function openConnector(): Promise<TeamsConnector> {
  let posted = 0;
  let awaited: { count: number; reached: (at: number) => void } | undefined;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const path = request.url ?? '';
    response.writeHead(200, { 'content-type': 'application/json' });
    if (request.method === 'POST' && path.includes('/activities')) {
      const { type }: { type?: unknown } = JSON.parse(Buffer.concat(chunks).toString());
      if (type === 'message') posted += 1;
      if (posted === awaited?.count) awaited.reached(performance.now());
      response.end(JSON.stringify({ id: String(1_600_000_000_000 + posted) }));
    } else if (path.includes('/pagedmembers')) response.end(JSON.stringify({ members: [] }));
    else if (path.includes('/members/')) response.end(JSON.stringify(member(decodeURIComponent(path.split('/members/')[1] ?? ''))));
    else response.end(JSON.stringify({ id: 'a:chat', conversations: [] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    afterPosts: (more, withinMs) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`Of ${more} answers some did not come within ${withinMs} ms.`)), withinMs);
        const reached = (at: number): void => {
          clearTimeout(late);
          resolve(at);
        };
        awaited = { count: posted + more, reached };
      }),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** As the activities name them (teams-load.ts). */
function member(id: string): { id: string; aadObjectId: string; name: string } {
  const number = /(\d+)$/.exec(id)?.[1] ?? '0';
  return { id: `29:${Number(number)}`, aadObjectId: `00000000-0000-4000-8000-${number.padStart(12, '0')}`, name: `Person ${Number(number)}` };
}
