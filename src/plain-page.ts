import { createHash } from 'node:crypto';
import type { Response } from 'restify';
import { escapeHtml } from './channels/escape-html.ts';

const style = [
  ':root{color-scheme:light dark}',
  'body{font:1.125rem/1.6 system-ui,sans-serif;max-width:38rem;margin:8vh auto;padding:0 1.5rem}',
  'h1{font-size:1.75rem;line-height:1.25}',
  'h2{font-size:1.25rem;margin-top:2rem}',
].join('');

// Only this very style may apply, and nothing may run, load or frame the page.
const styleHash = createHash('sha256').update(style).digest('base64');
/** What every page of Plumb's own is served with. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};

/** A page with a title above `body`, which is HTML. */
export function plainPage(title: string, body: string): string {
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title><style>${style}</style></head><body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`,
  ].join('');
}

/** Answers with a page of one paragraph. */
export function servePage(response: Response, status: number, { title, text }: { title: string; text: string }): void {
  response.sendRaw(status, plainPage(title, `<p>${escapeHtml(text)}</p>`), pageHeaders);
}
