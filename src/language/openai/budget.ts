/** Durable counters per tenant and day, shared by all instances (the store's usage). Resolves with the value after adding. */
export type Usage = { add(key: { tenant: string; personId: string; day: string; what: string; amount: number }): Promise<number> };

/** Dollars for a million tokens. */
export type Price = { input: number; output: number };
export type Tokens = { input: number; output: number };
type Spending = { microdollars: number; tokens: number };

export type Reservation = {
  /** Replaces what was reserved by what was used; `unknown` keeps the reservation, because it may have been billed. Resolves with the dollars that count. */
  settle(used: Tokens | 'nothing' | 'unknown'): Promise<number>;
};

/** Of the whole tenant, not of a person. */
const everybody = '';

/** A limit for each tenant and day (UTC): money in dollars and tokens. Counted before the call and put right after it, so that many instances together keep it. */
export function createBudget({ usage, price, limit, now }: { usage: Usage; price: Price; limit: { dollars: number; tokens: number }; now: () => number }) {
  const most: Spending = { microdollars: Math.round(limit.dollars * 1_000_000), tokens: limit.tokens };
  // A price per million tokens in dollars is the price of one token in millionths of a dollar.
  const costOf = ({ input, output }: Tokens): Spending => ({
    microdollars: Math.ceil(input * price.input + output * price.output),
    tokens: input + output,
  });

  /** Reserves the most that a call can use; `over` when the day's budget does not hold it. Rejects when the store does. */
  return async function reserve(tenant: string, atMost: Tokens): Promise<Reservation | 'over'> {
    const day = new Date(now()).toISOString().slice(0, 10);
    const reserved = costOf(atMost);
    const spend = async ({ microdollars, tokens }: Spending): Promise<Spending> => {
      const add = (what: string, amount: number) => usage.add({ tenant, personId: everybody, day, what, amount });
      const [money, units] = await Promise.all([add('model-microdollars', microdollars), add('model-tokens', tokens)]);
      return { microdollars: money, tokens: units };
    };
    const after = await spend(reserved);
    if (after.microdollars > most.microdollars || after.tokens > most.tokens) {
      await spend({ microdollars: -reserved.microdollars, tokens: -reserved.tokens });
      return 'over';
    }
    return {
      async settle(used) {
        if (used === 'unknown') return reserved.microdollars / 1_000_000;
        const actual = used === 'nothing' ? { microdollars: 0, tokens: 0 } : costOf(used);
        await spend({ microdollars: actual.microdollars - reserved.microdollars, tokens: actual.tokens - reserved.tokens });
        return actual.microdollars / 1_000_000;
      },
    };
  };
}
