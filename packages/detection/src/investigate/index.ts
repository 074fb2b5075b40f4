export { type InvestigateOptions, investigateHelp, investigateOptions, type OptionSpec } from './options.ts';
export { type InvestigateExit, type InvestigateIo, investigateExit, runInvestigate } from './run.ts';
