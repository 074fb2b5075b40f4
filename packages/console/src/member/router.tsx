import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { BudgetPage } from './budget/budget-page.tsx';
import { ExposurePage } from './exposure/exposure-page.tsx';
import { HomePage } from './home/home-page.tsx';
import { PeoplePage } from './people/people-page.tsx';
import { NotFoundPage } from './shell/not-found-page.tsx';
import { RouteErrorPage } from './shell/route-error-page.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage });

const home = createRoute({ getParentRoute: () => root, path: '/', component: HomePage });
const people = createRoute({ getParentRoute: () => root, path: '/people', component: PeoplePage });
const exposure = createRoute({ getParentRoute: () => root, path: '/exposure', component: ExposurePage });
const budget = createRoute({ getParentRoute: () => root, path: '/budget', component: BudgetPage });
/** Reading address books is most of the code, and needed once: it comes when it is asked for. */
const importing = createRoute({
  getParentRoute: () => root,
  path: '/import',
  component: lazyRouteComponent(() => import('./import/import-page.tsx'), 'ImportPage'),
});

const tree = root.addChildren([home, importing, people, exposure, budget]);

/** The pages and their addresses. */
export function createMemberRouter() {
  return createRouter({
    routeTree: tree,
    defaultErrorComponent: RouteErrorPage,
    defaultPreload: 'intent',
    scrollRestoration: true,
  });
}
