/** What only Slack needs to say, from prompts/wording.yaml: channels hold no words of their own. */
export type SlackWords = {
  /** Title and text of a form that is being filled. */
  loadingTitle: string;
  loading: string;
  /** A form or press that took too long: the answer comes as a message. */
  late: string;
  /** A press or form that could not be kept. */
  notKept: string;
  /** Somebody used Plumb where it was not invited. */
  notInvited: string;
  close: string;
  cancel: string;
  /** Button that opens the optional fields of a card, and the title of what opens. */
  addNote: string;
  addNoteTitle: string;
  /** Label of the choice among the card's buttons in that form. */
  chooseOne: string;
  send: string;
  /** Cut where Slack allows no more. */
  more: string;
  /** Somebody whose name Slack does not tell. */
  somebody: string;
  /** The one choice of a checkbox. */
  yes: string;
  /** A file went to somebody's 1:1 chat. */
  fileInChat: string;
  /** A file that could not be uploaded, before its text; one of which nobody knows whether it arrived; and a link to it. */
  fileFailed: string;
  filePerhaps: string;
  fileOpen: string;
};
