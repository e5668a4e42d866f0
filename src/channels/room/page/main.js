import { viewerId } from './api.js';
import { createComposer } from './composer.js';
import { announce, byId, h } from './dom.js';
import { authorName, avatar, showMessages } from './messages.js';
import { olderCards } from './older-cards.js';
import { wireOverview } from './overview.js';
import { showClock, showRail, wireRail } from './rail.js';
import { currentRoute, goTo } from './route.js';
import { apply, channelPlace, directPlace, isWorking, personById, state, threadOf, topLevel } from './state.js';
import { follow } from './stream.js';
import { toast } from './toast.js';
import { markRead, unreadIn } from './unread.js';
import { words } from './words.js';

const desktop = matchMedia('(min-width: 62rem)');
let route = { place: '', thread: '', message: '' };
/** The last message this tab sent at top level, and the example's thread: their threads open by themselves once. */
let mine = '';
let shownExample = '';
/** How the example ended, until that was read. */
let ended = /** @type {'done' | 'no-reply' | undefined} */ (undefined);

const mainComposer = createComposer(byId('main-composer'), ({ id, thread, place }) => {
  if (place === channelPlace().place && thread === id) mine = id;
  toEnd('main');
});
const threadComposer = createComposer(byId('thread-composer'), () => toEnd('thread'));

/**
 * To the newest message: its end, or its beginning where it is longer than the pane, as a brief is.
 * @param {'main' | 'thread'} which
 */
function toEnd(which) {
  const scroll = byId(`${which}-scroll`);
  requestAnimationFrame(() => {
    const last = byId(`${which}-messages`).lastElementChild?.getBoundingClientRect();
    const tooLong = last !== undefined && last.height > scroll.clientHeight;
    scroll.scrollTo({ top: tooLong ? scroll.scrollTop + last.top - scroll.getBoundingClientRect().top : scroll.scrollHeight });
  });
}

/**
 * Draws one of the two panes; stays at its end if it was there.
 * @param {'main' | 'thread'} which
 * @param {import('./state.js').Message[]} messages
 * @param {Map<string, Set<string>>} older what has gone past of cards whose conversation has gone on
 */
function showPane(which, messages, older) {
  const scroll = byId(`${which}-scroll`);
  const atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  showMessages(byId(`${which}-messages`), messages, { inThread: which === 'thread' || route.place !== channelPlace().place, older });
  const thread = which === 'thread' ? route.thread : '';
  const typing = [];
  if (isWorking(route.place, thread)) typing.push(authorName('plumb'));
  const example = state.example;
  if (example.status === 'running' && example.typing && route.place === channelPlace().place && (example.thread ?? '') === thread)
    typing.push(authorName(example.typing));
  const line = typing[0] ? words.typing(typing[0]) : '';
  const element = byId(`${which}-typing`);
  if (element.textContent !== line) element.replaceChildren(...(line ? [h('span.dots', { 'aria-hidden': 'true' }), line] : []));
  if (atEnd) toEnd(which);
}

function draw() {
  if (!state.ready) return;
  const channel = channelPlace();
  const inChannel = route.place === channel.place;
  byId('place-title').textContent = inChannel ? channel.name : words.directName;
  byId('overview').hidden = inChannel;
  byId('place-line').textContent = inChannel ? words.members(state.people.length) : words.directLine;
  const me = personById(state.me);
  byId('acting').replaceChildren(avatar(state.me, 'tiny'), h('span', {}, [words.actingAs(me?.name.split(' ')[0] ?? '')]));
  mainComposer.pointAt({ place: route.place, thread: '' }, inChannel ? words.writeIn(channel.name) : words.writeToPlumb);
  const messages = topLevel(route.place);
  const older = olderCards(state.messages.values());
  showPane('main', messages, older);
  showWelcome(messages.length === 0, inChannel);
  byId('thread').hidden = route.thread === '';
  if (route.thread !== '') {
    byId('thread-line').textContent = words.threadIn(channel.name);
    threadComposer.pointAt({ place: channel.place, thread: route.thread }, words.writeReply);
    showPane('thread', threadOf(route.thread), older);
  }
  if (document.visibilityState === 'visible' && !inChannel) markRead(route.place);
  const unread = unreadIn(directPlace().place);
  document.title = `${unread > 0 ? `(${unread}) ` : ''}${me?.name.split(' ')[0] ?? ''} in the room · Plumb`;
  showRail(route.place);
  showClock();
  showExample();
}

