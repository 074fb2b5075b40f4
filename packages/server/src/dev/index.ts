export { type DemoPerson, type DemoPopulation, demoPopulation } from './population.ts';
export { mulberry32 } from './random.ts';
export { demoRoutes } from './routes.ts';
export { vcardOf } from './seed.ts';
