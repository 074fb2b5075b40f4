export * from './errors.ts';
export * from './network/index.ts';
