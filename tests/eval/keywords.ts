const common = new Set(
  (
    'that this with from have been they them their there were what when where which will would should could than then into about after before only also more most ' +
    'some such each every first agreed named anything nothing over under against between until week weeks month point open part'
  ).split(' '),
);

/** The numbers and telling words of a sentence, endings cut, so that "quoted" finds "quotes". */
function keywords(sentence: string): Set<string> {
  const low = sentence.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const numbers = (low.match(/\d[\d.,:]*/g) ?? []).map((number) => number.replace(/[.,:]+$/, '').replaceAll(',', ''));
  const words = (low.match(/\p{L}[\p{L}'-]{3,}/gu) ?? []).filter((word) => !common.has(word)).map((word) => word.slice(0, 5));
  return new Set([...numbers, ...words]);
}

/** Whether a text says a sentence, loosely: at least `part` of its key words stand in it. A sentence without key words is never said. */
export function says(text: string, sentence: string, part: number): boolean {
  const wanted = keywords(sentence);
  return wanted.size > 0 && keywords(text).intersection(wanted).size >= part * wanted.size;
}
