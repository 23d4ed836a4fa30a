// What can be done to messages: move, flag, delete; and undone.
import type { Folder } from '../../shared/message.js';
import { act } from './trouble.js';

export async function moveMessages(ids: readonly string[], folder: Folder): Promise<void> {
  await act('message.move', { ids: [...ids], folder: folder.id });
}
