/** `values`: by feature, all examples in the same order; `weight`: how much the example counts. */
export type LogisticExample = { values: readonly number[]; positive: boolean; weight: number };
export type Logistic = { bias: number; weights: number[] };

const passes = 60;

/**
 * Logistic regression with squared weights held back, on features brought to the same spread; the weights that come back are for features as they are. By
 * Newton's method, one feature after the other: the same examples give the same weights. `cost`: how much a mistake counts against small weights.
 */
export function fitLogistic(examples: readonly LogisticExample[], cost: number): Logistic {
  const size = examples[0]?.values.length ?? 0;
  const columns = Array.from({ length: size }, (_, at) => columnOf(examples, at));
  const signs = examples.map(({ positive }) => (positive ? 1 : 0));
  const costs = examples.map(({ weight }) => weight * cost);
  const sums = new Float64Array(examples.length);
  const weights = new Float64Array(size);
  const ones = { spread: 1, mean: 0, values: new Float64Array(examples.length).fill(1) };
  let bias = 0;
  const step = (values: Float64Array, held: number, weight: number): number => {
    let slope = held * weight;
    let curve = held + 1e-9;
    values.forEach((value, at) => {
      const likely = 1 / (1 + Math.exp(-(sums[at] ?? 0)));
      const counts = costs[at] ?? 0;
      slope += counts * (likely - (signs[at] ?? 0)) * value;
      curve += counts * likely * (1 - likely) * value * value;
    });
    const change = -slope / curve;
    values.forEach((value, at) => {
      sums[at] = (sums[at] ?? 0) + change * value;
    });
    return change;
  };
  for (let pass = 0; pass < passes; pass += 1) {
    bias += step(ones.values, 0, bias);
    columns.forEach(({ values }, at) => {
      weights[at] = (weights[at] ?? 0) + step(values, 1, weights[at] ?? 0);
    });
  }
  const plain = columns.map(({ spread }, at) => (weights[at] ?? 0) / spread);
  return { bias: columns.reduce((sum, { mean }, at) => sum - mean * (plain[at] ?? 0), bias), weights: plain };
}

function columnOf(examples: readonly LogisticExample[], at: number): { mean: number; spread: number; values: Float64Array } {
  const values = Float64Array.from(examples, (example) => example.values[at] ?? 0);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) + 1e-6;
  return { mean, spread, values: values.map((value) => (value - mean) / spread) };
}
