import type { DetectReport } from './detect.ts';
import type { DialogueReport } from './dialogue-report.ts';
import type { ReplyReport } from './reply-report.ts';
import { confusionTable, table } from './table.ts';

/** Fewer lines than this say nothing of a kind. */
const tellingKind = 4;
const worstKinds = 12;

/** The figures of each file, and of all together where there are several. */
export function showDetect(reports: readonly (readonly [string, DetectReport])[]): string {
  const head = ['heard', 'lines', 'requests', 'sure P', 'R', 'sure or maybe P', 'R', 'F1', 'alarms per 10,000: sure', 'sure or maybe', 'ms p50', 'p99'];
  const row = ([name, { n, requests, sure, sure_or_maybe: both, alarms_per_10k: alarms, ms }]: (typeof reports)[number]) => [
    ...[name, n, requests, sure.precision, sure.recall, both.precision, both.recall, both.f1],
    ...[alarms.sure, alarms.sure_or_maybe, ms.p50, ms.p99],
  ];
  const [, whole] = reports.at(-1) ?? [];
  if (!whole) return '';
  const kinds = Object.entries(whole.by_kind)
    .filter(([, { n }]) => n >= tellingKind)
    .map(([kind, of]) => ({ kind, of, worst: Math.max(of.recall === null ? 0 : 1 - of.recall, of.false_rate ?? 0) }))
    .filter(({ worst }) => worst > 0)
    .sort((one, other) => other.worst - one.worst)
    .slice(0, worstKinds);
  const sources = Object.entries(whole.by_source);
  const kindHead = ['lines', 'recall', 'recall sure', 'false', 'false sure'];
  const kindRow = (kind: string, of: DetectReport['by_kind'][string]) => [kind, of.n, of.recall, of.recall_sure, of.false_rate, of.false_rate_sure];
  return [
    table(head, reports.map(row)),
    confusionTable('label / band', whole.confusion, ['sure', 'maybe', 'no']),
    ...(kinds.length > 0
      ? [
          table(
            ['weakest kinds', ...kindHead],
            kinds.map(({ kind, of }) => kindRow(kind, of)),
          ),
        ]
      : []),
    ...(sources.length > 0
      ? [
          table(
            ['source', ...kindHead],
            sources.map(([source, of]) => kindRow(source, of)),
          ),
        ]
      : []),
  ].join('\n\n');
}

export function showReplies(reports: readonly (readonly [string, ReplyReport])[]): string {
  const [, whole] = reports.at(-1) ?? [];
  if (!whole) return '';
  const acts = Object.entries(whole.acts).map(([act, { n, precision, recall, f1 }]) => [act, n, precision, recall, f1]);
  const questions = Object.entries(whole.questions).map(([id, { n, precision, recall, f1 }]) => [id, n, precision, recall, f1]);
  const kinds = Object.entries(whole.by_kind).map(([kind, of]) => [kind, of.n, of.act_accuracy, of.question_f1, of.false_answer_rate]);
  return [
    table(
      ['acts', 'lines', 'first act', 'any', 'exact', 'macro F1', 'side talk as answer', 'ms p50', 'p99'],
      reports.map(([name, of]) => [name, of.n, of.act_accuracy, of.act_any, of.act_exact, of.act_macro_f1, of.side_talk_as_answer, of.ms.p50, of.ms.p99]),
    ),
    table(
      ['questions', 'P', 'R', 'F1', 'none asked', 'another too', 'only another', 'several', 'asks back'],
      reports.map(([name, of]) => [
        ...[name, of.question_precision, of.question_recall, of.question_f1, of.question_unasked_f1],
        ...[of.question_other_f1, of.question_only_other_f1, of.question_several_f1, of.clarification_rate],
      ]),
    ),
    table(
      ['entities', 'owner', 'delegate', 'time', 'KPI name', 'baseline', 'target', 'leading'],
      reports.map(([name, of]) => [
        ...[name, of.owner_accuracy, of.delegate_accuracy, of.time_accuracy],
        ...[of.kpi_name_accuracy, of.kpi_baseline_accuracy, of.kpi_target_accuracy, of.kpi_leading_accuracy],
      ]),
    ),
    table(['act', 'lines', 'P', 'R', 'F1'], acts),
    table(['question', 'lines', 'P', 'R', 'F1'], questions),
    ...(kinds.length > 0 ? [table(['kind', 'lines', 'first act', 'question F1', 'answers where none is'], kinds)] : []),
    confusionTable('act / read as', whole.confusion),
  ].join('\n\n');
}

export function showDialogues(reports: readonly (readonly [string, DialogueReport])[]): string {
  const [, whole] = reports.at(-1) ?? [];
  if (!whole) return '';
  const triggers = Object.entries(whole.prompts.by_trigger).map(([trigger, of]) => [trigger, of.shown, of.right, of.expected, of.found]);
  return [
    table(
      ['dialogues', 'n', 'answers P', 'R', 'F1', 'turns placed', 'other turns taken', 'posts in channel', 'faults'],
      reports.map(([name, of]) => [
        ...[name, of.n, of.answers_precision, of.answers_recall, of.answers_f1, of.turns_placed, of.turns_taken_otherwise],
        ...[of.posts_at_channel_level, of.faults],
      ]),
    ),
    table(
      ['opened', 'addressed', 'heard', 'by suggestion', 'by mention', 'asked what was replied to', 'brief says', 'says wrongly', 'focus', 'ms p50'],
      reports.map(([name, { openings, in_step: inStep, brief, ms }]) => [
        ...[name, openings.addressed, openings.heard, openings['accepted the suggestion'], openings['mentioned Plumb']],
        ...[inStep, brief.must_say, brief.must_not_say, brief.agreed_focus, ms.p50],
      ]),
    ),
    table(
      ['coach', 'prompts P', 'R', 'median shown', 'most open', 'contradictions R', 'put', 'false per 10', 'turns after'],
      reports.map(([name, { prompts, contradictions }]) => [
        ...[name, prompts.precision, prompts.recall, prompts.median_shown, prompts.most_open],
        ...[contradictions.recall, contradictions.recall_put, contradictions.false_per_10, contradictions.median_turns_after],
      ]),
    ),
    table(['prompt', 'shown', 'right', 'expected', 'found'], triggers),
    ...(whole.contradictions.came.length > 0
      ? [
          table(
            ['challenge', 'at turn', 'shows at'],
            whole.contradictions.came.map(({ id, turn, shows }) => [id, turn, shows]),
          ),
        ]
      : []),
  ].join('\n\n');
}
