import { font, ink, text, wrap } from './svg-words.ts';

/** A link of the chain as the picture shows it. */
export type DrawnLink = { label: string; words: string; status: 'clear' | 'thin' | 'missing' };

const width = 1200;
const row = { height: 78, gap: 22, top: 4 };
const label = { x: 28, perLine: 22, mostLines: 2 };
const said = { x: 380, perLine: 58, mostLines: 2 };
const lineHeight = 30;
const looks = {
  clear: { fill: ink.quick, stroke: '#0b6e4f', dashes: '' },
  thin: { fill: ink.paper, stroke: '#0b6e4f', dashes: ' stroke-dasharray="10 6"' },
  missing: { fill: ink.paper, stroke: ink.line, dashes: ' stroke-dasharray="4 8"' },
} as const;

/** The alignment chain as SVG: from the goal at the top down to how it is measured, each link with its words; what is not clear has a broken border. */
export function chainSvg(links: readonly DrawnLink[]): { svg: string; width: number; height: number } {
  const height = row.top * 2 + links.length * row.height + (links.length - 1) * row.gap;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${font}">`,
    `<rect width="${width}" height="${height}" fill="${ink.paper}"/>`,
    ...links.map((link, at) => drawn(link, row.top + at * (row.height + row.gap), at < links.length - 1)),
    '</svg>',
  ].join('');
  return { svg, width, height };
}

function drawn(link: DrawnLink, y: number, goesOn: boolean): string {
  const { fill, stroke, dashes } = looks[link.status];
  const quiet = link.status === 'missing' ? ink.soft : ink.strong;
  return [
    `<rect x="2" y="${y}" width="${width - 4}" height="${row.height}" rx="10" fill="${fill}" stroke="${stroke}" stroke-width="2"${dashes}/>`,
    ...column(wrap(link.label, label), y, { x: label.x, weight: 'bold' }),
    ...column(wrap(link.words, said), y, { x: said.x, fill: quiet }),
    ...(goesOn ? [arrow(y + row.height, stroke)] : []),
  ].join('');
}

function column(lines: readonly string[], y: number, style: { x: number; weight?: 'bold'; fill?: string }): string[] {
  const first = y + row.height / 2 - ((lines.length - 1) * lineHeight) / 2 + 8;
  return lines.map((line, at) => text(line, { ...style, y: first + at * lineHeight, size: 23 }));
}

function arrow(y: number, stroke: string): string {
  const x = 190;
  const end = y + row.gap - 2;
  return `<path d="M ${x} ${y + 2} V ${end - 8} M ${x - 9} ${end - 11} L ${x} ${end - 2} L ${x + 9} ${end - 11}" fill="none" stroke="${stroke}" stroke-width="3"/>`;
}
