import type { Request, Response, Server } from 'restify';
import { escapeHtml } from './channels/escape-html.ts';
import { pageHeaders, plainPage } from './plain-page.ts';
import type { Words } from './views/wording.ts';

/** Adds GET /about: what Plumb is and keeps, for whoever is asked to allow it. The package for Teams points at it. */
export function mountAboutPage(server: Server, words: Words): void {
  const page = aboutPage(words);
  server.get('/about', async (_request: Request, response: Response) => {
    response.sendRaw(200, page, pageHeaders);
  });
}

function aboutPage(words: Words): string {
  const title = words.plain('about-page.title');
  const body = [
    paragraph(words.plain('about-page.what')),
    `<h2 id="privacy">${escapeHtml(words.plain('about-page.privacy-title'))}</h2>`,
    paragraph(words.plain('about-page.privacy')),
    paragraph(words.plain('about-page.kept')),
    paragraph(words.plain('about-page.model')),
    paragraph(words.plain('about-page.erase')),
    `<h2 id="terms">${escapeHtml(words.plain('about-page.terms-title'))}</h2>`,
    paragraph(words.plain('about-page.terms')),
  ];
  return plainPage(title, body.join(''));
}

function paragraph(text: string): string {
  return `<p>${escapeHtml(text)}</p>`;
}
