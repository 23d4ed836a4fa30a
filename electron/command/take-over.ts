// `todoku import KIND PATH`, with the station's settings and secrets behind it. A dry run takes no lock and writes nothing.
import { type ImportOptions, importCommand } from './import.js';
import type { CommandIo } from './io.js';
import { withOffice, withSettings } from './office.js';

export async function takeOver(kind: string, path: string, options: ImportOptions, io: CommandIo): Promise<number> {
  const office = options.dryRun ? withSettings : withOffice;
  return office(io, ({ settings, secrets }) =>
    importCommand(
      kind,
      path,
      options,
      { settings, storeSecret: (account, secret) => secrets.write(account.id, account.secret, secret) },
      io,
    ),
  );
}
