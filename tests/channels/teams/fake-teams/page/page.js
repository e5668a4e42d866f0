/** Shows what one person sees in the local Teams, and lets them act. Nothing here is meant to be like Teams beyond that. */
const AC = /** @type {any} */ (globalThis).AdaptiveCards;
const byId = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
let who = new URLSearchParams(location.search).get('as') ?? '';
let current = '';
/** @type {{ place: string, id: string, root: string } | undefined} */
let replyTo;
let drawn = '';

// Teams reads Markdown in TextBlocks: marks, escapes, bold and links are enough to see whether something was escaped.
AC.AdaptiveCard.onProcessMarkdown = (/** @type {string} */ text, /** @type {any} */ result) => {
  result.outputHtml = marked(text);
  result.didProcess = true;
};

/** @param {string} text */
function marked(text) {
  /** @type {string[]} */
  const kept = [];
  const keep = (/** @type {string} */ html) => `\uE000${kept.push(html) - 1}\uE000`;
  const safe = (/** @type {string} */ one) => one.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  const html = safe(
    text.replaceAll(/<at>(.*?)<\/at>/g, (_, name) => keep(`<span class="at">${safe(name)}</span>`)).replaceAll(/\\([^\w\s])/g, (_, sign) => keep(safe(sign))),
  )
    .replaceAll(/\*\*(.+?)\*\*/g, '<b>$1</b>')
    .replaceAll(/\[(.+?)\]\((https?:[^)\s]+)\)/g, '<a href="$2" rel="noreferrer" target="_blank">$1</a>')
    .replaceAll(/&amp;(#?\w+;)/g, '&$1')
    .replaceAll('\n', '<br>');
  return html.replaceAll(/\uE000(\d+)\uE000/g, (_, index) => kept[Number(index)] ?? '');
}

/** @param {Record<string, unknown>} what */
async function act(what) {
  const response = await fetch(`/page/act?as=${encodeURIComponent(who)}`, {
    method: 'POST',
    body: JSON.stringify(what),
    headers: { 'content-type': 'application/json' },
  });
  const { error } = await response.json();
  byId('flash').textContent = error ?? '';
}

async function refresh() {
  const response = await fetch(`/page/state?as=${encodeURIComponent(who)}`);
  const seen = await response.json();
  const key = JSON.stringify([seen, current, who]);
  // A card that is being filled in stays as it is until something has changed.
  if (key === drawn) return;
  drawn = key;
  if (who === '') who = seen.people[0].id;
  people(seen.people);
  places(seen.places);
  const last = seen.flashes.at(-1);
  if (last) byId('flash').textContent = last.text;
  dialog(seen.dialog);
}

/** @param {{ id: string, name: string, tenant: string }[]} all */
function people(all) {
  byId('as').replaceChildren(...all.map(({ id, name, tenant }) => new Option(`${name} (${tenant})`, id, false, id === who)));
}

/** @param {any[]} all */
function places(all) {
  if (!all.some(({ id }) => id === current)) current = all[0]?.id ?? '';
  byId('places').replaceChildren(
    ...all.map(({ id, name }) => {
      const button = element('button', '', name);
      button.setAttribute('aria-current', String(id === current));
      button.onclick = () => {
        current = id;
        replyTo = undefined;
        void refresh();
      };
      return button;
    }),
  );
  const place = all.find(({ id }) => id === current);
  byId('place-name').textContent = place?.name ?? '';
  byId('replying').textContent = replyTo ? 'In the thread' : '';
  byId('messages').replaceChildren(...(place?.messages ?? []).map((/** @type {any} */ one) => thread(one, place.kind === 'channel')));
  byId('messages').scrollTop = byId('messages').scrollHeight;
}

/** @param {any} root @param {boolean} threaded */
function thread(root, threaded) {
  const box = element('section', '', '');
  const replies = element('div', 'replies', '');
  replies.append(...root.replies.map(message));
  box.append(message(root), replies);
  if (threaded) {
    const button = element('button', '', 'Reply');
    button.onclick = () => {
      replyTo = root;
      byId('replying').textContent = 'In the thread';
      byId('text').focus();
    };
    replies.append(button);
  }
  return box;
}

/** @param {any} one */
function message(one) {
  const box = element('article', 'message', '');
  box.append(element('div', 'who', one.from), element('div', '', one.text));
  if (one.card) box.append(rendered(one.card, (label, inputs) => act({ what: 'press', message: one, label, inputs })));
  const notes = [one.edited && 'Edited', one.generated && 'AI generated', one.fileOffered && `Offers ${one.fileOffered}`].filter(Boolean).join(' · ');
  if (notes) box.append(element('div', 'note', notes));
  const tools = [];
  if (one.feedback)
    tools.push(['Useful', { what: 'feedback', message: one, reaction: 'like' }], ['Not useful', { what: 'feedback', message: one, reaction: 'dislike' }]);
  if (one.fileOffered) tools.push(['Accept', { what: 'file', message: one, answer: 'accept' }], ['Decline', { what: 'file', message: one, answer: 'decline' }]);
  if (!one.fromApp) tools.push(['Start an alignment', { what: 'message-action', message: one, command: 'start_alignment' }]);
  for (const [label, what] of tools) {
    const button = element('button', '', label);
    button.onclick = () => act(what);
    box.append(button);
  }
  return box;
}

/** @param {any} json @param {(label: string, inputs: Record<string, string>) => void} press */
function rendered(json, press) {
  const card = new AC.AdaptiveCard();
  card.parse(json);
  card.onExecuteAction = (/** @type {any} */ action) => {
    if (action instanceof AC.OpenUrlAction) window.open(action.url, '_blank', 'noreferrer');
    else {
      const typed = card.getAllInputs().flatMap((/** @type {any} */ input) => (input.value === undefined ? [] : [[input.id, String(input.value)]]));
      press(action.title, Object.fromEntries(typed));
    }
  };
  return card.render();
}

/** @param {any} open */
function dialog(open) {
  const box = byId('dialog');
  if (!open) return box.close();
  const close = element('button', '', 'Close');
  close.onclick = () => act({ what: 'close-dialog' });
  box.replaceChildren(
    element('h2', '', open.title),
    rendered(open.card, (label, inputs) => act({ what: 'submit', label, inputs })),
    close,
  );
  if (!box.open) box.showModal();
}

/** @param {string} tag @param {string} className @param {string} text */
function element(tag, className, text) {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

byId('as').onchange = () => {
  who = byId('as').value;
  void refresh();
};
byId('add-app').onclick = () => act({ what: 'add-app' });
byId('composer').onsubmit = (/** @type {SubmitEvent} */ event) => {
  event.preventDefault();
  void act({ what: 'say', place: current, text: byId('text').value, ...(replyTo && { thread: { place: replyTo.place, id: replyTo.id, root: replyTo.root } }) });
  byId('text').value = '';
};
new EventSource('/page/changes').onmessage = () => refresh();
