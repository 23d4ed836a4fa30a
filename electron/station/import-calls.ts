// The import part of the contract: a text that the window was given, previewed and applied. The code of a kind is loaded when
// it is asked for.
import type { WindowImport } from '../../shared/contract.js';
import { type Imported, previewOf } from '../import/imported.js';
import type { Calls } from './context.js';
import { applyImport, type ImportDeps, localUser } from './routes.js';

interface Given {
  readonly kind: WindowImport;
  readonly text: string;
  readonly address: string | null;
}

/** The text comes from the window, never a path. Importing again updates. Throws MailError `usage`, with line and column where there are any. */
export function importCalls(deps: ImportDeps): Calls<'import.preview' | 'import.apply'> {
  return {
    'import.preview': async (given) => previewOf(await readGiven(given, deps.secret)),
    'import.apply': async (given) => {
      const imported = await readGiven(given, deps.secret);
      await applyImport(imported, deps);
      return previewOf(imported);
    },
  };
}

async function readGiven({ kind, text, address }: Given, secret: ImportDeps['secret']): Promise<Imported> {
  switch (kind) {
    case 'fetchmailrc':
      return (await import('../import/fetchmailrc.js')).importFetchmailrc(text, { localUser: localUser(), secret });
    case 'thunderbird':
      return (await import('../import/thunderbird.js')).importThunderbird(text);
    case 'autoconfig':
      return (await import('../import/autoconfig.js')).importAutoconfig(text, address);
    case 'mobileconfig':
      return (await import('../import/mobileconfig.js')).importMobileconfig(text, secret);
    case 'mpoprc':
      return (await import('../import/mpoprc.js')).importMpoprc(text, secret);
    case 'getmailrc':
      return (await import('../import/getmailrc.js')).importGetmailrc(text, secret);
    case 'accounts':
      return (await import('../import/accounts-file.js')).importAccounts(text);
  }
}
