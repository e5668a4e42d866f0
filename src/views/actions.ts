/**
 * What a button can mean. `value` always carries the id of what it is about (`alignment`, `programme`, …) as text that came back from a platform:
 * whoever presses may have forged it, so the permission table decides, not the card.
 */
export const actionIds = [
  // a request that was heard
  'start', // value: alignment
  'not-a-request',
  'why-reply',
  'start-other', // other: which of the further requests of the message
  'start-in-form', // opens a form: inputs request, where, and the essentials by question id
  'submit-start',
  // the conversation (value: alignment, and question where one is meant)
  'answer-in-form', // opens the form with all questions
  'submit-answers', // form: inputs are question ids
  'continue-privately',
  'continue-in-thread',
  'later',
  'resume',
  'stop',
  'start-over',
  'undo',
  'skip', // question
  'dont-know', // question
  'why', // question
  'ask-someone', // opens a form: question; inputs person, privately
  'submit-delegation',
  'answer-delegated', // in a 1:1 chat: question; input answer
  'short-path',
  'carry-on',
  'leave-to-partner',
  'write-brief',
  'choose-question', // value: question; input: words; after a clarification
  'resolve-person', // value: question, name; input: person
  // L&D partners
  'claim',
  'confirm-partner', // person
  'hand-over', // opens a form: inputs person, cover
  'submit-hand-over',
  'give-back',
  // live prompts (value: alignment, prompt: its trigger), private to L&D partners
  'ask-prompt',
  'edit-prompt', // opens a form: input question
  'submit-edit-prompt',
  'dismiss-prompt',
  'why-prompt',
  'prompt-limit', // opens a form: input limit
  'submit-prompt-limit',
  'put-challenge',
  // the kind challenge (value: alignment, challenge)
  'challenge-as-asked',
  'challenge-other-focus',
  'challenge-find-out',
  'challenge-agree',
  'answer-challenge', // opens a form: input answer
  'submit-challenge-answer',
  // a first group (value: alignment)
  'agree-pilot', // opens a form: inputs group, outcome, until
  'submit-pilot',
  'decline-pilot',
  // the fitness check (value: alignment)
  'open-fitness', // opens a form: inputs people, anonymous, values
  'submit-open-fitness',
  'answer-fitness', // opens a form: value key; inputs by element
  'submit-fitness-answer',
  'close-fitness',
  'note-action', // opens a form: value action; inputs what, element, impact, cost, phase, owner
  'submit-action',
  'remove-action', // action
  'choose-reviewer', // opens a form: input person
  'submit-reviewer',
  // review
  'looks-right', // version
  'change-something', // opens a form: input question
  'submit-change', // form with one question's answer
  'submit-line', // form with one line of the brief: inputs answer, reason
  'see-brief', // opens a form (read only)
  'delegate-sign-off', // opens a form: input person
  'submit-sign-off',
  'decline-sign-off', // by whoever was asked to sign for somebody
  'decline-request', // by L&D; opens a form: input reason
  'submit-decline-request',
  'choose-audience', // opens a form: input audience
  'submit-audience',
  'who-said-this', // opens a form (read only)
  'give-open-point', // opens a form: value point where one is meant; inputs point, person, due
  'submit-open-point',
  'answer-open-point', // opens a form: value point; input answer
  'submit-open-answer',
  'move-open-point', // opens a form: value point; input due
  'submit-open-later',
  'not-my-point', // value: point
  'export-word',
  'export-pdf',
  'export-markdown',
  // for a vendor (value: alignment)
  'for-vendor', // opens a form: inputs line ids, scope, joins, time, contact, reach, as
  'submit-vendor',
  'vendor-answer', // opens a form: input words
  'submit-vendor-answer',
  'share-vendor-answer', // value: answer
  'close',
  // people who sustain the change (value: programme)
  'accept-introduction',
  'correct-introduction', // opens a form: input correction
  'submit-correction',
  'decline-introduction',
  'nudge-on-track', // value: week; inputs note, win
  'nudge-at-risk',
  'nudge-no-progress',
  'nudge-reading', // value: week; inputs reading-<key of the KPI>
  'nudge-answer', // of several programmes; value: programme, week; opens a form: inputs status-, note- and win-<programme>, reading-<key>
  'submit-nudge-answer',
  'nudge-snooze',
  'nudge-settings', // opens a form: inputs time, holiday-from, holiday-until
  'submit-nudge-settings',
  'nudge-opt-out',
  'nudge-opt-in',
  'escalation-help', // value: programme, person
  'escalation-replan',
  'escalation-stop',
  'pilot-widen', // value: programme
  'pilot-change',
  'pilot-stop',
  'plan-status', // value: programme; opens a form: inputs action-<id>
  'submit-plan-status',
  'change-end', // opens a form: input end
  'submit-end',
  'worth-yes', // value: programme; input worth-line
  'worth-partly',
  'worth-no',
  'calendar-file', // the weekly call as a file
  // what somebody said they would do (value: alignment, promise), private to them
  'promise-confirm', // input due where it has no day yet
  'promise-change', // opens a form: inputs words, due
  'submit-promise',
  'promise-dismiss',
  'promise-kept',
  'promise-let-go',
  'promise-tell',
  // Home and administration
  'open-home',
  'replay-dead-letter',
  'listen-on',
  'listen-off',
  'undo-lesson', // value: id
  'our-words', // opens a form: inputs learning, teams, topics
  'submit-our-words',
  'external-model', // opens a form: inputs conversations, hearing
  'submit-external-model',
  'add-partner', // opens a form: inputs person, place
  'submit-add-partner',
  'remove-partner', // value: person, and place where only that is meant
  'rhythm', // opens a form: inputs quiet-start, quiet-end, nudge-time
  'submit-rhythm',
  'our-strategy', // opens a form: inputs pasted text or objectives
  'submit-strategy',
  'confirm-strategy',
  'our-causes', // opens a form: inputs symptom, cause, fact
  'submit-our-causes',
  'remove-cause', // value: cause
  'retention', // opens a form: input days
  'submit-retention',
  'my-data', // of whoever presses: opens a form, input format
  'export-my-data', // value or input: format
  'forget-me', // of whoever presses; asked for as a form it says first what will happen
] as const;

export type ActionId = (typeof actionIds)[number];
