// Accounts as a file for the person: everything but their secrets.
import { act } from '../../state/trouble.js';
import { download } from '../part/download.js';

/** No ids: all accounts. */
export async function exportAccounts(ids: readonly string[]): Promise<void> {
  const file = await act('account.export', { ids: [...ids] });
  if (file !== null) download(file.name, 'application/json', file.text);
}
