export * from './engine/index.ts';
export * from './errors.ts';
export * from './events/index.ts';
export * from './network/index.ts';
