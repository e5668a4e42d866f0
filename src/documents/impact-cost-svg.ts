import { type ImpactCostPicture, mostPoints } from '../domain/picture.ts';
import { font, ink, text, wrap } from './svg-words.ts';

// Twice the size at which chats show a picture, so that it stays sharp on dense screens.
const width = 1200;
const plot = { left: 96, top: 96, size: 560 };
const legend = { left: 720, top: 132, width: 440 };
/** Told apart by shape and lightness too, not by colour alone. */
const marks = { now: { fill: '#0b6e4f', text: '#ffffff' }, next: { fill: '#2f6fb7', text: '#ffffff' }, later: { fill: '#ffffff', text: '#1f2933' } } as const;
const phases = ['now', 'next', 'later'] as const;
const lineHeight = 30;
// What is cut off stands in the card or the document beside the picture.
const room = { perLine: 32, mostLines: 2 };

type Point = ImpactCostPicture['points'][number];
type Placed = Point & { number: number; x: number; y: number; radius: number };

/** The impact-versus-cost matrix as SVG: cost to the right, impact upwards, each action a numbered mark with its words in a list beside it. */
export function impactCostSvg(picture: ImpactCostPicture): string {
  return pictureSvg(picture).svg;
}

/** The same with its size. */
export function pictureSvg(picture: ImpactCostPicture): { svg: string; width: number; height: number } {
  const placed = place(picture.points.slice(0, mostPoints));
  const list = listed(placed);
  const height = Math.max(plot.top + plot.size + 110, legend.top + list.height + 60);
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${font}">`,
    `<rect width="${width}" height="${height}" fill="${ink.paper}"/>`,
    text(picture.title, { x: plot.left, y: 54, size: 30, weight: 'bold' }),
    ...grid(picture.axes),
    ...key(picture.phases),
    ...placed.map(mark),
    ...list.lines,
    '</svg>',
  ].join('');
  return { svg, width, height };
}

function grid(axes: ImpactCostPicture['axes']): string[] {
  const { left, top, size } = plot;
  const half = size / 2;
  const steps = [1, 2, 3, 4, 5];
  return [
    // Much for little: the corner to begin with.
    `<rect x="${left}" y="${top}" width="${half}" height="${half}" fill="${ink.quick}"/>`,
    ...steps.flatMap((step) => [
      `<line x1="${at(step)}" y1="${top}" x2="${at(step)}" y2="${top + size}" stroke="${ink.grid}" stroke-width="2"/>`,
      `<line x1="${left}" y1="${up(step)}" x2="${left + size}" y2="${up(step)}" stroke="${ink.grid}" stroke-width="2"/>`,
      text(String(step), { x: at(step), y: top + size + 32, size: 22, anchor: 'middle', fill: ink.soft }),
      text(String(step), { x: left - 18, y: up(step) + 8, size: 22, anchor: 'end', fill: ink.soft }),
    ]),
    `<rect x="${left}" y="${top}" width="${size}" height="${size}" fill="none" stroke="${ink.line}" stroke-width="2"/>`,
    `<line x1="${left + half}" y1="${top}" x2="${left + half}" y2="${top + size}" stroke="${ink.line}" stroke-width="2" stroke-dasharray="8 8"/>`,
    `<line x1="${left}" y1="${top + half}" x2="${left + size}" y2="${top + half}" stroke="${ink.line}" stroke-width="2" stroke-dasharray="8 8"/>`,
    text(axes.cost, { x: left + half, y: top + size + 72, size: 24, anchor: 'middle', fill: ink.soft }),
    `<g transform="translate(36 ${top + half}) rotate(-90)">${text(axes.impact, { x: 0, y: 0, size: 24, anchor: 'middle', fill: ink.soft })}</g>`,
  ];
}

function key(names: ImpactCostPicture['phases']): string[] {
  return phases.flatMap((phase, index) => {
    const x = legend.left + index * 150;
    return [circle(x + 12, 88, 12, phase), text(names[phase], { x: x + 34, y: 96, size: 22, fill: ink.soft })];
  });
}

/** Where a value from 1 to 5 stands, with half a step to the borders. */
function at(cost: number): number {
  return plot.left + ((cost - 0.5) / 5) * plot.size;
}

function up(impact: number): number {
  return plot.top + plot.size - ((impact - 0.5) / 5) * plot.size;
}

/** Marks of the same value stand side by side in their square, in the order of the list. */
function place(points: readonly Point[]): Placed[] {
  return points.map((point, index) => {
    const alike = points.flatMap(({ impact, cost }, other) => (impact === point.impact && cost === point.cost ? [other] : []));
    const { columns, apart, radius } = seats(alike.length);
    const before = alike.indexOf(index);
    const middle = (many: number) => (many - 1) / 2;
    const row = Math.floor(before / columns);
    const inRow = Math.min(columns, alike.length - row * columns);
    const x = at(point.cost) + ((before % columns) - middle(inRow)) * apart;
    return { ...point, number: index + 1, x, y: up(point.impact) + (row - middle(Math.ceil(alike.length / columns))) * apart, radius };
  });
}

/** How many stand beside each other in one square, which is 112 wide, how far apart, and how large. */
function seats(many: number): { columns: number; apart: number; radius: number } {
  if (many <= 4) return { columns: 2, apart: 46, radius: 20 };
  return many <= 9 ? { columns: 3, apart: 36, radius: 16 } : { columns: 4, apart: 27, radius: 12 };
}

function mark({ x, y, radius, phase, number }: Placed): string {
  const size = Math.round(radius * 1.1);
  return [circle(x, y, radius, phase), text(String(number), { x, y: y + size * 0.36, size, weight: 'bold', anchor: 'middle', fill: marks[phase].text })].join(
    '',
  );
}

function circle(x: number, y: number, radius: number, phase: Point['phase']): string {
  const dashed = phase === 'later' ? ' stroke-dasharray="6 4"' : '';
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${marks[phase].fill}" stroke="${ink.strong}" stroke-width="2"${dashed}/>`;
}

function listed(placed: readonly Placed[]): { lines: string[]; height: number } {
  const lines: string[] = [];
  let y = legend.top;
  for (const point of placed) {
    const wrapped = wrap(point.label, room);
    lines.push(circle(legend.left + 18, y + 8, 18, point.phase));
    lines.push(text(String(point.number), { x: legend.left + 18, y: y + 16, size: 20, weight: 'bold', anchor: 'middle', fill: marks[point.phase].text }));
    for (const [index, line] of wrapped.entries()) lines.push(text(line, { x: legend.left + 52, y: y + 16 + index * lineHeight, size: 22 }));
    y += wrapped.length * lineHeight + 24;
  }
  return { lines, height: y - legend.top };
}
