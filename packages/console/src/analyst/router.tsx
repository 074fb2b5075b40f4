import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { ledgerSearch } from './ledger/ledger-search.ts';
import { ringsSearch } from './rings/rings-search.ts';
import { BrokenPage } from './shell/broken-page.tsx';
import { NoSuchPage } from './shell/no-such-page.tsx';
import { PageOnItsWay } from './shell/page-on-its-way.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NoSuchPage });

const overview = createRoute({
  getParentRoute: () => root,
  path: '/analyst',
  component: lazyRouteComponent(() => import('./overview/overview-page.tsx'), 'OverviewPage'),
});

const rings = createRoute({
  getParentRoute: () => root,
  path: '/analyst/rings',
  validateSearch: ringsSearch,
  component: lazyRouteComponent(() => import('./rings/rings-page.tsx'), 'RingsPage'),
});

const ring = createRoute({
  getParentRoute: () => root,
  path: '/analyst/rings/$id',
  component: lazyRouteComponent(() => import('./ring/ring-page.tsx'), 'RingPage'),
});

const plan = createRoute({
  getParentRoute: () => root,
  path: '/analyst/plans/$id',
  component: lazyRouteComponent(() => import('./plan/plan-page.tsx'), 'PlanPage'),
});

const cases = createRoute({
  getParentRoute: () => root,
  path: '/analyst/cases',
  component: lazyRouteComponent(() => import('./case/cases-page.tsx'), 'CasesPage'),
});

const oneCase = createRoute({
  getParentRoute: () => root,
  path: '/analyst/cases/$id',
  component: lazyRouteComponent(() => import('./case/case-page.tsx'), 'CasePage'),
});

const ledger = createRoute({
  getParentRoute: () => root,
  path: '/analyst/ledger',
  validateSearch: ledgerSearch,
  component: lazyRouteComponent(() => import('./ledger/ledger-page.tsx'), 'LedgerPage'),
});

const people = createRoute({
  getParentRoute: () => root,
  path: '/analyst/people',
  component: lazyRouteComponent(() => import('./people/people-page.tsx'), 'PeoplePage'),
});

/** Whoever is not signed in meets the sign-in page at any address; this one is for links to it. */
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/analyst/sign-in',
  beforeLoad: () => {
    throw redirect({ to: '/analyst', replace: true });
  },
});

const tree = root.addChildren([overview, rings, ring, plan, cases, oneCase, ledger, people, signIn]);

/** The pages of the study and their addresses. */
export function createAnalystRouter() {
  return createRouter({
    routeTree: tree,
    defaultErrorComponent: BrokenPage,
    defaultPendingComponent: PageOnItsWay,
    defaultPreload: 'intent',
    scrollRestoration: true,
  });
}
