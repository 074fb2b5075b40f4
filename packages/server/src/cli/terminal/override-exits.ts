import type { Command } from 'commander';

/**
 * Has a command and all below it throw where they would end the process: Commander ends with 1 whatever was wrong, and does not
 * hand on to commands made elsewhere what it was told of the one above.
 */
export function overrideExits(command: Command): Command {
  command.exitOverride();
  for (const each of command.commands) overrideExits(each);
  return command;
}
