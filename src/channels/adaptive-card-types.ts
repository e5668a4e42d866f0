/** The part of the Adaptive Card 1.5 schema (https://adaptivecards.io/explorer/) that we write, as plain objects. */
type Placed = { id?: string; spacing?: 'none' | 'small' | 'default' | 'medium' | 'large'; separator?: boolean };

export type TextBlock = {
  type: 'TextBlock';
  text: string;
  wrap: true;
  style?: 'heading' | 'default';
  size?: 'small' | 'default' | 'medium' | 'large';
  weight?: 'default' | 'bolder';
  color?: 'default' | 'good' | 'attention';
  isSubtle?: boolean;
} & Placed;

export type TextRun = {
  type: 'TextRun';
  text: string;
  size?: 'small' | 'default' | 'medium' | 'large';
  weight?: 'default' | 'bolder';
  color?: 'default' | 'good' | 'accent';
  isSubtle?: boolean;
  selectAction?: AdaptiveAction;
};
export type RichTextBlock = { type: 'RichTextBlock'; inlines: TextRun[] } & Placed;
export type Container = { type: 'Container'; style?: 'default' | 'emphasis'; items: AdaptiveElement[] } & Placed;
export type Column = { type: 'Column'; width: 'auto' | 'stretch' | number; items: AdaptiveElement[] } & Placed;
export type ColumnSet = { type: 'ColumnSet'; columns: Column[] } & Placed;
export type FactSet = { type: 'FactSet'; facts: { title: string; value: string }[] } & Placed;
export type TableCell = { type: 'TableCell'; items: AdaptiveElement[] };
export type Table = {
  type: 'Table';
  columns: { width: number }[];
  rows: { type: 'TableRow'; cells: TableCell[] }[];
  firstRowAsHeader: true;
  gridStyle: 'default';
} & Placed;
export type ActionSet = { type: 'ActionSet'; actions: AdaptiveAction[] } & Placed;

type Labelled = { id: string; label?: string; isRequired?: boolean; errorMessage?: string; value?: string } & Placed;
export type AdaptiveInput =
  | ({ type: 'Input.Text'; isMultiline?: boolean; maxLength?: number; placeholder?: string } & Labelled)
  | ({ type: 'Input.ChoiceSet'; style: 'compact' | 'expanded' | 'filtered'; choices: { title: string; value: string }[]; placeholder?: string } & Labelled)
  | ({ type: 'Input.Time'; placeholder?: string } & Labelled)
  | ({ type: 'Input.Toggle'; title: string; valueOn: 'true'; valueOff: 'false' } & Labelled);

export type AdaptiveElement = TextBlock | RichTextBlock | Container | ColumnSet | FactSet | Table | ActionSet | AdaptiveInput;

/** What a button means, and in a form of Teams what opened it: so the same form can be asked for again and shown with its mistakes. */
type Meant = { action: string; value: Readonly<Record<string, string>> };
/** What comes back when a button is pressed; the fields of the card are merged in beside it by the platform. */
export type SubmitData = Meant & { form?: true; opened?: Meant; msteams?: { type: 'task/fetch' } };
type Pressed = { title: string; style?: 'positive' | 'destructive'; associatedInputs?: 'auto' | 'none' };
export type AdaptiveAction =
  | ({ type: 'Action.Submit'; data: SubmitData } & Pressed)
  | ({ type: 'Action.Execute'; verb: string; data: Meant } & Pressed)
  | { type: 'Action.OpenUrl'; title: string; url: string };

export type Mentioned = { type: 'mention'; text: string; mentioned: { id: string; name: string } };
export type AdaptiveCard = {
  type: 'AdaptiveCard';
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  version: '1.5';
  /** What a screen reader says for the whole card. */
  speak: string;
  body: AdaptiveElement[];
  actions?: AdaptiveAction[];
  msteams?: { entities: Mentioned[] };
};
