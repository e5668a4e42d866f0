/** What Slack takes at most, in UTF-16 units unless named otherwise. Each number stands with the page of docs.slack.dev/reference that gives it. */
export const limits = {
  /** block-kit/blocks */
  messageBlocks: 50,
  viewBlocks: 100,
  /** block-kit/composition-objects/text-object; block-kit/blocks/section-block */
  sectionText: 3_000,
  fields: 10,
  fieldText: 2_000,
  /** block-kit/blocks/header-block */
  header: 150,
  /** block-kit/blocks/context-block: its elements are text objects; kept as short as fields, since clients show them small. */
  contextElements: 10,
  contextText: 2_000,
  /** block-kit/blocks/actions-block */
  actions: 25,
  /** block-kit/block-elements/button-element */
  buttonText: 75,
  buttonValue: 2_000,
  buttonUrl: 3_000,
  /** block-kit/block-elements/overflow-menu-element: at most; with a single one a button says more. */
  overflowOptions: 5,
  /** block-kit/blocks/image-block */
  imageAlt: 2_000,
  imageUrl: 3_000,
  /** block-kit/blocks; block-kit/block-elements */
  blockId: 255,
  actionId: 255,
  /** block-kit/block-elements/select-menu-element; block-kit/composition-objects/option-group-object */
  selectOptions: 100,
  optionGroups: 100,
  /** block-kit/composition-objects/option-object */
  optionText: 75,
  optionValue: 150,
  optionUrl: 3_000,
  /** block-kit/block-elements/radio-button-group-element; block-kit/block-elements/checkboxes-element */
  radioOptions: 10,
  /** block-kit/blocks/input-block */
  label: 2_000,
  hint: 2_000,
  /** block-kit/block-elements/plain-text-input-element, and every menu */
  placeholder: 150,
  textInput: 3_000,
  /** views */
  viewTitle: 24,
  viewButton: 24,
  privateMetadata: 3_000,
  callbackId: 255,
  /** surfaces/modals: bytes of a view as JSON. */
  viewBytes: 250_000,
  /** methods/chat.postMessage: text is cut above. */
  messageText: 40_000,
  /** block-kit/blocks/table-block; all cells together as for block-kit/blocks/data-table-block. */
  tableRows: 100,
  tableColumns: 20,
  tableText: 10_000,
  /** Not documented: all blocks of a message together were refused above 13,297 characters (github.com/slackapi/bolt-js/issues/2509). */
  messageSize: 13_000,
} as const;

/** How much we use of the two sizes that are only known roughly, and of what people can take in at once. */
export const shown = {
  messageSize: 12_800,
  /** There one more divider, 18 characters of JSON, took 125 of them: so much every block counts for beyond what it says. */
  blockOverhead: 107,
  viewBytes: 200_000,
  messageButtons: 25,
  viewButtons: 100,
  summary: 1_000,
  linkUrl: 1_000,
  /** The longest value that stands in two columns, and its label. */
  columnValue: 60,
  columnLabel: 60,
  /** Up to this many choices are all seen at once; more go into a menu. */
  radioOptions: 5,
  menuOptions: 1_000,
} as const;

/** Stands where a card has no words of its own. */
export const appName = 'Plumb';
