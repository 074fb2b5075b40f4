import { counted } from '../../words/counts.ts';

/** What the ledger records, as it is called in the search. */
export const entryKinds: Record<string, string> = {
  sync: 'A sync of contacts',
  lookup: 'Look-ups of numbers',
  reveal: 'A card revealed',
  setting: 'A setting changed',
  canary: 'A canary touched',
  enforcement: 'An enforcement',
  'book-erased': 'Contacts erased',
  'member-erased': 'A member erased',
  view: 'A look at somebody’s data',
  case: 'Work on a case',
  'sign-in': 'A sign-in',
};

const settings: Record<string, string> = {
  nobody: 'nobody',
  mutual: 'people in my contacts',
  anyone: 'anyone with my number',
};

/** Whose history an entry belongs to, where it is not a member's: decisions, and what analysts do. */
export function historyWords(member: string): string | undefined {
  const [, what, name] = /^kith:(analyst|ring|case):(.*)$/su.exec(member) ?? [];
  return what && `${what} ${name}`;
}

/** One entry as a sentence; what this page does not know is shown as it stands in the ledger. */
export function entryWords(kind: string, body: Record<string, unknown>): string {
  switch (kind) {
    case 'setting':
      return settingWords(body);
    case 'enforcement':
      return [
        text(body.what) ?? 'enforcement',
        text(body.ring) && `ring ${text(body.ring)}`,
        text(body.by) && `by ${text(body.by)}`,
      ]
        .filter(Boolean)
        .join(', ');
    case 'sign-in':
      return [text(body.analyst) ?? 'somebody', String(body.what).replaceAll('-', ' '), text(body.role)]
        .filter(Boolean)
        .join(' ');
    case 'view':
      return `${text(body.by) ?? 'somebody'} looked at ${text(body.what) ?? 'it'}${text(body.id) ? ` of ${text(body.id)}` : ''}`;
    default:
      return [entryKinds[kind] ?? kind, factsOf(body)].filter(Boolean).join(': ');
  }
}

function settingWords({ discoverable, hasPhone }: Record<string, unknown>): string {
  const who = settings[String(discoverable)] ?? String(discoverable);
  return `May be found by ${who}${hasPhone === false ? ', and has no number' : ''}`;
}

/** "new 120, repeated 4" */
function factsOf(body: Record<string, unknown>): string {
  return Object.entries(body)
    .map(([name, value]) => factWords(name, value))
    .filter((words) => words !== undefined)
    .join(', ');
}

function factWords(name: string, value: unknown): string | undefined {
  const spoken = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  if (typeof value === 'number') return `${spoken} ${value}`;
  if (typeof value === 'string') return `${spoken} ${value}`;
  if (typeof value === 'boolean') return value ? spoken : undefined;
  return Array.isArray(value) ? `${spoken} ${counted(value.length, 'item')}` : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
