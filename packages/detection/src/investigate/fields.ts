import { WatchError } from '../errors.ts';
import { type EventColumn, eventColumns } from '../events/event.ts';
import { parseAddress } from '../network/index.ts';

/** What a log may know of a sync. */
export type LogField =
  | 'member'
  | 'at'
  | 'ip'
  | 'device'
  | 'client'
  | 'country'
  | 'asn'
  | 'created'
  | 'numbers'
  | 'rejected'
  | 'waiting'
  | 'met'
  | 'found'
  | 'canaries'
  | 'followed'
  | 'solitary'
  | 'number_country'
  | 'number'
  | 'hit';

interface FieldSpec {
  /** For the help text. */
  means: string;
  /** Columns that usually hold it, most telling first; compared without case and punctuation. */
  guesses: readonly string[];
  /** Event columns that become known with it. */
  gives: readonly EventColumn[];
  /** What its values look like; a column of that name with other values is not taken. */
  fits?: (value: string) => boolean;
  /** Whether a column is taken for it by its values alone, where no name tells. */
  byValue?: true;
}

const isCount = (value: string): boolean => /^\d{1,9}(\.0+)?$/.test(value) || value.startsWith('[');
const isAddress = (value: string): boolean => {
  const first = value.split(',')[0]?.trim() ?? '';
  const bare = /^[\d.]+:\d+$/.test(first)
    ? first.slice(0, first.indexOf(':'))
    : first.replace(/^\[(.*)\].*$/, '$1');
  return parseAddress(bare) !== undefined;
};
const isTime = (value: string): boolean =>
  /^\d{4}-\d\d-\d\d/.test(value) ||
  /^\d{9,19}(\.\d+)?$/.test(value) ||
  /^\[?\d\d\/[A-Z][a-z]{2}\/\d{4}:/.test(value) ||
  (value.length > 9 && !Number.isNaN(Date.parse(value)));
const isCountry = (value: string): boolean => /^[A-Za-z]{2}$/.test(value);
/** One number as people dial it, or a list of such. */
const isPhone = (value: string): boolean =>
  value
    .replace(/^\[|\]$/g, '')
    .split(/[,;|]/)
    .every(
      (each) => /^["\s]*\+?[\d\s().\-/]{7,24}["\s]*$/.test(each) && /\d{7}/.test(each.replaceAll(/\D/g, '')),
    );
const isHit = (value: string): boolean =>
  /^(true|false|yes|no|y|n|1|0|hit|miss|found|none|match(ed)?|not[ _-]?found|no[ _-]?match|ok|[245]\d\d)$/i.test(
    value,
  );

/** Every field that a log's columns can be mapped to. */
export const logFields: Readonly<Record<LogField, FieldSpec>> = {
  member: {
    means: 'the account',
    guesses: 'member memberid userid user accountid account uid subject sub customerid owner'.split(' '),
    gives: [],
  },
  at: {
    means: 'when: ISO 8601, or seconds, milliseconds, microseconds since 1970',
    guesses: 'at ts timestamp time datetime eventtime date loggedat requesttime'.split(' '),
    gives: [],
    fits: isTime,
    byValue: true,
  },
  ip: {
    means: 'the address; country, operator and kind of network are looked up',
    guesses: 'ip clientip ipaddress remoteip remoteaddr sourceip srcip xforwardedfor address'.split(' '),
    gives: ['prefix', 'asn', 'country', 'network'],
    fits: isAddress,
    byValue: true,
  },
  device: {
    means: 'the device',
    guesses: 'device deviceid installationid installid fingerprint androidid idfv'.split(' '),
    gives: ['device'],
  },
  client: {
    means: 'the client software',
    guesses: 'client useragent ua httpuseragent agent appversion'.split(' '),
    gives: ['client'],
  },
  country: {
    means: 'country of the address',
    guesses: 'country countrycode geocountry'.split(' '),
    gives: ['country'],
    fits: isCountry,
  },
  asn: {
    means: 'autonomous system of the address',
    guesses: 'asn autonomoussystem asnumber'.split(' '),
    gives: ['asn'],
  },
  created: {
    means: 'when the account was made',
    guesses:
      'created accountcreatedat usercreatedat membercreatedat accountcreated usercreated membercreated signupat signup signuptime signupdate signedup registeredat registered registration registrationdate registrationtime joinedat joined joindate creationdate creationtime accountcreationdate createdat'.split(
        ' ',
      ),
    gives: ['created'],
    fits: isTime,
  },
  numbers: {
    means: 'how many numbers were new in this request (or how many it carried; a list is counted)',
    guesses:
      'numbersnew newnumbers newcontacts contactsnew newphones newentries numbersadded contactsadded added new numbers contacts contact uploaded numbersuploaded contactsuploaded uploadsize submitted numberssubmitted tried numberstried phones phone phonenumbers lookups queries entries batchsize booksize addressbooksize size count'.split(
        ' ',
      ),
    gives: ['numbers_new'],
    fits: isCount,
  },
  rejected: {
    means: 'how many numbers were impossible',
    guesses: 'rejected invalid numbersrejected invalidcount'.split(' '),
    gives: ['numbers_rejected'],
    fits: isCount,
  },
  waiting: {
    means: 'how many numbers a limit held back',
    guesses: 'waiting throttled numberswaiting ratelimited'.split(' '),
    gives: ['numbers_waiting'],
    fits: isCount,
  },
  met: {
    means: 'how many of the people found hold the account’s number too',
    guesses: 'met mutual slotsmet reciprocal mutualmatches'.split(' '),
    gives: ['slots_met'],
    fits: isCount,
  },
  found: {
    means: 'how many people were found without being mutual',
    guesses:
      'found numbersfound matched numbersmatched contactsmatched matches match hits hit reveals revealed friendsfound usersfound accountsfound matchesfound returned results result'.split(
        ' ',
      ),
    gives: ['reveals'],
    fits: isCount,
  },
  canaries: {
    means: 'how many canaries were touched',
    guesses: ['canaries', 'canary'],
    gives: ['canaries'],
    fits: isCount,
  },
  followed: {
    means: 'how many people found earlier were then approached',
    guesses: 'followed followthrough invited messaged'.split(' '),
    gives: ['followed'],
    fits: isCount,
  },
  solitary: {
    means: 'how many of the numbers no other account had asked about',
    guesses: 'solitary novel unseen'.split(' '),
    gives: ['sketch'],
    fits: isCount,
  },
  number_country: {
    means: 'the most common country of the numbers',
    guesses: 'numbercountry phonecountry region numbersregion'.split(' '),
    gives: ['number_country'],
    fits: isCountry,
  },
  number: {
    means: 'the number asked about, or a list of them; only keyed hashes are kept, until the run ends',
    guesses: 'number phone phonenumber msisdn e164 lookup contact numbers contacts phones phonenumbers'.split(
      ' ',
    ),
    gives: ['numbers_new', 'sketch', 'shape', 'number_country'],
    fits: isPhone,
  },
  hit: {
    means: 'whether the number of this row found somebody: true, false, yes, no, hit, miss, 200, 404',
    guesses: 'hit ishit isfound isfriend result outcome match'.split(' '),
    gives: ['reveals'],
    fits: isHit,
  },
};

export const logFieldNames = Object.keys(logFields) as LogField[];

/** Which column of the log holds which field; columns of nested objects are written with dots. */
export type Mapping = Partial<Record<LogField, string>>;

/**
 * Reads `member=user_id,at=ts,ip=request.client_ip`.
 *
 * @throws WatchError `option_invalid` naming what is wrong.
 */
export function parseMapping(text: string): Mapping {
  const mapping: Mapping = {};
  for (const pair of text.split(',')) {
    if (pair.trim() === '') continue;
    const at = pair.indexOf('=');
    const field = pair.slice(0, Math.max(at, 0)).trim();
    const column = pair.slice(at + 1).trim();
    if (at < 1 || column === '') {
      throw new WatchError('option_invalid', `--map: "${pair}" is not field=column`);
    }
    if (!isLogField(field)) {
      const known = logFieldNames.join(', ');
      throw new WatchError('option_invalid', `--map: no field is called "${field}"; there are ${known}`);
    }
    mapping[field] = column;
  }
  return mapping;
}

function isLogField(name: string): name is LogField {
  return Object.hasOwn(logFields, name);
}

/** Which column was taken for a field, and why. */
export interface Guess {
  column: string;
  why: string;
}

/** A column's name as logs write it, and a few of its values. */
export interface LogColumn {
  name: string;
  samples: readonly string[];
  /** The names on the way to it in a JSON object; a name may have dots of its own. */
  path?: readonly string[];
}

/** A column with its name, and the last part of it, as names are compared. */
type Named = LogColumn & { keys: readonly string[] };

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** `num_contacts`, `contactsCount` and `totalContacts` all count contacts. */
const uncounted = (name: string): string =>
  name
    .split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/)
    .filter((word) => !/^(n|nb|nr|no|num|cnt|count|counts|total|of|the)$/i.test(word))
    .join('')
    .toLowerCase();

