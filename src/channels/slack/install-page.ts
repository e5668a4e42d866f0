import { createHash } from 'node:crypto';
import { escapeHtml } from '../escape-html.ts';

/** What the pages say that somebody sees while installing Plumb; from prompts/wording.yaml. */
export type InstallWords = {
  installedTitle: string;
  installed: string;
  openSlack: string;
  /** They chose not to allow it. */
  cancelledTitle: string;
  cancelled: string;
  /** The page was open for too long, or in another browser. */
  expiredTitle: string;
  expired: string;
  failedTitle: string;
  failed: string;
  again: string;
};

export type InstallOutcome = 'installed' | 'cancelled' | 'expired' | 'failed';

/** One page with its status and headers; complete in itself, so that it loads nothing. */
export type InstallPage = { status: number; headers: Readonly<Record<string, string>>; body: string };

const statuses: Readonly<Record<InstallOutcome, number>> = { installed: 200, cancelled: 200, expired: 400, failed: 502 };

const style = [
  ':root{color-scheme:light dark}',
  'body{font:1.125rem/1.6 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.5rem}',
  'h1{font-size:1.75rem;line-height:1.25}',
  'a{display:inline-block;padding:.6rem 1.1rem;border-radius:.4rem;background:#1f3a5f;color:#fff;text-decoration:none}',
  'a:focus-visible{outline:3px solid #e0a030;outline-offset:3px}',
].join('');

// Only this very style may apply, and nothing may run, load or frame the page.
const styleHash = createHash('sha256').update(style).digest('base64');
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};

/** `slackUrl`: where their Slack is, if it is known. */
export function installPage(words: InstallWords, outcome: InstallOutcome, { slackUrl }: { slackUrl?: string | undefined } = {}): InstallPage {
  const title = words[`${outcome}Title`];
  const link = outcome === 'installed' ? slackUrl && anchor(slackUrl, words.openSlack) : anchor('/slack/install', words.again);
  const body = [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title><style>${style}</style></head>`,
    `<body><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(words[outcome])}</p>${link ? `<p>${link}</p>` : ''}</main></body></html>`,
  ].join('');
  return { status: statuses[outcome], headers, body };
}

function anchor(href: string, label: string): string {
  return `<a href="${escapeHtml(href)}">${escapeHtml(label)}</a>`;
}
