import type { Overview } from '@kith/protocol/study';
import { useLiveness } from '../data/live.tsx';
import { useIsDemo, useOverview } from '../data/queries.ts';
import { LiveMark } from '../pieces/live-mark.tsx';
import { Sheet } from '../pieces/sheet.tsx';
import { Ready } from '../pieces/states.tsx';
import { AttackStory } from '../story/attack-story.tsx';
import { Figures } from './figures.tsx';
import { Hours } from './hours.tsx';
import { Networks } from './networks.tsx';
import { NewestRings } from './newest-rings.tsx';
import { Pressures } from './pressures.tsx';
import { RingStates } from './ring-states.tsx';
import { Watching } from './watching.tsx';
import { WhereFrom } from './where-from.tsx';

/** What is happening now, and what waits for somebody. */
export function OverviewPage() {
  const overview = useOverview(useLiveness() === 'live');
  return (
    <Sheet title="Overview" tools={<LiveMark />}>
      <Ready query={overview} what="the overview" lines={8}>
        {(data) => <Content overview={data} />}
      </Ready>
    </Sheet>
  );
}

function Content({ overview }: { overview: Overview }) {
  const isDemo = useIsDemo();
  return (
    <div className="overview">
      {isDemo && <AttackStory />}
      <Watching overview={overview} />
      <Figures overview={overview} />
      <div className="overview__halves">
        <RingStates rings={overview.rings} />
        <Pressures pressure={overview.pressure} />
      </div>
      <Hours hours={overview.hours} />
      <WhereFrom countries={overview.countries} />
      <div className="overview__halves overview__halves--tables">
        <Networks networks={overview.networks} />
        <NewestRings />
      </div>
    </div>
  );
}
