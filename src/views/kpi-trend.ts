import { type Course, courseOf, type KpiTrend } from '../domain/kpi-trend.ts';
import { mostReadings, mostTrends, type TrendPicture } from '../domain/picture.ts';
import type { KpiReading } from '../domain/programme-state.ts';
import type { CardBlock, Text, TextPart } from './card.ts';
import { type ViewContext, wordsOf } from './context.ts';
import type { Item } from './parts.ts';
import { kpiLine } from './programme.ts';
import { plainText, shorten } from './text.ts';

// Several of them stand in the link of one picture.
const labelLimit = 60;
const levelLimit = 24;

/** "first meetings: 3 → 6", and below it the last reading with who gave it and where it went since the start. */
export function kpiItem(ctx: ViewContext, trend: KpiTrend): Item {
  const { kpi, readings } = trend;
  const text = kpiLine(ctx, kpi, wordsOf(ctx, kpi.name));
  const last = readings.at(-1);
  return { text, note: last ? lastReading(ctx, trend, last) : ctx.words.say('kpi.no-reading') };
}

function lastReading(ctx: ViewContext, trend: KpiTrend, last: KpiReading): Text {
  const slots = { value: readingWords(ctx, trend, last), person: [ctx.person(last.by)], when: [{ at: last.at, as: 'date' }] satisfies Text };
  return [...ctx.words.say('kpi.last', slots), ...courseText(ctx, courseOf(trend))];
}

function courseText(ctx: ViewContext, course: Course): readonly TextPart[] {
  return course === 'unknown' ? [] : [ctx.words.plain('common.comma'), ...ctx.words.say(`kpi.${course}`)];
}

/** In the words of whoever gave it; where these were erased, the figure itself. */
function readingWords(ctx: ViewContext, trend: KpiTrend, reading: KpiReading): string {
  const { text, value, unit } = reading;
  const words = ctx.quote(text)?.trim();
  const percent = unit === undefined && isPercent(trend, reading) ? '%' : '';
  return words ? `${shorten(words, levelLimit)}${percent}` : `${value}${unit === undefined ? percent : ` ${unit}`}`;
}

/** "38" on a way from 30 % to 65 % is 38 %. */
function isPercent({ baseline, target }: KpiTrend, { unit }: KpiReading): boolean {
  return unit === undefined ? (target ?? baseline)?.unit === '%' : unit === '%';
}

/** Where KPIs stood from week to week, as a picture; undefined while there is no reading. Its words stand beside it (kpiItem). `zone`: where the call takes place. */
export function trendPicture(ctx: ViewContext, trends: readonly KpiTrend[], zone: string): CardBlock | undefined {
  const read = trends.filter(({ readings }) => readings.length > 0).slice(0, mostTrends);
  if (read.length === 0) return undefined;
  const picture: TrendPicture = { kind: 'kpi-trend', title: ctx.words.plain('kpi.picture-title'), kpis: read.map((trend) => drawn(ctx, trend, zone)) };
  const alt = picture.kpis.map(({ label, points }) =>
    ctx.words.plain('kpi.picture-alt', {
      name: label,
      points: points.map(({ label: value, when }) => `${value} (${when})`).join(ctx.words.plain('common.comma')),
    }),
  );
  return { type: 'image', picture, alt: alt.join(' '), told: true };
}

function drawn(ctx: ViewContext, trend: KpiTrend, zone: string): TrendPicture['kpis'][number] {
  const { kpi, baseline, target, readings } = trend;
  const level = (label: string) => shorten(label, levelLimit);
  return {
    label: shorten(wordsOf(ctx, kpi.name), labelLimit),
    ...(baseline &&
      kpi.baseline && { baseline: { value: baseline.value, label: ctx.words.plain('kpi.picture-start', { words: level(wordsOf(ctx, kpi.baseline)) }) } }),
    ...(target && kpi.target && { target: { value: target.value, label: ctx.words.plain('kpi.picture-target', { words: level(wordsOf(ctx, kpi.target)) }) } }),
    points: readings.slice(-mostReadings).map((reading) => ({
      value: reading.value,
      label: `${reading.value}${isPercent(trend, reading) ? ' %' : ''}`,
      when: dayOf(reading.at, zone),
    })),
  };
}

/** "1 Dec": without the year, which the card says. */
function dayOf(at: number, zone: string): string {
  return plainText([{ at, as: 'date' }], zone).replace(/^\S+ | \d{4}$/g, '');
}
