import { isObject, type Json } from './model.ts';

export type Complain = (pointer: string, what: string) => void;
/** Who can be mentioned: by account id, Entra object id or user principal name. */
export type MayMention = (id: string) => boolean;

// Microsoft Learn, "Cards" and "Adaptive Card-based loops": 28 KB for a card in a bot's message; "Action Set": six actions are shown.
const mostBytes = 28 * 1_024;
const mostActions = 6;
const newestVersion = 1.5;

type Found = { inputs: Set<string>; mentionable: string[] };

/** What is wrong with an Adaptive Card for Teams (https://adaptivecards.io/explorer, version 1.5); empty when nothing is. */
export function checkCard(card: unknown, mayMention: MayMention): string[] {
  const complaints: string[] = [];
  const complain: Complain = (pointer, what) => complaints.push(`${pointer || '/'}: ${what}`);
  if (!isObject(card)) return ['/: a card is an object'];
  if (card['type'] !== 'AdaptiveCard') complain('/type', 'is AdaptiveCard');
  if (typeof card['version'] !== 'string' || !/^1\.\d$/.test(card['version']) || Number(card['version']) > newestVersion) complain('/version', 'is 1.0 to 1.5');
  const found: Found = { inputs: new Set(), mentionable: [] };
  elements(card['body'], '/body', complain, found);
  if (card['actions'] !== undefined) actions(card['actions'], '/actions', complain);
  checkMentions(card['msteams'], found, complain, mayMention);
  return complaints;
}

export function isTooLargeCard(card: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(card) ?? '', 'utf8') > mostBytes;
}

function elements(list: unknown, at: string, complain: Complain, found: Found) {
  if (!Array.isArray(list)) return complain(at, 'is a list of elements');
  for (const [index, one] of list.entries()) {
    if (isObject(one)) element(one, `${at}/${index}`, complain, found);
    else complain(`${at}/${index}`, 'is an element');
  }
}

function element(one: Json, at: string, complain: Complain, found: Found) {
  switch (one['type']) {
    case 'TextBlock':
      if (typeof one['text'] !== 'string') return complain(`${at}/text`, 'is a text');
      found.mentionable.push(one['text']);
      return;
    case 'RichTextBlock':
      return inlines(one['inlines'], `${at}/inlines`, complain);
    case 'Image':
      return url(one['url'], `${at}/url`, complain, /^(https?:\/\/|data:image\/)/);
    case 'ImageSet':
      return elements(one['images'], `${at}/images`, complain, found);
    case 'Container':
      return elements(one['items'], `${at}/items`, complain, found);
    case 'ColumnSet':
      return columns(one['columns'], `${at}/columns`, complain, found);
    case 'FactSet':
      return facts(one['facts'], `${at}/facts`, complain, found);
    case 'Table':
      return table(one, at, complain, found);
    case 'ActionSet':
      return actions(one['actions'], `${at}/actions`, complain);
    case 'Input.Text':
    case 'Input.Number':
    case 'Input.Date':
    case 'Input.Time':
      return input(one, at, complain, found);
    case 'Input.Toggle':
      if (typeof one['title'] !== 'string') complain(`${at}/title`, 'is a text');
      return input(one, at, complain, found);
    case 'Input.ChoiceSet':
      choices(one, at, complain);
      return input(one, at, complain, found);
    default:
      complain(`${at}/type`, `no element of version 1.5 is called ${String(one['type'])}`);
  }
}

function inlines(list: unknown, at: string, complain: Complain) {
  if (!Array.isArray(list) || list.length === 0) return complain(at, 'is a list of runs');
  for (const [index, one] of list.entries()) {
    const text = isObject(one) ? one['text'] : one;
    if (typeof text !== 'string') complain(`${at}/${index}`, 'is a TextRun with a text');
    // Microsoft Learn, "Format cards": mentions work in TextBlock and FactSet alone.
    else if (text.includes('<at>')) complain(`${at}/${index}`, 'a mention is not shown in a RichTextBlock');
  }
}

function columns(list: unknown, at: string, complain: Complain, found: Found) {
  if (!Array.isArray(list)) return complain(at, 'is a list of columns');
  for (const [index, one] of list.entries()) {
    if (!isObject(one)) complain(`${at}/${index}`, 'is a column');
    else {
      if (one['type'] !== undefined && one['type'] !== 'Column') complain(`${at}/${index}/type`, 'is Column');
      elements(one['items'] ?? [], `${at}/${index}/items`, complain, found);
    }
  }
}

function facts(list: unknown, at: string, complain: Complain, found: Found) {
  if (!Array.isArray(list)) return complain(at, 'is a list of facts');
  for (const [index, one] of list.entries()) {
    if (!isObject(one) || typeof one['title'] !== 'string' || typeof one['value'] !== 'string') complain(`${at}/${index}`, 'is a title and a value');
    else found.mentionable.push(one['title'], one['value']);
  }
}

function table(one: Json, at: string, complain: Complain, found: Found) {
  const given = one['columns'];
  const rows = one['rows'];
  if (!Array.isArray(given) || !Array.isArray(rows)) return complain(at, 'has columns and rows');
  for (const [index, row] of rows.entries()) {
    const cells = isObject(row) && row['type'] === 'TableRow' ? row['cells'] : undefined;
    if (!Array.isArray(cells)) complain(`${at}/rows/${index}`, 'is a TableRow with cells');
    else
      for (const [cell, each] of cells.entries()) {
        if (!isObject(each) || each['type'] !== 'TableCell') complain(`${at}/rows/${index}/cells/${cell}`, 'is a TableCell');
        else elements(each['items'], `${at}/rows/${index}/cells/${cell}/items`, complain, found);
      }
  }
}

