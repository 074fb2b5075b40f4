const holds: Record<string, { title: string; words: string }> = {
  shadow: {
    title: 'Detection is in shadow mode',
    words: 'What it finds is shown, and nothing may be done about it until the policy says so.',
  },
  cap: {
    title: 'Too large a share of all members was flagged',
    words:
      'Above the limit of the policy it is likelier that detection is wrong than that so many are. Look at the reasons first.',
  },
  no_clear_break: {
    title: 'There is no clear break between these accounts and honest ones',
    words: 'Where the line would run is a matter of chance, so nobody is flagged on this evidence alone.',
  },
  protected_only: {
    title: 'Every account in it is protected',
    words: 'Members on the list of protected ones are never acted upon.',
  },
};

/** Why nothing may be done to a ring for now, and what that means for whoever looks at it. */
export function holdExplained(hold: string): { title: string; words: string } {
  return holds[hold] ?? { title: 'Held back', words: `The service says: ${hold.replaceAll('_', ' ')}.` };
}
