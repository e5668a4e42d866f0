import { listed, oneOf } from '../normalise.ts';

/** Elements of the fitness check (METHOD §6), and the words by which an obstacle shows where it stands. Data: edit freely; a space also matches a hyphen. */
const words = {
  strategy: listed(
    'priorities, contradict, contradicts, nobody has decided, segments we, launches, target list changes, two strategies, changes every month, head office says',
  ),
  structure: listed(`
    territory, territories, zone, zones, patch, patches, map, who owns, nobody owns, report to, reports to, two bosses, handover, hand over, incidents, incident desk, service desk,
    complaints, hotline, span, between departments, inside and field, same customer, internal meetings, chasing, drown, belongs to, not responsible, feels responsible,
    key accounts fall, lab, engineers quote, nobody's job, tickets, other departments
  `),
  skills: listed('never learned, know how'),
  style: listed(`
    managers still, managers accept, accept the, excel sheets, spreadsheets, shouted, told off, overrules, overrule, caves in, my boss, boss asks, area managers, area head, area
    heads, leadership changes, team leads, regional managers, regional director, upstairs, punished, punishes, send them home, the boss
  `),
  staff: listed(`
    vacancy, vacancies, vacant, seats, chairs, desks are empty, understaffed, staffed, headcount, hiring, open positions, positions, replaced, not replaced, clerks, people short,
    short on the floor, left in, left since, retired, sick leave, fitters, installers, technicians, one engineer, crews, hire, hires, nobody covers, covers eleven, do the work of
  `),
  'shared-values': listed('culture, trust each other, every man for himself, looks weak, honourable, values, trust the new company'),
  systems: listed(`
    tool, tools, crm, system, app, portal, form, field, price list, price book, pricing, commission, bonus, incentive, incentives, comp plan, plan pays, spiff, approval, approvals,
    legal, contract, stock, delivery, deliver, lead time, sample, samples, credit, invoice, invoicing, template, licence, license, calculator, brochure, brochures, process, network,
    offline, configurator, leads, paid, paid on, software, product, targets, data
  `),
} as const;

export type Element = keyof typeof words;

// In this order where two have as many words: the rarer first.
const patterns = (Object.entries(words) as [Element, readonly string[]][]).map(
  ([element, list]) => [element, new RegExp(`\\b${oneOf(list)}\\b`, 'g')] as const,
);

/** Where in the organisation a normalised sentence says that something is in the way. Most of what people name is systems, pay and processes. */
export function elementIn(sentence: string): Element {
  let best: Element = 'systems';
  let most = 0;
  for (const [element, pattern] of patterns) {
    const count = sentence.match(pattern)?.length ?? 0;
    if (count > most) [best, most] = [element, count];
  }
  return best;
}
