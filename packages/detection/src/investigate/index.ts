export { type LogField, logFieldNames, logFields } from './fields.ts';
export { type InvestigateEvents, investigate } from './investigate.ts';
export { type InvestigateOptions, investigateOptions, type OptionSpec } from './options.ts';
export type { Investigation } from './report/report.ts';
export { type InvestigateIo, investigateExit, runInvestigate } from './run.ts';
