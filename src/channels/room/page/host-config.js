const colour = (/** @type {string} */ name) => ({ default: `var(--${name})`, subtle: `var(--${name})` });
const foregroundColors = {
  default: { default: 'var(--ink)', subtle: 'var(--muted)' },
  dark: colour('ink'),
  light: colour('muted'),
  accent: colour('accent'),
  good: colour('good'),
  warning: colour('ink'),
  attention: colour('bad'),
};
const style = (/** @type {string} */ backgroundColor) => ({ backgroundColor, borderColor: 'var(--line)', foregroundColors });

const font = {
  fontFamily: 'inherit',
  fontSizes: { small: 13, default: 15, medium: 15, large: 17, extraLarge: 20 },
  fontWeights: { lighter: 400, default: 400, bolder: 600 },
};

/** How cards look here. Colours are the page's own variables, so light and dark follow the page. Sizes in pixels. */
export const hostConfig = {
  supportsInteractivity: true,
  fontFamily: 'inherit',
  fontTypes: { default: font, monospace: font },
  lineHeights: { small: 19, default: 22, medium: 22, large: 24, extraLarge: 28 },
  spacing: { none: 0, small: 6, default: 10, medium: 16, large: 20, extraLarge: 28, padding: 0 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  containerStyles: { default: style('transparent'), emphasis: style('var(--quote)') },
  actions: {
    // More than a card ever has: the renderer drops what is beyond.
    maxActions: 25,
    spacing: 'medium',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    allowTitleToWrap: true,
  },
  inputs: {
    label: { inputSpacing: 'small', requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' }, optionalInputs: { weight: 'bolder' } },
    errorMessage: { color: 'attention', size: 'small', spacing: 'small', weight: 'default' },
  },
  factSet: { title: { weight: 'default', isSubtle: true, wrap: true, maxWidth: 160 }, value: { wrap: true }, spacing: 10 },
  textBlock: { headingLevel: 3 },
  textStyles: { heading: { size: 'large', weight: 'bolder' }, columnHeader: { weight: 'bolder' } },
  table: { cellSpacing: 8 },
};
