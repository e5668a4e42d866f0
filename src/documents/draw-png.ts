import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';

// Brought along, so that a server without fonts draws the same picture.
const fontFiles = [import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'), import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')].map((url) =>
  fileURLToPath(url),
);

/** An SVG of ours as PNG. What is in it can load nothing. Throws when it is no SVG. */
export function drawPng(svg: string): Buffer {
  // Fonts of the machine only help with scripts that DejaVu does not have (Chinese, Japanese, Korean).
  const drawn = new Resvg(svg, { font: { fontFiles, loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans' } });
  return drawn.render().asPng();
}
