import { type ComponentProps, lazy, Suspense } from 'react';

const Drawn = lazy(() => import('./map/world-map.tsx').then(({ WorldMap }) => ({ default: WorldMap })));

/** The world map; its code and its outlines come when one is shown, into a place of the height that it will have. */
export function WorldMap(props: ComponentProps<typeof Drawn>) {
  return (
    <div className="map-place">
      <Suspense fallback={<p className="soft">Fetching the map …</p>}>
        <Drawn {...props} />
      </Suspense>
    </div>
  );
}
