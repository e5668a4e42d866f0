import { z } from 'zod';
import { parseJson } from '../../parse-json.ts';
import { Context, contextOf } from './metadata.ts';
import type { ModalContext } from './rendering.ts';

const Metadata = z.object({ context: Context });

/** Where the press came from that opened a dialog, out of its private_metadata; undefined where it does not say. */
export function readContext(privateMetadata: string | undefined): ModalContext | undefined {
  const read = Metadata.safeParse(parseJson(privateMetadata ?? ''));
  return read.success ? contextOf(read.data.context) : undefined;
}
