import type { QuestionId } from '../../src/domain/questions.ts';
import type { Reading, Span } from '../../src/language/language.ts';
import type { GoldKpi, GoldWhen, ReplyLine } from './formats.ts';
import { isZone } from './zones.ts';

/** For each thing that the line says about itself, whether it was read right. A KPI that was not found is wrong in all that is said of it. */
export type EntityChecks = {
  owner?: boolean;
  delegateTo?: boolean;
  time?: boolean;
  kpiName: readonly boolean[];
  kpiBaseline: readonly boolean[];
  kpiTarget: readonly boolean[];
  kpiLeading: readonly boolean[];
};

export function checkEntities({ text, entities }: ReplyLine, reading: Reading): EntityChecks {
  const kpis = matchKpis(text, entities?.kpis ?? [], reading);
  return {
    ...(entities?.owner && { owner: isOwner(text, entities.owner, reading) }),
    ...(entities?.delegateTo && { delegateTo: isName(wordsAt(text, reading.entities.delegateTo?.name), entities.delegateTo) }),
    ...(entities?.when && { time: isTime(entities.when, reading.entities.when) }),
    kpiName: kpis.map(({ read }) => read !== undefined),
    kpiBaseline: kpis.flatMap(({ gold, read }) => (gold.baseline === undefined ? [] : [isValue(wordsAt(text, read?.baseline), gold.baseline)])),
    kpiTarget: kpis.flatMap(({ gold, read }) => (gold.target === undefined ? [] : [isValue(wordsAt(text, read?.target), gold.target)])),
    kpiLeading: kpis.flatMap(({ gold, read }) => (gold.leading === undefined ? [] : [read?.leading === gold.leading])),
  };
}

function wordsAt(text: string, span: Span | undefined): string | undefined {
  return span && text.slice(span.start, span.end);
}

/** The first person within the words that answer who owns it. A self ("me") is right where its name does not stand elsewhere in the message. */
function isOwner(text: string, gold: string, reading: Reading): boolean {
  const named = peopleAnswering(reading, 'owner').map((person) => wordsAt(text, person.name));
  const [first] = named;
  if (isName(first, gold)) return true;
  const self = first !== undefined && selfWords.test(first.trim());
  return self && named.length > 1 ? isName(named[1], gold) : self && !text.toLowerCase().includes(gold.toLowerCase());
}

const selfWords = /^(?:i|i'm|me|myself|mine|it's me)$/i;

function peopleAnswering({ answers, entities }: Reading, questionId: QuestionId) {
  const spans = answers.filter((answer) => answer.questionId === questionId).map(({ span }) => span);
  return entities.people.filter(({ name }) => spans.some(({ start, end }) => name.start >= start && name.end <= end));
}

/** One name is part of the other, word by word: "Petra" and "Petra Lindqvist" are the same person, "Petra" and "Peter" are not. */
export function isName(found: string | undefined, gold: string): boolean {
  const [one, other] = [nameWords(found ?? ''), nameWords(gold)].sort((a, b) => a.length - b.length);
  return one !== undefined && other !== undefined && one.length > 0 && one.every((word) => other.includes(word));
}

function nameWords(name: string): string[] {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !titles.has(word));
}

const titles = new Set(['the', 'mr', 'mrs', 'ms', 'dr', 's']);

/** Weekday, time and zone, as far as the line says them; a zone that it does not say may be anything. */
export function isTime(gold: GoldWhen, read: Reading['entities']['when']): boolean {
  return (
    (gold.weekday === undefined || read?.weekday === gold.weekday) &&
    (gold.time === undefined || read?.time === gold.time) &&
    (gold.tz === undefined || isZone(read?.timeZone, gold.tz))
  );
}

type ReadKpi = Reading['entities']['kpis'][number];

/** Pairs each KPI of the line with the one read whose name shares most words with it, at least half of the shorter name; each is used once. */
function matchKpis(text: string, golds: readonly GoldKpi[], reading: Reading): { gold: GoldKpi; read: ReadKpi | undefined }[] {
  const left = new Set(reading.entities.kpis);
  return golds.map((gold) => {
    const [best] = [...left]
      .map((read) => ({ read, likeness: likeness(wordsAt(text, read.name) ?? '', gold.name) }))
      .filter((pair) => pair.likeness >= 0.5)
      .sort((one, other) => other.likeness - one.likeness);
    if (best) left.delete(best.read);
    return { gold, read: best?.read };
  });
}

function likeness(found: string, gold: string): number {
  const [one, other] = [new Set(stems(found)), new Set(stems(gold))];
  return one.intersection(other).size / Math.max(1, Math.min(one.size, other.size));
}

const fillers = new Set(['the', 'a', 'an', 'of', 'per', 'in', 'on', 'for', 'to', 'and', 'number', 'rate', 'our', 'with', 'w']);

function stems(words: string): string[] {
  const all = words.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const telling = all.filter((word) => !fillers.has(word));
  return (telling.length > 0 ? telling : all).map((word) => (word.length > 3 ? word.replace(/s$/, '') : word));
}

/** The same leading number; where one is written in words, the same words. */
function isValue(found: string | undefined, gold: string): boolean {
  if (found === undefined) return false;
  const [one, other] = [found, gold].map(leadingNumber);
  return one !== undefined && other !== undefined ? one === other : likeness(found, gold) >= 0.5;
}

const spelled = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

function leadingNumber(words: string): number | undefined {
  const digits = /\d[\d,]*(?:\.\d+)?/.exec(words)?.[0];
  if (digits !== undefined) return Number(digits.replaceAll(',', ''));
  const at = (words.toLowerCase().match(/[a-z]+/g) ?? []).map((word) => spelled.indexOf(word)).find((value) => value >= 0);
  return at;
}
