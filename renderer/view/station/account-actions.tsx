// What can be done with one account: a menu beside its name.
import type { AccountState } from '../../../shared/station.js';
import { go } from '../../state/place.js';
import { peek } from '../../state/query.js';
import { act } from '../../state/trouble.js';
import { useText } from '../../text/text.js';
import { asking } from '../account/asking.js';
import { exportAccounts } from '../account/export.js';
import { Button, IconButton } from '../part/button.js';
import { Menu, type MenuRow } from '../part/menu.js';

export function AccountActions({ state }: { state: AccountState }) {
  const t = useText();
  const { id } = state.account;
  return (
    <>
      {state.state === 'fetching' ? null : (
        <Button small icon="fetch" onPress={() => void act('fetch.now', { id })}>
          {t('station.fetchOne')}
        </Button>
      )}
      <Button small onPress={() => go('account', [id])}>
        {t('station.edit')}
      </Button>
      <Menu label={t('station.actions')} groups={[{ title: '', rows: useRows(state) }]}>
        <IconButton icon="more" label={t('station.actions')} />
      </Menu>
    </>
  );
}

function useRows({ account, state }: AccountState): readonly MenuRow[] {
  const t = useText();
  const { id, enabled } = account;
  const place = placeOf(id);
  return [
    { id: 'check', label: t('station.check'), disabled: state === 'fetching', run: () => void act('fetch.now', { id, check: true }) },
    { id: 'unlock', label: t('station.unlock'), icon: 'key', run: () => asking.set({ kind: 'unlock', id }) },
    { id: 'duplicate', label: t('station.duplicate'), icon: 'copy', run: () => go('account', ['copy', id]) },
    { id: 'export', label: t('station.exportAccount'), run: () => void exportAccounts([id]) },
    {
      id: 'pause',
      label: t(enabled ? 'station.pauseAccount' : 'station.resumeAccount'),
      icon: enabled ? 'pause' : 'play',
      run: () => void act('account.pause', { id, paused: enabled }),
    },
    { id: 'up', label: t('station.moveUp'), disabled: place.at <= 0, run: () => void moveAccount(id, -1) },
    { id: 'down', label: t('station.moveDown'), disabled: place.at === place.of - 1, run: () => void moveAccount(id, 1) },
    { id: 'remove', label: t('station.removeAccount'), icon: 'trash', run: () => asking.set({ kind: 'remove', id }) },
  ];
}

const order = () => (peek('account.list', {}) ?? []).map(({ account }) => account.id);

function placeOf(id: string): { readonly at: number; readonly of: number } {
  const ids = order();
  return { at: ids.indexOf(id), of: ids.length };
}

/** One place up (-1) or down (1). */
export function moved(ids: readonly string[], id: string, by: -1 | 1): string[] {
  const at = ids.indexOf(id);
  const other = ids[at + by];
  if (at < 0 || other === undefined) return [...ids];
  return ids.map((each) => (each === id ? other : each === other ? id : each));
}

async function moveAccount(id: string, by: -1 | 1): Promise<void> {
  await act('account.order', { ids: moved(order(), id, by) });
}
