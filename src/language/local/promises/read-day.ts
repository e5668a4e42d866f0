import type { SaidAt } from '../../language.ts';
import { normalise } from '../normalise.ts';
import { datesIn, monthNames } from './due-date.ts';

const figures = /^(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}))?\.?$/;

/** The day in a field that is meant for one ("Friday", "4 Dec", "in two weeks"), as YYYY-MM-DD; undefined where it is none, or could be two ("4/12"). */
export function readDay(text: string, said: SaidAt): string | undefined {
  const written = normalise(text)
    .trim()
    .replace(/^(?:by|on|until|till|before)\s+/, '');
  const plain = unambiguous(written);
  return plain === undefined ? undefined : datesIn(`by ${plain}`, said)[0]?.date;
}

/** Asking once more is better than the wrong one of two days; with dots it is the day that comes first, wherever people write so. */
function unambiguous(written: string): string | undefined {
  const [, first = '', mark, second = '', year] = figures.exec(written) ?? [];
  if (mark === undefined) return written;
  if (mark === '.') {
    const month = monthNames[Number(second) - 1];
    return month && [first, month, ...(year === undefined ? [] : [year])].join(' ');
  }
  const couldBeTwo = Number(first) <= 12 && Number(second) <= 12 && first !== second;
  return couldBeTwo ? undefined : written;
}
