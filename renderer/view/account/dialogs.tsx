// The small dialogs about an account: removing it, entering its password.
import { useQuery } from '../../state/query.js';
import { useStore } from '../../state/store.js';
import { asking } from './asking.js';
import { RemoveDialog } from './remove.js';
import { UnlockDialog } from './unlock.js';

export function AccountDialogs() {
  const asked = useStore(asking);
  const accounts = useQuery('account.list', {}).value;
  const state = accounts?.find(({ account }) => account.id === asked?.id);
  if (asked === null || state === undefined) return null;
  const close = () => asking.set(null);
  return asked.kind === 'remove' ? <RemoveDialog state={state} onClose={close} /> : <UnlockDialog state={state} onClose={close} />;
}
