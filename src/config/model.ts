import type { Environment } from './environment.ts';
import { ConfigError, type ConfigProblem } from './problem.ts';

export type ModelConfig = {
  endpoint:
    | { kind: 'openai'; apiKey: string; baseUrl: string | undefined }
    | { kind: 'azure'; apiKey: string; endpoint: string; deployment: string; apiVersion: string }
    | { kind: 'replay'; directory: string };
  name: string;
  /** Per tenant and day (UTC). */
  dailyDollars: number;
  dailyTokens: number;
  /** Absolute path of the folder in which calls and answers are recorded. */
  recordTo: string | undefined;
};

/** The model with which a workspace is read when none is named: small, quick, with structured outputs. */
const usualModel = 'gpt-5.4-mini';

/** Which model is asked and how; several mistakes are told at once. */
export function modelConfig(value: Environment): ModelConfig | undefined {
  const problems = modelProblems(value);
  if (problems.length > 0) throw new ConfigError(problems);
  const endpoint = endpointOf(value);
  if (!endpoint) return undefined;
  return {
    endpoint,
    name: value.OPENAI_MODEL ?? value.AZURE_OPENAI_DEPLOYMENT ?? usualModel,
    dailyDollars: value.OPENAI_DAILY_BUDGET,
    dailyTokens: value.OPENAI_DAILY_TOKENS,
    recordTo: value.PLUMB_LLM_RECORD,
  };
}

function endpointOf(value: Environment): ModelConfig['endpoint'] | undefined {
  if (value.PLUMB_LLM_REPLAY !== undefined) return { kind: 'replay', directory: value.PLUMB_LLM_REPLAY };
  const { AZURE_OPENAI_API_KEY: azureKey, AZURE_OPENAI_ENDPOINT: endpoint, AZURE_OPENAI_DEPLOYMENT: deployment } = value;
  if (azureKey !== undefined && endpoint !== undefined && deployment !== undefined) {
    return { kind: 'azure', apiKey: azureKey, endpoint, deployment, apiVersion: value.AZURE_OPENAI_API_VERSION };
  }
  const baseUrl = value.OPENAI_BASE_URL?.replace(/\/+$/, '');
  // A model on one's own machine often wants no key, but the client always sends one.
  const apiKey = value.OPENAI_API_KEY ?? (baseUrl === undefined ? undefined : 'none');
  return apiKey === undefined ? undefined : { kind: 'openai', apiKey, baseUrl };
}

function modelProblems(value: Environment): ConfigProblem[] {
  const azure = ['AZURE_OPENAI_ENDPOINT', 'AZURE_OPENAI_API_KEY', 'AZURE_OPENAI_DEPLOYMENT'] as const;
  const anyAzure = azure.some((name) => value[name] !== undefined);
  const openAi = value.OPENAI_API_KEY !== undefined || value.OPENAI_BASE_URL !== undefined;
  const problems: ConfigProblem[] = [];
  const problem = (variable: string, message: string) => problems.push({ variable, message });
  for (const name of azure) if (anyAzure && value[name] === undefined) problem(name, `is missing: Azure OpenAI needs ${azure.join(', ')}`);
  if (anyAzure && openAi) problem('OPENAI_API_KEY', 'and AZURE_OPENAI_... are both set: keep the one that is to be asked');
  const recording = value.PLUMB_LLM_RECORD !== undefined;
  const replaying = value.PLUMB_LLM_REPLAY !== undefined;
  const production = value.NODE_ENV === 'production';
  const onDisk = 'writes what people said to disk, so it is refused when NODE_ENV is production: leave it empty';
  if (recording && production) problem('PLUMB_LLM_RECORD', onDisk);
  if (replaying && production) problem('PLUMB_LLM_REPLAY', 'answers from files, so it is refused when NODE_ENV is production: leave it empty');
  if (recording && replaying) problem('PLUMB_LLM_RECORD', 'and PLUMB_LLM_REPLAY are both set: keep one of them');
  if (recording && !anyAzure && !openAi) problem('PLUMB_LLM_RECORD', 'needs a model to record: set OPENAI_API_KEY, OPENAI_BASE_URL or AZURE_OPENAI_...');
  return problems;
}
