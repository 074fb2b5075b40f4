export * from './detect/index.ts';
export * from './engine/index.ts';
export * from './errors.ts';
export * from './events/index.ts';
export * from './investigate/index.ts';
export * from './investigate/report/index.ts';
export * from './network/index.ts';
export {
  type LinkSignal,
  linkSignals,
  type MemberSignal,
  memberSignals,
  type Signal,
  signals,
} from './signals/index.ts';
