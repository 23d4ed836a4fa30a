// An empty list says which kind of empty it is.
import type { Box } from '../../state/box.js';
import { listView, setListView } from '../../state/list-view.js';
import { useStore } from '../../state/store.js';
import { useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Empty } from '../part/state.js';

export function ListEmpty({ box }: { box: Box }) {
  const t = useText();
  const { filter } = useStore(listView);
  if (filter !== 'all') {
    return (
      <Empty
        title={t('mail.emptyFilterTitle')}
        action={<Button onPress={() => setListView({ filter: 'all' })}>{t('mail.showAll')}</Button>}
      />
    );
  }
  if (box.kind === 'search') return <Empty title={t('mail.emptySearchTitle')}>{t('mail.emptySearchText')}</Empty>;
  if (box.kind === 'smart' && box.smart === 'unread') return <Empty title={t('mail.emptyUnreadTitle')}>{t('mail.emptyUnreadText')}</Empty>;
  return <Empty title={t('mail.emptyTitle')}>{t('mail.emptyText')}</Empty>;
}
