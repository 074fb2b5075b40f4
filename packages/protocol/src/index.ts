export * from './api/index.ts';
export * from './errors/catalogue.ts';
export * from './numbers/index.ts';
