// The one table of commands. A screen adds its own here, in one line.
import type { Command } from './command.js';
import { folderCommands } from './folder.js';
import { goCommands } from './go.js';
import { mailCommands } from './mail.js';
import { stationCommands } from './station.js';
import { writeCommands } from './write.js';

const table = { ...writeCommands, ...mailCommands, ...folderCommands, ...goCommands, ...stationCommands };

export type CommandId = keyof typeof table;
export const commands: Readonly<Record<CommandId, Command>> = table;
export const commandIds = Object.keys(table) as readonly CommandId[];

export function isCommand(id: string): id is CommandId {
  return Object.hasOwn(table, id);
}

export function canRun(id: CommandId): boolean {
  return commands[id].when?.() ?? true;
}

/** Does nothing when the command may not run now. Says whether it ran. */
export function runCommand(id: CommandId): boolean {
  if (!canRun(id)) return false;
  commands[id].run();
  return true;
}
