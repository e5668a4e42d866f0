import { expect, it } from '@jest/globals';
import { withAnswers } from '../../src/channels/with-answers.ts';
import type { Form } from '../../src/views/card.ts';

const form: Form = {
  id: 'settings',
  title: 'Settings',
  submitLabel: 'Save',
  submit: 'submit-nudge-settings',
  value: {},
  blocks: [
    { type: 'text', text: 'When?' },
    { type: 'input', id: 'time', label: 'Time', kind: 'time', value: '09:00' },
    { type: 'input', id: 'holiday', label: 'Away until', kind: 'text', value: '2026-12-01' },
  ],
};

it('shows what was typed, also where it was emptied, and the mistake beside its field', () => {
  expect(withAnswers(form, { time: '', holiday: 'soon' }, { holiday: 'Write a date.' }).blocks).toEqual([
    { type: 'text', text: 'When?' },
    { type: 'input', id: 'time', label: 'Time', kind: 'time', value: '' },
    { type: 'input', id: 'holiday', label: 'Away until', kind: 'text', value: 'soon', error: 'Write a date.' },
  ]);
});

it('keeps what a form shows where nothing else was typed', () => {
  expect(withAnswers(form, {}, {})).toEqual(form);
});

it('shows a mistake that belongs to no field above the fields', () => {
  expect(withAnswers(form, {}, { '': 'This was closed meanwhile.' }).blocks[0]).toEqual({ type: 'text', text: 'This was closed meanwhile.', style: 'strong' });
});
