import { type Endpoint2019Answer, startEndpoint2019 } from '../../peers/twitter-2019.ts';
import type { Population } from '../../population/population.ts';
import { forEachOf, type ShowProgress } from '../scenario.ts';
import { type HonestMember, honestOutcome, type Wish } from './crowd.ts';
import type { TargetList } from './fleet.ts';
import { type DesignResult, designResult } from './result.ts';

const numbersPerList = 10_000;
const listsAtOnce = 4;
const dayMs = 86_400_000;

/** The fleet and the honest members against the endpoint of 2019, over HTTP. */
export async function runAgainst2019(given: {
  population: Population;
  list: TargetList;
  crowd: readonly HonestMember[];
  wishes: readonly Wish[];
  accounts: number;
  days: number;
  showProgress: ShowProgress;
}): Promise<DesignResult> {
  const { population, list, crowd, wishes, days } = given;
  const endpoint = await startEndpoint2019(listed(population));
  const upload = (numbers: readonly string[]) => uploadTo(endpoint.origin, numbers);
  try {
    const learntAtMs = await feed(list, days, upload, given.showProgress);
    const found = new Map<number, Set<string>>();
    await forEachOf(crowd, listsAtOnce, async (member) => {
      found.set(member.index, new Set((await upload(member.book)).map((user) => user.id)));
    });
    const foundAt = ({ viewer, subjectId, dueAtMs }: Wish) =>
      found.get(viewer.index)?.has(subjectId) ? dueAtMs : undefined;
    return designResult({
      name: 'endpoint-2019',
      learntAtMs,
      accounts: given.accounts,
      days,
      members: population.memberCount,
      honest: honestOutcome(wishes, foundAt, days * dayMs, 0),
      numbersLookedUp: list.size,
    });
  } finally {
    await endpoint.stop();
  }
}

function* listed(population: Population) {
  for (const { id, number, card, discoverable } of population.members()) {
    yield { id, number, card, letPeopleFindMe: discoverable === 'anyone' };
  }
}

/**
 * Feeds the whole list, an equal part each day: nothing in the design slows it, so the pace is the attacker's choice.
 * Returns when each name was learnt.
 */
async function feed(
  list: TargetList,
  days: number,
  upload: (numbers: readonly string[]) => Promise<Endpoint2019Answer['users']>,
  showProgress: ShowProgress,
): Promise<number[]> {
  const learnt = new Map<string, number>();
  const progress = showProgress('endpoint of 2019', list.size, 'numbers');
  for (let day = 0; day < days; day += 1) {
    const until = Math.floor((list.size * (days - day - 1)) / days);
    const lists = Math.ceil((list.left - until) / numbersPerList);
    await forEachOf(Array.from({ length: lists }), listsAtOnce, async () => {
      const numbers = list.take(Math.min(numbersPerList, list.left - until));
      for (const { id } of await upload(numbers)) if (!learnt.has(id)) learnt.set(id, day * dayMs);
      progress.advance(numbers.length);
    });
  }
  progress.finish();
  return [...learnt.values()];
}

async function uploadTo(origin: string, numbers: readonly string[]): Promise<Endpoint2019Answer['users']> {
  const body = JSON.stringify({ numbers });
  const response = await fetch(`${origin}/contacts/upload`, { method: 'POST', body });
  if (!response.ok) throw new Error(`the endpoint of 2019 refused a list with ${response.status}`);
  return ((await response.json()) as Endpoint2019Answer).users;
}
