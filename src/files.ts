import { randomUUID } from 'node:crypto';
import type { Request, Response, Server } from 'restify';
import { z } from 'zod';
import type { Clock, InboundEvent, Intake, InteractionResponse } from './app/ports.ts';
import { servePage } from './plain-page.ts';
import { createSeal } from './sealed-links.ts';
import type { Words } from './views/wording.ts';

/**
 * Files under links of their own, for where a platform takes none. A link holds, encrypted, who asked for the file and how: opening it asks again, as that
 * person, so that nothing is kept meanwhile and what was erased, changed or closed to them since is not given.
 */
export type FileLinks = {
  /** The response with a link beside its file. `base`: the address under which people reach Plumb. */
  withLink(base: string, asked: InboundEvent, response: InteractionResponse): InteractionResponse;
  /** Adds GET /files/<token>. */
  mount(server: Server): void;
};

const path = '/files/';
const lifetime = 24 * 3_600_000;
// Cards take longer links, but nothing that asks for a file needs one.
const longest = 4_000;

const ref = z.object({ channel: z.enum(['slack', 'teams', 'room']), tenant: z.string(), place: z.string(), thread: z.string() });
const values = z.record(z.string(), z.string());
const who = { conversation: ref, personId: z.string(), value: values, inputs: values };
const askedSchema = z.union([z.object({ ...who, action: z.string() }), z.object({ ...who, submit: z.string() })]);
const contents = z.object({ until: z.number(), document: z.string(), asked: askedSchema });
type Asked = z.infer<typeof askedSchema>;
type File = Extract<InteractionResponse, { kind: 'file' }>;

/** `secret` is any secret of this installation: whoever has it can make links. Links end by the real clock, whatever the room's shows. */
export function createFileLinks(
  secret: string,
  { intake, words, clock = { now: Date.now } }: { intake: () => Intake | undefined; words: Words; clock?: Clock },
): FileLinks {
  const sealed = createSeal(secret, 'plumb files');

  /** The file as it is now, if it still is what the link was made for. */
  async function fileBehind(token: string): Promise<File | 'gone' | 'late'> {
    const opened = token.length > longest ? undefined : sealed.open(token);
    const link = opened === undefined ? undefined : contents.safeParse(JSON.parse(opened)).data;
    if (!link || link.until < clock.now()) return 'gone';
    const ready = intake();
    const answer = await ready?.interact(askedAgain(link.asked, Date.now()));
    // A browser waits longer than a chat.
    const response = answer?.kind === 'notice' && answer.later ? await answer.later : answer;
    // Nothing in time, or Plumb is only just starting.
    if (!response || response.kind === 'nothing' || (response.kind === 'notice' && response.failed)) return 'late';
    return response.kind === 'file' && response.document === link.document ? response : 'gone';
  }

  const links: FileLinks = {
    withLink(base, event, response) {
      const asked = askedIn(event);
      if (response.kind === 'notice' && response.later) return { ...response, later: response.later.then((late) => links.withLink(base, event, late)) };
      if (response.kind !== 'file' || response.document === undefined || !asked) return response;
      const until = clock.now() + lifetime;
      const token = sealed.seal(JSON.stringify({ until, document: response.document, asked }));
      return token.length > longest ? response : { ...response, link: { url: `${base}${path}${token}`, until } };
    },
    mount(server) {
      // A wildcard: named parts of a path may have 100 characters at most (find-my-way, maxParamLength).
      server.get(`${path}*`, async (request: Request, response: Response) => {
        const file = await fileBehind(request.path().slice(path.length));
        if (file === 'gone') servePage(response, 410, { title: words.plain('file-page.gone-title'), text: words.plain('file-page.gone') });
        else if (file === 'late') servePage(response, 503, { title: words.plain('file-page.late-title'), text: words.plain('file-page.late') });
        else give(response, file);
      });
    },
  };
  return links;
}

function askedIn(event: InboundEvent): Asked | undefined {
  if (event.type !== 'ActionTaken' && event.type !== 'FormSubmitted') return undefined;
  const { conversation, personId, value, inputs } = event;
  const common = { conversation, personId, value: { ...value }, inputs: { ...inputs } };
  return event.type === 'ActionTaken' ? { ...common, action: event.action } : { ...common, submit: event.submit };
}

function askedAgain(asked: Asked, at: number): InboundEvent {
  const origin = { eventKey: `file-link:${randomUUID()}`, at };
  return 'action' in asked ? { type: 'ActionTaken', ...origin, ...asked } : { type: 'FormSubmitted', ...origin, ...asked, again: true };
}

function give(response: Response, { name, mediaType, content }: File): void {
  const type = mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType;
  // Names are small ASCII letters, digits and hyphens (documents/file-name.ts); a quote would end the header's value.
  response.writeHead(200, { 'content-type': type, 'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '-')}"` });
  response.end(Buffer.from(content));
}
