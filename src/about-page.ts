import { createHash } from 'node:crypto';
import type { Request, Response, Server } from 'restify';
import { escapeHtml } from './channels/escape-html.ts';
import type { Words } from './views/wording.ts';

const style = [
  ':root{color-scheme:light dark}',
  'body{font:1.125rem/1.6 system-ui,sans-serif;max-width:38rem;margin:8vh auto;padding:0 1.5rem}',
  'h1{font-size:1.75rem;line-height:1.25}',
  'h2{font-size:1.25rem;margin-top:2rem}',
].join('');

// Only this very style may apply, and nothing may run, load or frame the page.
const styleHash = createHash('sha256').update(style).digest('base64');
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};

/** Adds GET /about: what Plumb is and keeps, for whoever is asked to allow it. The package for Teams points at it. */
export function mountAboutPage(server: Server, words: Words): void {
  const page = aboutPage(words);
  server.get('/about', async (_request: Request, response: Response) => {
    response.sendRaw(200, page, headers);
  });
}

function aboutPage(words: Words): string {
  const title = words.plain('about-page.title');
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    paragraph(words.plain('about-page.what')),
    `<h2 id="privacy">${escapeHtml(words.plain('about-page.privacy-title'))}</h2>`,
    paragraph(words.plain('about-page.privacy')),
    paragraph(words.plain('about-page.kept')),
    paragraph(words.plain('about-page.model')),
    paragraph(words.plain('about-page.erase')),
    `<h2 id="terms">${escapeHtml(words.plain('about-page.terms-title'))}</h2>`,
    paragraph(words.plain('about-page.terms')),
  ];
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title><style>${style}</style></head><body><main>${body.join('')}</main></body></html>`,
  ].join('');
}

function paragraph(text: string): string {
  return `<p>${escapeHtml(text)}</p>`;
}
