/** One column of the event table: its type, how it is packed, and what stands for unknown. */
interface Column {
  name: string;
  type: string;
  codec?: string;
  unknown: string;
}

const text = (name: string): Column => ({ name, type: 'String', codec: 'ZSTD(1)', unknown: "''" });
const word = (name: string): Column => ({ name, type: 'LowCardinality(String)', unknown: "''" });
const count = (name: string): Column => ({ name, type: 'UInt32', unknown: 'toUInt32(0)' });

export const eventTableColumns: readonly Column[] = [
  { name: 'member', type: 'String', unknown: "''" },
  { name: 'at', type: 'Int64', codec: 'Delta, ZSTD(1)', unknown: 'toInt64(0)' },
  text('id'),
  { name: 'created', type: 'Int64', codec: 'ZSTD(1)', unknown: 'toInt64(0)' },
  text('prefix'),
  count('asn'),
  word('operator'),
  word('country'),
  { ...word('network'), unknown: "'unknown'" },
  text('device'),
  word('client'),
  word('way'),
  word('discoverable'),
  ...[
    'numbers_new',
    'numbers_repeated',
    'numbers_rejected',
    'numbers_waiting',
    'slots_met',
    'slots_met_established',
    'reveals',
    'canaries',
    'followed',
    'sketched',
    'solitary',
    'in_runs',
    'number_prefixes',
  ].map(count),
  word('number_country'),
  count('number_country_count'),
];

/**
 * The event table. It is sorted by member, because every question is asked per member first: one pass in that order needs no
 * memory to speak of. Equal (member, at, id) are one event: the engine drops the copy when it merges.
 */
export const createEventsSql = (table: string): string => `
CREATE TABLE IF NOT EXISTS ${table} (
  ${eventTableColumns.map(stored).join(',\n  ')}
) ENGINE = ReplacingMergeTree ORDER BY (member, at, id)`;

/** Numbers are sorted four times as fast as names. */
export const importSortKey = 'cityHash64(member)';

/**
 * A table for imported events: what the log knows is stored, what can be computed is, what is unknown costs nothing. A member's
 * events lie side by side, or every one of them would look for its sums anew, all over the memory.
 *
 * @param known stored columns.
 * @param computed SQL for columns that follow from others.
 * @param extra columns that are no part of an event.
 */
export const createImportSql = (
  table: string,
  known: ReadonlySet<string>,
  computed: ReadonlyMap<string, string>,
  extra: readonly string[],
): string => `
CREATE TABLE ${table} (
  ${[
    ...eventTableColumns.map((column) => {
      const { name, type, unknown } = column;
      // Read a few times and thrown away: packing it well would cost more than it saves.
      if (known.has(name)) return `${name} ${type}`;
      const sql = computed.get(name);
      // What is looked up is plain text: packing it into few distinct words would be done anew in every query.
      if (sql !== undefined)
        return `${name} ${type.replace('LowCardinality(String)', 'String')} ALIAS ${sql}`;
      return `${name} ${type} ALIAS ${unknown}`;
    }),
    ...extra,
  ].join(',\n  ')}
) ENGINE = MergeTree ORDER BY ${importSortKey}`;

function stored({ name, type, codec }: Column): string {
  return `${name} ${type}${codec ? ` CODEC(${codec})` : ''}`;
}

/** Where a member's syncs came from, and since when there was such a member: what goes when the member is erased. */
const personal = new Set(['created', 'prefix', 'asn', 'operator', 'country', 'network', 'device', 'client']);

/** Makes what is personal in the events of some members unknown, at once: the parameter `members`. */
export const forgetSql = (table: string): string => {
  const columns = eventTableColumns.filter(({ name }) => personal.has(name));
  return `ALTER TABLE ${table} UPDATE ${columns.map(({ name, unknown }) => `${name} = ${unknown}`).join(', ')}
    WHERE member IN {members:Array(String)} SETTINGS mutations_sync = 2`;
};

export const eventsTableName = 'events';
