import type { Request, Response, Server } from 'restify';
import { z } from 'zod';
import { pictureSchema } from './app/card-schema.ts';
import type { Clock } from './app/ports.ts';
import type { Picture } from './domain/picture.ts';
import { createSeal, type Seal } from './sealed-links.ts';

/** Pictures in cards, each under a link of its own that holds what it shows, encrypted: nothing of it is stored, and nobody can make or read such a link. */
export type Pictures = {
  /** `base`: the address under which whoever sees the card reaches Plumb, '' on its own page. Undefined when the link would be too long. */
  linkTo(base: string, picture: Picture): string | undefined;
  /** Adds GET /pictures/<token>. */
  mount(server: Server): void;
};

const path = '/pictures/';
const day = 86_400_000;
/** Cards show their picture for half a year; the words beside it stay. */
const lifetime = 180 * day;
// Slack takes 3,000 characters (docs.slack.dev: image block, image_url), and the address comes before it.
const longest = 2_700;

const contents = z.object({ until: z.number(), picture: pictureSchema });

/** `secret` is any secret of this installation: links made with it can be read by whoever has it. Links end by the real clock, whatever the room's shows. */
export function createPictures(secret: string, clock: Clock = { now: Date.now }): Pictures {
  const draw = remembering(drawPicture);
  const sealed = createSeal(secret, 'plumb pictures');
  return {
    linkTo(base, shown) {
      const token = sealed.seal(JSON.stringify({ until: clock.now() + lifetime, picture: shown }));
      return token.length > longest ? undefined : `${base}${path}${token}`;
    },
    mount(server) {
      // A wildcard: named parts of a path may have 100 characters at most (find-my-way, maxParamLength).
      server.get(`${path}*`, async (request: Request, response: Response) => {
        const token = request.path().slice(path.length);
        const found = read(sealed, token, clock.now());
        if (!found) {
          response.sendRaw(404, '', {});
          return;
        }
        const drawn = await draw(token, found);
        // Chats show it on their own pages, and may keep it as long as the card.
        const headers = { 'content-type': 'image/png', 'cache-control': 'private, max-age=86400', 'cross-origin-resource-policy': 'cross-origin' };
        response.writeHead(200, headers);
        response.end(drawn);
      });
    },
  };
}

async function drawPicture(shown: Picture): Promise<Buffer> {
  // Loaded with the first picture: it takes 30 MB that most conversations never need.
  const { drawPng } = await import('./documents/draw-png.ts');
  if (shown.kind === 'impact-cost') return drawPng((await import('./documents/impact-cost-svg.ts')).impactCostSvg(shown));
  return drawPng((await import('./documents/kpi-trend-svg.ts')).kpiTrendSvg(shown));
}

/** Drawing holds up everything else for 50 to 100 ms: whoever asks for one picture again and again must not. Some hundred kilobytes each at most. */
const mostRemembered = 16;

function remembering(draw: (shown: Picture) => Promise<Buffer>): (token: string, shown: Picture) => Promise<Buffer> {
  const drawn = new Map<string, Promise<Buffer>>();
  return (token, shown) => {
    const known = drawn.get(token) ?? draw(shown);
    drawn.delete(token);
    drawn.set(token, known);
    known.catch(() => drawn.delete(token));
    const [oldest] = drawn.keys();
    if (drawn.size > mostRemembered && oldest !== undefined) drawn.delete(oldest);
    return known;
  };
}

/** What a link shows; undefined when it is none of ours, was changed, or has ended. */
function read(sealed: Seal, token: string, now: number): Picture | undefined {
  if (token.length > longest) return undefined;
  const opened = sealed.open(token);
  if (opened === undefined) return undefined;
  // One of ours from before the format changed is gone, and no error that would write its link into the log.
  const { data } = contents.safeParse(JSON.parse(opened));
  return data && data.until >= now ? data.picture : undefined;
}
