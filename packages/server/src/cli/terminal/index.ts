export { CommandError } from './command-error.ts';
export { type ExitCode, exitCodes } from './exit-codes.ts';
export { overrideExits } from './override-exits.ts';
export { type Progress, type ProgressOptions, progress } from './progress.ts';
export { duration } from './progress-line.ts';
export { type RunCommandOptions, runCommand } from './run-command.ts';
export { stopRequested } from './stop-signals.ts';
export { type Cell, table } from './table.ts';