const spellings = (name: string): string[] => {
  const last = name.split('.').at(-1) ?? '';
  return [plain(name), plain(last), uncounted(name), uncounted(last)];
};

/**
 * Guesses which columns hold what, from their names (the last part of a dotted name counts as much as the whole) and their
 * values: a name that promises a count does not make words one. What the user has mapped is left as it is.
 */
export function guessColumns(
  columns: readonly LogColumn[],
  given: Mapping,
): Partial<Record<LogField, Guess>> {
  const guesses: Partial<Record<LogField, Guess>> = {};
  const taken = new Set(Object.values(given));
  const named: Named[] = columns.map((column) => ({
    ...column,
    keys: spellings(column.name),
  }));
  // A list of numbers tells more than how many they are, so it is looked for first.
  for (const field of ['number', ...logFieldNames.filter((name) => name !== 'number')] as const) {
    if (given[field] !== undefined || isSettled(field, { ...given, ...guesses })) continue;
    const free = named.filter(({ name }) => !taken.has(name));
    const guess = guessByName(field, free) ?? guessByValue(field, free);
    if (!guess) continue;
    guesses[field] = guess;
    taken.add(guess.column);
  }
  return guesses;
}

/** One count of finds is enough, and so is one of numbers. */
function isSettled(field: LogField, known: Partial<Record<LogField, unknown>>): boolean {
  if (field === 'numbers' || field === 'number') return 'numbers' in known || 'number' in known;
  if (field === 'solitary' || field === 'number_country') return 'number' in known;
  return field === 'hit' && 'found' in known;
}