function input(one: Json, at: string, complain: Complain, found: Found) {
  const id = one['id'];
  if (typeof id !== 'string' || id === '') complain(`${at}/id`, 'is there');
  else if (found.inputs.has(id)) complain(`${at}/id`, `${id} is there twice`);
  else found.inputs.add(id);
  if (one['value'] !== undefined && typeof one['value'] !== 'string' && one['type'] !== 'Input.Number') complain(`${at}/value`, 'is a text');
  // adaptivecards.io, "Input validation": without an error message nothing tells what is missing, and it needs a label to be shown at.
  if (one['isRequired'] === true && typeof one['errorMessage'] !== 'string') complain(`${at}/errorMessage`, 'is there for a required field');
  if (one['type'] !== 'Input.Toggle' && typeof one['label'] !== 'string') complain(`${at}/label`, 'is a text');
}

function choices(one: Json, at: string, complain: Complain) {
  const data = one['choices.data'];
  const list = one['choices'];
  if (data !== undefined) {
    if (!isObject(data) || data['type'] !== 'Data.Query' || typeof data['dataset'] !== 'string')
      complain(`${at}/choices.data`, 'is a Data.Query with a dataset');
  } else if (!Array.isArray(list) || list.length === 0) complain(`${at}/choices`, 'is a list of choices');
  for (const [index, each] of (Array.isArray(list) ? list : []).entries())
    if (!isObject(each) || typeof each['title'] !== 'string' || typeof each['value'] !== 'string') complain(`${at}/choices/${index}`, 'is a title and a value');
}

function actions(list: unknown, at: string, complain: Complain) {
  if (!Array.isArray(list)) return complain(at, 'is a list of actions');
  // Those of the menu do not count (microsoft/AdaptiveCards issue 4715, "Overflow actions").
  const shown = list.filter((one) => !isObject(one) || one['mode'] !== 'secondary');
  if (shown.length > mostActions) complain(at, `no more than ${mostActions} actions are shown`);
  for (const [index, one] of list.entries()) {
    if (isObject(one)) action(one, `${at}/${index}`, complain);
    else complain(`${at}/${index}`, 'is an action');
  }
}

function action(one: Json, at: string, complain: Complain) {
  if (typeof one['title'] !== 'string' || one['title'] === '') complain(`${at}/title`, 'is a text');
  switch (one['type']) {
    case 'Action.OpenUrl':
      return url(one['url'], `${at}/url`, complain, /^https?:\/\//);
    case 'Action.Execute':
      if (typeof one['verb'] !== 'string' || one['verb'] === '') complain(`${at}/verb`, 'is a text');
      if (one['data'] !== undefined && !isObject(one['data'])) complain(`${at}/data`, 'is an object');
      return;
    case 'Action.Submit': {
      const data = one['data'];
      if (!isObject(data)) return complain(`${at}/data`, 'is an object');
      const teams = data['msteams'];
      const isKnown = isObject(teams) && (teams['type'] === 'task/fetch' || teams['justInTimeInstall'] === true);
      if (teams !== undefined && !isKnown) complain(`${at}/data/msteams`, 'is of the type task/fetch, or installs the app');
      return;
    }
    case 'Action.ShowCard':
    case 'Action.ToggleVisibility':
      return;
    default:
      complain(`${at}/type`, `no action of version 1.5 is called ${String(one['type'])}`);
  }
}

function url(given: unknown, at: string, complain: Complain, allowed: RegExp) {
  if (typeof given !== 'string' || !allowed.test(given) || !URL.canParse(given)) complain(at, 'is an address');
}

function checkMentions(teams: unknown, found: Found, complain: Complain, mayMention: MayMention) {
  if (teams !== undefined && !isObject(teams)) return complain('/msteams', 'is an object');
  if (isObject(teams) && teams['width'] !== undefined && teams['width'] !== 'Full') complain('/msteams/width', 'is Full');
  const entities = isObject(teams) && Array.isArray(teams['entities']) ? teams['entities'] : [];
  const texts = mentionTexts(entities, '/msteams/entities', complain, mayMention);
  const shown = found.mentionable.join('\n');
  for (const text of texts) if (!shown.includes(text)) complain('/msteams/entities', `${text} stands nowhere in the card`);
  for (const mark of shown.match(/<at>.*?<\/at>/g) ?? []) if (!texts.includes(mark)) complain('/msteams/entities', `${mark} has no entity`);
}

/** The marks (`<at>…</at>`) of mention entities. */
export function mentionTexts(entities: readonly unknown[], at: string, complain: Complain, mayMention: MayMention): string[] {
  return entities.flatMap((one, index) => {
    if (!isObject(one) || one['type'] !== 'mention') return [];
    const { text, mentioned } = one;
    if (typeof text !== 'string' || !/^<at>.*<\/at>$/s.test(text)) complain(`${at}/${index}/text`, 'is a name in <at> marks');
    if (!isObject(mentioned) || typeof mentioned['id'] !== 'string' || typeof mentioned['name'] !== 'string')
      complain(`${at}/${index}/mentioned`, 'is an id and a name');
    else if (!mayMention(mentioned['id'])) complain(`${at}/${index}/mentioned/id`, `${mentioned['id']} is nobody here`);
    return typeof text === 'string' ? [text] : [];
  });
}
