export * from './contacts.ts';
export * from './members.ts';
