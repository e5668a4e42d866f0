import { announce, byId, h } from './dom.js';
import { words } from './words.js';

// Slow readers manage about 15 characters a second; nobody should have to hurry.
const shortest = 6_000;
const perCharacter = 75;
const toNotice = 3_000;
const lookAgain = 2_000;

/**
 * A line that only this person sees: as long as it takes to read, longer while it is pointed at, has the focus or nobody looks at the page. It can be
 * closed, also with Escape. The same line twice stands there once.
 * @param {string} text
 * @param {{ label: string, act: () => void }} [more] a button in it
 */
export function toast(text, more) {
  const toasts = byId('toasts');
  const same = [...toasts.children].find((other) => other.querySelector('p')?.textContent === text);
  /** @type {HTMLElement | null} */
  let before = null;
  const leave = () => {
    const focused = line.contains(document.activeElement);
    line.remove();
    if (focused && before?.isConnected) before.focus();
  };
  const act = () => {
    line.remove();
    more?.act();
  };
  const line = h(
    'div.toast',
    {
      onfocusin: (/** @type {FocusEvent} */ { relatedTarget }) => {
        if (relatedTarget instanceof HTMLElement && !line.contains(relatedTarget)) before = relatedTarget;
      },
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key === 'Escape') leave();
      },
    },
    [
      h('p', {}, [text]),
      more && h('button.small', { type: 'button', onclick: act }, [more.label]),
      h('button.icon', { type: 'button', 'aria-label': words.close, onclick: leave }, [h('span.glyph.glyph-close', { 'aria-hidden': 'true' })]),
    ],
  );
  const leaveAfter = (/** @type {number} */ ms) => {
    setTimeout(() => {
      if (line.matches(':hover, :focus-within') || document.visibilityState === 'hidden') leaveAfter(lookAgain);
      else leave();
    }, ms);
  };
  if (same) same.replaceWith(line);
  else toasts.append(line);
  announce(text, 'toast-announcer');
  leaveAfter(Math.max(shortest, toNotice + text.length * perCharacter));
}
