import { renderBlocks } from './blocks.js';
import { valuesIn } from './elements.js';
import { el, mrkdwn } from './text.js';

const $ = (id) => document.getElementById(id);
const asked = new URLSearchParams(location.search);
const open = { place: asked.get('place') ?? '', thread: asked.get('thread') ?? '', tab: 'messages', modal: '' };
let who = asked.get('as') ?? '';
let seen;

async function load() {
  seen = await (await fetch(`/page/state?as=${who}`)).json();
  const people = seen.people.filter((one) => !one.isBot);
  const byName = people.find((one) => one.name === who);
  if (byName || !people.some((one) => one.id === who)) {
    who = (byName ?? people[0]).id;
    return load();
  }
  if (!seen.places.some((one) => one.id === open.place)) open.place = seen.places[0]?.id ?? '';
  render();
}

function names() {
  const people = new Map(seen.people.map((one) => [one.id, one.realName]));
  const members = seen.people.filter((one) => !one.isBot).map((one) => [one.id, one.realName]);
  return { people, members, channels: new Map(seen.channels.map((one) => [one.id, one.name])), tz: seen.people.find((one) => one.id === who)?.tz };
}

async function act(what) {
  const answer = await (await fetch(`/page/act?as=${who}`, { method: 'POST', body: JSON.stringify(what) })).json();
  $('problem').textContent = answer.error ?? '';
  $('problem').hidden = answer.error === undefined;
  await load();
}

const tidy = (value) => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));

function render() {
  $('team').textContent = seen.team;
  const people = seen.people.filter((one) => !one.isBot);
  $('as').replaceChildren(
    ...people.map((one) => el('option', { value: one.id, selected: one.id === who }, `${one.realName} (${one.tz.split('/')[1].replace('_', ' ')})`)),
  );
  renderPlaces();
  const place = seen.places.find((one) => one.id === open.place);
  $('place-name').textContent = place ? (place.kind === 'channel' || place.kind === 'group' ? `# ${place.name}` : place.name) : '';
  renderTabs(place);
  const home = open.tab === 'home' && place?.app;
  $('messages').className = home ? 'home' : '';
  $('composer').hidden = home;
  if (home) $('messages').replaceChildren(...homeBlocks());
  else
    keepAtEnd(
      $('messages'),
      (place?.messages ?? []).map((one) => message(one, true)),
    );
  renderThread(place);
  renderModal();
}

function renderPlaces() {
  const list = (title, places) => (places.length === 0 ? [] : [el('h3', {}, title), ...places.map(placeButton)]);
  const channels = seen.places.filter((one) => one.kind === 'channel' || one.kind === 'group');
  const apps = seen.places.filter((one) => one.app);
  const rest = seen.places.filter((one) => !channels.includes(one) && !apps.includes(one));
  const app = apps.length > 0 ? [] : [el('h3', {}, 'Apps'), el('button', { type: 'button', onclick: firstHome }, 'Plumb')];
  $('places').replaceChildren(...list('Channels', channels), ...list('Direct messages', rest), ...list('Apps', apps), ...app);
}

/** Opens the app before there is a chat with it. */
async function firstHome() {
  await act({ what: 'open-home' });
  Object.assign(open, { place: seen.places.find((one) => one.app)?.id ?? open.place, thread: '', tab: 'home' });
  render();
}

function placeButton(place) {
  const go = () => {
    Object.assign(open, { place: place.id, thread: '', tab: 'messages' });
    render();
  };
  const name = place.kind === 'channel' ? `# ${place.name}` : place.kind === 'group' ? `🔒 ${place.name}` : place.name;
  return el('button', { type: 'button', 'aria-current': place.id === open.place ? 'true' : undefined, onclick: go }, name);
}

function renderTabs(place) {
  $('tabs').hidden = place === undefined || (!place.app && place.withBot);
  if (!place?.app) {
    $('tabs').replaceChildren(
      ...(place && !place.withBot ? [el('button', { type: 'button', onclick: () => act({ what: 'invite-bot', channel: place.id }) }, 'Add Plumb')] : []),
    );
    return;
  }
  const tab = (id, label) => {
    const go = () => {
      open.tab = id;
      if (id === 'home') void act({ what: 'open-home' });
      else render();
    };
    return el('button', { type: 'button', role: 'tab', 'aria-selected': String(open.tab === id), onclick: go }, label);
  };
  $('tabs').replaceChildren(tab('home', 'Home'), ' ', tab('messages', 'Messages'));
}

function homeBlocks() {
  if (!seen.home) return [el('p', { class: 'quiet' }, 'Nothing here yet.')];
  const press = (element, given) => act(tidy({ what: 'press-home', action: element.action_id, given, values: undefined }));
  return renderBlocks(seen.home.blocks, { names: names(), act: press, values: seen.home.values });
}