function guessByName(field: LogField, columns: readonly Named[]): Guess | undefined {
  for (const guess of logFields[field].guesses) {
    const found = columns.find((column) => column.keys.includes(guess) && fits(field, column));
    if (found) return { column: found.name, why: 'by its name' };
  }
  return undefined;
}

function guessByValue(field: LogField, columns: readonly LogColumn[]): Guess | undefined {
  if (!logFields[field].byValue) return undefined;
  const found = columns.find((column) => column.samples.length > 2 && fits(field, column));
  return found && { column: found.name, why: 'by its values' };
}

/** At least half of the values look right; nothing is known of a column that the sample did not fill. */
function fits(field: LogField, { samples }: LogColumn): boolean {
  const test = logFields[field].fits;
  if (!test || samples.length === 0) return true;
  return samples.filter(test).length * 2 >= samples.length;
}

/** Columns of text: where a row has none, it is unknown, which no signal takes for a zero. */
const textColumns: ReadonlySet<EventColumn> = new Set([
  'prefix',
  'asn',
  'country',
  'network',
  'device',
  'client',
]);

/**
 * Event columns that these logs do not give: signals that need them are silent. A count must be in every log: what one of
 * them leaves out would read as zero.
 */
export function missingColumns(mappings: readonly Mapping[]): Set<EventColumn> {
  const given = mappings.map(
    (mapping) => new Set(namesOf(mapping).flatMap((field) => logFields[field].gives)),
  );
  return new Set(
    eventColumns.filter((column) =>
      textColumns.has(column)
        ? !given.some((columns) => columns.has(column))
        : !given.every((columns) => columns.has(column)),
    ),
  );
}

const namesOf = (mapping: Mapping): LogField[] =>
  logFieldNames.filter((field) => mapping[field] !== undefined);

/** Whether a mapping says a constant (`numbers=1`) instead of a column. */
export function isConstant(column: string, columns: readonly string[]): boolean {
  return /^\d{1,9}$/.test(column) && !columns.includes(column);
}
