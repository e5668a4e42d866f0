/** What only Teams needs to say, from prompts/wording.yaml: channels hold no words of their own. */
export type TeamsWords = {
  /** A press or form that took too long: the answer comes as a message. */
  late: string;
  /** A press or form that could not be kept. */
  notKept: string;
  /** The answer to what somebody did in front of others went to their chat with Plumb. */
  toldPrivately: string;
  /** Below a card whose button was pressed, where what came of it stands elsewhere. */
  pressed: string;
  /** The same, but they have no chat with Plumb; beside `addForYourself`, which links to where they add it. */
  cannotTellPrivately: string;
  addForYourself: string;
  /** Somebody used the message action where Plumb was not added: text and button of the dialog. */
  notAdded: string;
  addHere: string;
  /** The dialog of the message action: its title, the question above what was said, its button, and what stands there once it is started. */
  startTitle: string;
  startAbout: string;
  startButton: string;
  started: string;
  /** A message without text (a picture, a card) cannot be started on. */
  nothingSaid: string;
  /** Title of a dialog that only says something. */
  noticeTitle: string;
  /** Beside a file that is offered: what is in it. */
  fileOffered: string;
  fileDeclined: string;
  /** Below the button, where the file went to everybody in the conversation. */
  fileShared: string;
  /** Beside a link to a file: how long it works; and the link itself. */
  fileLink: string;
  fileOpen: string;
  /** A file that could not be uploaded, before its text. */
  fileFailed: string;
  /** Cut where Teams allows no more. */
  more: string;
  /** What a group chat without a name is called, before the names of who is in it. */
  chatOf: string;
  /** Somebody whose name Teams does not tell. */
  somebody: string;
};
