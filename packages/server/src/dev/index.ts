export type { DemoPerson, DemoPopulation } from './population.ts';
export { demoRegion } from './region.ts';
export { demoRoutes } from './routes.ts';
export { vcardOf } from './seed.ts';
