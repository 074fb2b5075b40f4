import { WatchError } from '../errors.ts';
import { type EventColumn, eventColumns } from '../events/event.ts';

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
  | 'number_country';

interface FieldSpec {
  /** For the help text. */
  means: string;
  /** Columns that usually hold it, most telling first; compared without case and punctuation. */
  guesses: readonly string[];
  /** Event columns that become known with it. */
  gives: readonly EventColumn[];
}

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
  },
  ip: {
    means: 'the address; country, operator and kind of network are looked up',
    guesses: 'ip clientip ipaddress remoteip remoteaddr sourceip srcip xforwardedfor address'.split(' '),
    gives: ['prefix', 'asn', 'country', 'network'],
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
  },
  asn: {
    means: 'autonomous system of the address',
    guesses: 'asn autonomoussystem asnumber'.split(' '),
    gives: ['asn'],
  },
  created: {
    means: 'when the account was made',
    guesses:
      'created usercreatedat accountcreatedat membercreatedat signupat registeredat joinedat createdat'.split(
        ' ',
      ),
    gives: ['created'],
  },
  numbers: {
    means: 'how many numbers were new in this request (or how many it carried; a list is counted)',
    guesses:
      'numbersnew newnumbers numbers contacts contactcount contactscount uploaded phonecount phones batchsize count'.split(
        ' ',
      ),
    gives: ['numbers_new'],
  },
  rejected: {
    means: 'how many numbers were impossible',
    guesses: 'rejected invalid numbersrejected invalidcount'.split(' '),
    gives: ['numbers_rejected'],
  },
  waiting: {
    means: 'how many numbers a limit held back',
    guesses: 'waiting throttled numberswaiting ratelimited'.split(' '),
    gives: ['numbers_waiting'],
  },
  met: {
    means: 'how many of the people found hold the account’s number too',
    guesses: 'met mutual slotsmet reciprocal mutualmatches'.split(' '),
    gives: ['slots_met'],
  },
  found: {
    means: 'how many people were found without being mutual',
    guesses: 'found matched matches matchcount hits reveals results resultcount'.split(' '),
    gives: ['reveals'],
  },
  canaries: {
    means: 'how many canaries were touched',
    guesses: ['canaries', 'canary'],
    gives: ['canaries'],
  },
  followed: {
    means: 'how many people found earlier were then approached',
    guesses: 'followed followthrough invited messaged'.split(' '),
    gives: ['followed'],
  },
  solitary: {
    means: 'how many of the numbers no other account had asked about',
    guesses: 'solitary novel unseen'.split(' '),
    gives: ['sketch'],
  },
  number_country: {
    means: 'the most common country of the numbers',
    guesses: 'numbercountry phonecountry region numbersregion'.split(' '),
    gives: ['number_country'],
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

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/**
 * Guesses which columns hold what, from their names alone; the last part of a dotted name counts as much as the whole. What the
 * user has mapped is left as it is.
 */
export function guessMapping(columns: readonly string[], given: Mapping): Mapping {
  const mapping: Mapping = { ...given };
  const taken = new Set(Object.values(given));
  const names = columns.map((column) => ({
    column,
    keys: [plain(column), plain(column.split('.').at(-1) ?? column)],
  }));
  for (const field of logFieldNames) {
    if (mapping[field] !== undefined) continue;
    for (const guess of logFields[field].guesses) {
      const found = names.find(({ column, keys }) => keys.includes(guess) && !taken.has(column));
      if (!found) continue;
      mapping[field] = found.column;
      taken.add(found.column);
      break;
    }
  }
  return mapping;
}

/** Event columns that no mapped field gives: signals that need them are silent. */
export function missingColumns(mapping: Mapping): Set<EventColumn> {
  const mapped = logFieldNames.filter((field) => mapping[field] !== undefined);
  const given = new Set(mapped.flatMap((field) => logFields[field].gives));
  return new Set(eventColumns.filter((column) => !given.has(column)));
}
