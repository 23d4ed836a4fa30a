// Opens a message wherever it lies.
import { showMessage } from './box.js';
import { act } from './trouble.js';

/** Goes to the message's folder with the message open. A message that is gone is said in the bar. */
export async function showAnywhere(id: string): Promise<void> {
  const view = await act('message.open', { id });
  if (view !== null) showMessage({ kind: 'folder', folder: view.envelope.folder }, id, false);
}
