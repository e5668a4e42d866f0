/** What Plumb says of a programme: its end, its KPIs, the summary of a month and its close. Each key of prompts/wording.yaml with the slots it may use. */
export const programmeSlots = {
  'form-error.figure': [],
} as const;
