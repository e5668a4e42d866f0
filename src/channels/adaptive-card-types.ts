import type {
  IActionSet,
  IAdaptiveCard,
  IChoiceSetInput,
  IColumn,
  IColumnSet,
  IContainer,
  IExecuteAction,
  IFactSet,
  IImage,
  IMention,
  IOpenUrlAction,
  IRichTextBlock,
  ISubmitAction,
  ITable,
  ITextBlock,
  ITextInput,
  ITextRun,
  ITimeInput,
  IToggleInput,
} from '@microsoft/teams.cards';

// Microsoft's own definitions, narrowed to what we write. Only its types: its builders make the same objects, and importing them costs 7 MB and 10 ms.
export type Column = IColumn;
export type Mention = Required<Pick<IMention, 'type' | 'text' | 'mentioned'>>;
export type TextBlock = ITextBlock;
export type TextRun = ITextRun;
export type RichTextBlock = IRichTextBlock;
export type AdaptiveInput = ITextInput | IChoiceSetInput | ITimeInput | IToggleInput;
export type AdaptiveElement = ITextBlock | IRichTextBlock | IContainer | IColumnSet | IFactSet | IImage | ITable | IActionSet | AdaptiveInput;

/** What a button means, and in a form of Teams what opened it: so the same form can be asked for again and shown with its mistakes. */
export type Meant = { action: string; value: Readonly<Record<string, string>> };
/** What comes back when a button is pressed; the fields of the card are merged in beside it by the platform. */
export type SubmitData = Meant & { form?: true; opened?: Meant; msteams?: { type: 'task/fetch' } };
type With<Action extends { data?: unknown }, Data> = Omit<Action, 'data'> & { data: Data };
export type AdaptiveAction = With<ISubmitAction, SubmitData> | With<IExecuteAction, Meant> | IOpenUrlAction;

// The documentation writes "Full" where Microsoft's types write "full"; clients take both.
type InTeams = { width: 'Full'; entities?: Mention[] };
export type AdaptiveCard = Omit<IAdaptiveCard, 'body' | 'actions' | 'msteams'> & { body: AdaptiveElement[]; actions?: AdaptiveAction[]; msteams?: InTeams };