function message(one, withReplies) {
  const about = { channel: one.channel, ts: one.ts };
  const node = el('article', { class: `message${one.onlyYou ? ' only-you' : ''}`, 'data-ts': one.ts });
  const press = (element, given) => act(tidy({ what: 'press', message: about, action: element.action_id, given, values: valuesIn(node) }));
  const time = new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit', timeZone: names().tz }).format(new Date(Number(one.ts) * 1_000));
  const body = one.blocks.length > 0 ? renderBlocks(one.blocks, { names: names(), act: press }) : [el('div', { class: 'block' }, mrkdwn(one.text, names()))];
  node.append(el('span', { class: 'face', style: `background:${colour(one.from)}`, 'aria-hidden': 'true' }, one.from[0] ?? ''));
  node.append(el('div', { class: 'head' }, el('b', {}, one.from), one.fromApp ? el('span', { class: 'app' }, 'APP') : undefined, el('time', {}, time)));
  if (one.onlyYou) node.append(el('div', { class: 'quiet' }, 'Only visible to you'));
  node.append(el('div', {}, ...body, one.edited ? el('span', { class: 'edited' }, '(edited)') : undefined));
  for (const file of one.files) node.append(el('div', { class: 'file' }, `📄 ${file}`));
  if (one.reactions.length > 0)
    node.append(el('div', {}, ...one.reactions.map((each) => el('span', { class: 'reaction' }, `:${each.name}: ${each.users.length}`))));
  if (withReplies && one.replies.length > 0)
    node.append(
      el(
        'button',
        { type: 'button', class: 'replies', onclick: () => openThread(one.ts) },
        `${one.replies.length} ${one.replies.length === 1 ? 'reply' : 'replies'}`,
      ),
    );
  if (!one.onlyYou) node.append(more(one, about, withReplies));
  return node;
}

function more(one, about, withReplies) {
  const own = !one.fromApp && one.from === names().people.get(who);
  const edit = () => {
    const text = window.prompt('Edit the message', one.text);
    if (text !== null) void act({ what: 'edit', message: about, text });
  };
  return el(
    'div',
    { class: 'more' },
    withReplies ? el('button', { type: 'button', onclick: () => openThread(one.ts) }, 'Reply in thread') : undefined,
    el('button', { type: 'button', onclick: () => act({ what: 'message-shortcut', message: about, callback: messageShortcut }) }, 'Start an alignment'),
    own ? el('button', { type: 'button', onclick: edit }, 'Edit') : undefined,
    own ? el('button', { type: 'button', onclick: () => act({ what: 'delete', message: about }) }, 'Delete') : undefined,
  );
}

// The callback ids of the app's manifest; another app's can be named in the address.
const messageShortcut = asked.get('message-shortcut') ?? 'start_alignment';
const globalShortcut = asked.get('shortcut') ?? 'start_form';

function colour(name) {
  const sum = [...name].reduce((total, letter) => total + letter.charCodeAt(0) * 37, 0);
  return `hsl(${sum % 360} 42% 42%)`;
}

function openThread(ts) {
  open.thread = ts;
  render();
  $('thread-text').focus();
}

function renderThread(place) {
  const root = place?.messages.find((one) => one.ts === open.thread);
  $('thread').hidden = root === undefined;
  if (root) keepAtEnd($('thread-messages'), [message(root, false), ...root.replies.map((one) => message(one, false))]);
}

/** Shows the newest, but leaves whoever reads further up where they are; what is typed in a message's fields stays. */
function keepAtEnd(box, nodes) {
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  box.replaceChildren(...nodes);
  if (atEnd) box.scrollTop = box.scrollHeight;
}

function renderModal() {
  const view = seen.modals.at(-1);
  const dialog = $('modal');
  if (!view) {
    open.modal = '';
    if (dialog.open) dialog.close();
    return;
  }
  const mark = JSON.stringify([view.id, view.blocks, view.errors, view.title]);
  if (mark === open.modal) return;
  const typed = open.modal.startsWith(JSON.stringify([view.id]).slice(0, -1)) ? valuesIn(dialog) : {};
  open.modal = mark;
  const body = el('div', { class: 'body' });
  const press = (element, given) => act(tidy({ what: 'press-modal', action: element.action_id, given, values: valuesIn(body) }));
  body.append(...renderBlocks(view.blocks, { names: names(), act: press, values: view.values, errors: view.errors }));
  for (const field of body.querySelectorAll('input[data-field], textarea[data-field], select[data-field]')) {
    const kept = typed[field.dataset.field];
    if (typeof kept === 'string' && kept !== '') field.value = kept;
  }
  const submit = (event) => {
    event.preventDefault();
    void act({ what: 'submit', view: view.id, values: valuesIn(body) });
  };
  const close = el('button', { type: 'button', onclick: () => act({ what: 'close-modal' }) }, view.close ?? 'Cancel');
  const send = view.submit === undefined ? undefined : el('button', { class: 'primary' }, view.submit);
  dialog.replaceChildren(el('form', { onsubmit: submit }, el('h2', {}, view.title), body, el('footer', {}, close, send)));
  if (!dialog.open) dialog.showModal();
}

function composer(form, field, thread) {
  const send = () => {
    const text = $(field).value.trim();
    if (text === '') return;
    $(field).value = '';
    if (thread === undefined && /^\/\w/.test(text)) void act({ what: 'command', channel: open.place, text });
    else void act(tidy({ what: 'say', channel: open.place, text, thread: thread?.() }));
  };
  $(form).addEventListener('submit', (event) => {
    event.preventDefault();
    send();
  });
  $(field).addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    send();
  });
}

composer('composer', 'composer-text');
composer('thread-composer', 'thread-text', () => open.thread);
$('close-thread').addEventListener('click', () => {
  open.thread = '';
  render();
});
$('modal').addEventListener('cancel', (event) => {
  event.preventDefault();
  void act({ what: 'close-modal' });
});
$('as').addEventListener('change', () => {
  who = $('as').value;
  open.thread = '';
  void load();
});
$('global-shortcut').addEventListener('click', () => act({ what: 'shortcut', callback: globalShortcut }));

await load();
let waiting;
new EventSource('/page/changes').addEventListener('message', () => {
  clearTimeout(waiting);
  waiting = setTimeout(load, 60);
});
