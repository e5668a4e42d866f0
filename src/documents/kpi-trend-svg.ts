import { mostReadings, mostTrends, type TrendPicture } from '../domain/picture.ts';
import { font, ink, text, wrap } from './svg-words.ts';

// Narrow, so that its words can be read on a phone, and more than twice the size at which a phone shows it, so that they stay sharp.
const width = 860;
const top = 84;
const panel = { height: 326, left: 40, right: 620, labelAt: 640, plotTop: 92, plotHeight: 150 };
const colours = { line: '#0b6e4f', target: '#2f6fb7' } as const;
/** A name beside its plot must not run out of the picture. */
const heading = { perLine: 46, mostLines: 1 };
const side = { perLine: 15, mostLines: 2 };
const lineHeight = 26;
const sideRoom = 50;
/** "27 Nov" at its size, and a little air. */
const nameRoom = 78;

type Trend = TrendPicture['kpis'][number];
type Scale = { x(at: number): number; y(value: number): number };

/** Each KPI as a line from reading to reading, with the level where it began (dotted) and the target (dashed). */
export function kpiTrendSvg({ title, kpis }: TrendPicture): string {
  const shown = kpis.slice(0, mostTrends);
  const height = top + shown.length * panel.height;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${font}">`,
    `<rect width="${width}" height="${height}" fill="${ink.paper}"/>`,
    text(title, { x: panel.left, y: 52, size: 30, weight: 'bold' }),
    ...shown.map((trend, at) => drawn({ ...trend, points: trend.points.slice(-mostReadings) }, top + at * panel.height)),
    '</svg>',
  ].join('');
}

function drawn(trend: Trend, y: number): string {
  const scale = scaleOf(trend, y);
  const [label = ''] = wrap(trend.label, heading);
  return [
    text(label, { x: panel.left, y: y + 30, size: 25, weight: 'bold' }),
    `<line x1="${panel.left}" y1="${y + panel.plotTop + panel.plotHeight + 18}" x2="${panel.right}" y2="${y + panel.plotTop + panel.plotHeight + 18}" stroke="${ink.grid}" stroke-width="2"/>`,
    ...levels(trend, scale),
    path(trend, scale),
    ...trend.points.map((point, at) => mark(point, { x: scale.x(at), y: scale.y(point.value), panelTop: y, named: isNamed(at, trend.points.length) })),
  ].join('');
}

function stepOf(count: number): number {
  return count > 1 ? (panel.right - panel.left - 2 * sideRoom) / (count - 1) : 0;
}

/** Of many readings every second or third is named, counted from the last, so that names do not run into each other. */
function isNamed(at: number, count: number): boolean {
  return (count - 1 - at) % Math.max(1, Math.ceil(nameRoom / Math.max(stepOf(count), 1))) === 0 || count === 1;
}

/** Everything that is shown fits: readings, where it began, and the target. A single level stands in the middle. */
function scaleOf({ baseline, target, points }: Trend, y: number): Scale {
  const values = [...points.map(({ value }) => value), ...[baseline, target].flatMap((level) => level?.value ?? [])];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = high - low;
  const step = stepOf(points.length);
  return {
    x: (at) => panel.left + sideRoom + at * step,
    y: (value) => y + panel.plotTop + (span === 0 ? panel.plotHeight / 2 : panel.plotHeight * (1 - (value - low) / span)),
  };
}

/** The two levels with their names beside the plot, apart from each other where they are close. */
function levels({ baseline, target }: Trend, { y }: Scale): string[] {
  const given = [
    ...(target ? [{ ...target, stroke: colours.target, dashes: '14 8' }] : []),
    ...(baseline ? [{ ...baseline, stroke: ink.soft, dashes: '3 8' }] : []),
  ].sort((one, other) => y(one.value) - y(other.value));
  let free = Number.NEGATIVE_INFINITY;
  return given.flatMap(({ value, label, stroke, dashes }) => {
    const at = y(value);
    const lines = wrap(label, side);
    const first = Math.max(at + 8 - ((lines.length - 1) * lineHeight) / 2, free);
    free = first + lines.length * lineHeight + 4;
    return [
      `<line x1="${panel.left}" y1="${at}" x2="${panel.right}" y2="${at}" stroke="${stroke}" stroke-width="3" stroke-dasharray="${dashes}"/>`,
      ...lines.map((line, index) => text(line, { x: panel.labelAt, y: first + index * lineHeight, size: 22, fill: stroke })),
    ];
  });
}

function path({ points }: Trend, { x, y }: Scale): string {
  if (points.length < 2) return '';
  const through = points.map(({ value }, at) => `${at === 0 ? 'M' : 'L'} ${x(at)} ${y(value)}`).join(' ');
  return `<path d="${through}" fill="none" stroke="${colours.line}" stroke-width="5" stroke-linejoin="round"/>`;
}

type Place = { x: number; y: number; panelTop: number; named: boolean };

function mark({ label, when }: Trend['points'][number], { x, y, panelTop, named }: Place): string {
  const dot = `<circle cx="${x}" cy="${y}" r="9" fill="${colours.line}" stroke="${ink.paper}" stroke-width="3"/>`;
  if (!named) return dot;
  // Paper behind the figure keeps it legible on top of a line.
  return [
    dot,
    `<rect x="${x - label.length * 7 - 6}" y="${y - 42}" width="${label.length * 14 + 12}" height="28" fill="${ink.paper}" fill-opacity="0.85"/>`,
    text(label, { x, y: y - 20, size: 22, weight: 'bold', anchor: 'middle' }),
    text(when, { x, y: panelTop + panel.plotTop + panel.plotHeight + 48, size: 20, anchor: 'middle', fill: ink.soft }),
  ].join('');
}