/** @param {boolean} empty @param {boolean} inChannel */
function showWelcome(empty, inChannel) {
  const welcome = byId('welcome');
  welcome.hidden = !empty;
  const kind = inChannel ? 'channel' : 'direct';
  if (!empty || welcome.dataset['kind'] === kind) return;
  welcome.dataset['kind'] = kind;
  welcome.replaceChildren(
    h('img', { src: '/room/page/plumb.svg', alt: '', width: '56', height: '56' }),
    h('h2', {}, [inChannel ? words.welcomeTitle : words.directWelcomeTitle]),
    h('p', {}, [inChannel ? words.welcomeLine : words.directWelcomeLine]),
    ...(inChannel
      ? [
          h('figure.sample', {}, [h('figcaption', {}, [words.welcomeTry]), h('blockquote', {}, [words.welcomeSample])]),
          h('div.row', {}, [
            h('button.primary', { type: 'button', onclick: () => mainComposer.fill(words.welcomeSample) }, [words.welcomeUse]),
            h('button', { type: 'button', 'data-example': true }, [words.playExample]),
          ]),
        ]
      : []),
  );
}

function showExample() {
  const { status, thread, how } = state.example;
  const running = status === 'running';
  if (status === 'ended' && how && shownExample !== '') {
    announce(words.exampleEnded[how]);
    shownExample = '';
    ended = how === 'stopped' ? undefined : how;
  } else if (running) ended = undefined;
  byId('playing').hidden = !running && !ended;
  byId('playing-close').hidden = !ended;
  byId('playing-line').textContent = ended ? words.exampleEnded[ended] : words.examplePlaying;
  for (const button of document.querySelectorAll('[data-example]')) {
    const text = button.closest('#playing') ? words.stop : running ? words.stopExample : words.playExample;
    if (button.textContent !== text) button.textContent = text;
    if (button.closest('#playing')) /** @type {HTMLElement} */ (button).hidden = !running;
  }
  if (running && thread && thread !== shownExample) {
    shownExample = thread;
    if (route.place === channelPlace().place) goTo(`thread-${thread}`);
  }
}

/** Shows what the address names and moves the focus there. @param {boolean} first */
function follows(first) {
  const before = route;
  route = currentRoute();
  document.body.dataset['view'] = route.thread ? 'thread' : 'main';
  draw();
  if (route.message) {
    const element = /** @type {HTMLElement | null} */ (
      document.querySelector(`#${route.thread ? 'thread' : 'main'}-messages [data-key="${CSS.escape(route.message)}"]`)
    );
    element?.scrollIntoView({ block: 'center' });
    element?.classList.add('pointed');
    element?.focus();
    return;
  }
  if (route.thread !== before.thread && route.thread) toEnd('thread');
  if (route.place !== before.place) toEnd('main');
  if (first) return;
  if (route.thread !== '' && route.thread !== before.thread) {
    if (shownExample !== route.thread && desktop.matches) threadComposer.focus();
    else byId('thread-title').focus();
  } else if (before.thread !== '' && route.thread === '') {
    /** @type {HTMLElement | null} */ (
      document.querySelector(`#main-messages [data-key="${CSS.escape(before.thread)}"] .replies`) ?? byId('place-title')
    )?.focus();
  } else byId('place-title').focus();
}

/** @param {string} type @param {any} data */
function receive(type, data) {
  const first = !state.ready;
  apply(type, data);
  if (type === 'snapshot') {
    if (first && state.example.status === 'running') shownExample = state.example.thread ?? '';
    follows(first);
    return;
  }
  if (type === 'message') {
    if (data.author !== viewerId && data.editedAt === undefined && !data.gone) announce(words.said(authorName(data.author), data.text ?? data.summary ?? ''));
    if (data.app && data.place === directPlace().place && route.place !== data.place && data.editedAt === undefined && !data.gone)
      toast(words.wroteToYou, { label: words.read, act: () => goTo('direct') });
    if (data.app && data.thread === mine && route.thread === '' && route.place === channelPlace().place && desktop.matches) {
      mine = '';
      goTo(`thread-${data.thread}`);
    }
  }
  draw();
}

addEventListener('hashchange', () => follows(false));
for (const button of document.querySelectorAll('[data-close-thread]')) button.addEventListener('click', () => goTo(''));
byId('thread').addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented) goTo('');
});
byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  (route.thread && !desktop.matches ? threadComposer : mainComposer).focus();
});
byId('open-rail').addEventListener('click', () => {
  document.body.dataset['view'] = 'rail';
  byId('rail').focus();
});
byId('rail').addEventListener('click', (event) => {
  const link = /** @type {HTMLElement} */ (event.target).closest('a[href^="#"]');
  if (!link) return;
  event.preventDefault();
  document.body.dataset['view'] = 'main';
  goTo(link.getAttribute('href')?.slice(1) ?? '');
});
byId('rail').addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && document.body.dataset['view'] === 'rail') {
    document.body.dataset['view'] = 'main';
    byId('open-rail').focus();
  }
});
document.addEventListener('visibilitychange', draw);
byId('playing-close').textContent = words.close;
byId('playing-close').addEventListener('click', () => {
  ended = undefined;
  draw();
  byId('place-title').focus();
});
wireRail();
wireOverview();
setInterval(draw, 5_000);
follow(receive, (connected) => {
  const line = byId('connection');
  line.hidden = connected;
  line.textContent = connected ? '' : words.reconnecting;
});
