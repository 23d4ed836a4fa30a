// What an import may read besides its own text: the maps and includes that a configuration names. Given by the command.

export interface ImportFiles {
  /** Null where the file is not there or cannot be read. */
  read(path: string): string | null;
  /** Names in a folder, sorted; empty where there is none. */
  list(folder: string): readonly string[];
  isFolder(path: string): boolean;
}
