// A catalog of generated messages, and what its search finds: Message-IDs, sorted.
import { join } from 'node:path';
import { indexMessage } from '../../electron/message/text.js';
import { openCatalog } from '../../electron/station/catalog.js';
import { contract } from '../../shared/contract.js';
import { fileName, type GeneratedMessage } from './mailgen.js';

export function searchable(
  root: string,
  messages: readonly GeneratedMessage[],
): { indexed(search: string): readonly string[]; close(): void } {
  const catalog = openCatalog(join(root, 'catalog.db'));
  catalog.setFolders([{ key: 'inbox', mailbox: 'm', address: 'taro@example.com', path: '/x', name: '', role: 'inbox' }]);
  const row = catalog.folder('inbox')?.row ?? 0;
  for (let at = 0; at < messages.length; at += 500) {
    catalog.insert(
      messages.slice(at, at + 500).map((message, index) => {
        const file = `cur/${fileName(message, at + index)}`;
        const base = file.slice(4, file.lastIndexOf(':'));
        return [{ folder: row, file, base, flags: message.flags }, indexMessage(file, message.raw, message.raw.length, message.date)];
      }),
    );
  }
  return {
    indexed(search) {
      const found: string[] = [];
      for (let offset = 0; ; offset += 500) {
        const page = catalog.page(contract['message.list'].input.parse({ search, offset, limit: 500 }));
        found.push(...page.rows.map(({ messageId }) => messageId ?? ''));
        if (page.rows.length < 500) return found.sort();
      }
    },
    close: () => catalog.close(),
  };
}
