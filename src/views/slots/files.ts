/** Keys of files that take their time, and of the page behind a link to a file that is not served (src/files.ts). */
export const filesSlots = {
  'file.coming': [],
  'file.failed': [],
  'file-page.gone-title': [],
  'file-page.gone': [],
  'file-page.late-title': [],
  'file-page.late': [],
} as const;
