import { Skeleton } from '../../ui/skeleton.tsx';

/** While the code of a page is fetched. */
export function PageOnItsWay() {
  return (
    <div className="sheet">
      <Skeleton what="the page" />
    </div>
  );
}
