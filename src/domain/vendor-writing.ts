import type { By } from './command.ts';
import type { PersonId, Quote } from './conversation.ts';
import type { StartedAlignment } from './state.ts';
import type { VendorLineId } from './vendor.ts';

/** What somebody chose and wrote when they wrote to a vendor: the form begins with it the next time. Their own words, kept once. */
export type VendorWriting = {
  by: PersonId;
  at: number;
  ticked: readonly VendorLineId[];
  /** Offered and left out; what stands in neither was not there yet. */
  unticked: readonly VendorLineId[];
  /** What is not part of it, point by point. */
  scope: readonly Quote[];
  joins?: Quote;
  time?: Quote;
  reach?: Quote;
  /** Whom the vendor writes to; absent where they name nobody. */
  contact?: PersonId;
};

export type WriteToVendor = { type: 'WriteToVendor' } & Omit<VendorWriting, 'by' | 'at'> & By;
export type VendorWritten = { type: 'VendorWritten'; at: number; by: PersonId; act: string; writing: VendorWriting };

/** Keeps what somebody wrote to a vendor. */
export function decideWriting(state: StartedAlignment, command: WriteToVendor, now: number): VendorWritten[] {
  if (state.signedVersion === 0) return [];
  const { ticked, unticked, scope, joins, time, reach, contact, by, act } = command;
  const written = { ...(joins && { joins }), ...(time && { time }), ...(reach && { reach }), ...(contact !== undefined && { contact }) };
  return [{ type: 'VendorWritten', at: now, by, act, writing: { by, at: now, ticked, unticked, scope, ...written } }];
}

/** Everybody's last one, the newest at the end. */
export function evolveWriting<S extends StartedAlignment>(state: S, { writing }: VendorWritten): S {
  return { ...state, vendorWritings: [...(state.vendorWritings ?? []).filter(({ by }) => by !== writing.by), writing] };
}
