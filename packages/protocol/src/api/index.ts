export * from './contacts.ts';
export * from './members.ts';
export * from './private.ts';
