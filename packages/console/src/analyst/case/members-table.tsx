import type { ReactNode } from 'react';
import { ScrollRegion } from '../pieces/scroll-region.tsx';
import { Ready } from '../pieces/states.tsx';
import { useMembers } from './case-queries.ts';

interface MembersTableProps<Member> {
  id: string;
  list: 'exposure/members' | 'protected';
  computedAt: string;
  /** In a sentence: "those exposed". */
  what: string;
  label: string;
  headings: readonly string[];
  row: (member: Member) => ReactNode;
}

/** One of the lists of a case's members, a page at a time. */
export function MembersTable<Member>(props: MembersTableProps<Member>) {
  const { id, list, computedAt, what, label, headings, row } = props;
  const query = useMembers<Member>(id, list, computedAt);
  return (
    <Ready query={query} what={what} lines={6}>
      {() => (
        <>
          <ScrollRegion className="scroller people-list" label={label}>
            <table className="table table--dense">
              <thead>
                <tr>
                  {headings.map((heading) => (
                    <th key={heading} scope="col">
                      {heading}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>{query.members.map(row)}</tbody>
            </table>
          </ScrollRegion>
          {query.hasNextPage && (
            <button
              type="button"
              className="button button--small"
              disabled={query.isFetching}
              onClick={() => query.fetchNextPage()}
            >
              {query.isFetching ? 'Fetching…' : 'The next 100'}
            </button>
          )}
        </>
      )}
    </Ready>
  );
}
