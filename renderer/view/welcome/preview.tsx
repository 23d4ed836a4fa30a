// What an import takes and what it does not, with the lines it stands on.
import { sayTaken, sayWhy } from '../../../shared/import-text.js';
import type { ImportPreview } from '../../../shared/station.js';
import { useLanguage, useText } from '../../text/text.js';
import { Icon } from '../part/icon.js';

export function Preview({ preview }: { preview: ImportPreview }) {
  const t = useText();
  const to = useLanguage();
  const { accounts, routing, taken, notTaken } = preview;
  const routes = routing.domains.length + routing.mailboxes + routing.aliases;
  return (
    <div className="preview">
      <p className="b">
        {t('welcome.accounts', { count: accounts.length })}
        {routes === 0
          ? ''
          : `${t('common.separator')}${t('welcome.routing', {
              domains: routing.domains.length,
              mailboxes: routing.mailboxes,
              aliases: routing.aliases,
            })}`}
      </p>
      <ul className="preview-accounts">
        {accounts.map((account) => (
          <li key={account.id}>
            <Icon name="mailbox" small />
            <span className="select">{account.name}</span>
            <span className="t3 mono">
              {account.protocol.toUpperCase()} {account.host}:{account.port}
            </span>
          </li>
        ))}
      </ul>
      {taken.length === 0 ? <p>{t('welcome.nothingTaken')}</p> : null}
      {taken.length > 0 && notTaken.length === 0 ? (
        <p className="v v-clean">
          <Icon name="ok" />
          {t('welcome.allTaken')}
        </p>
      ) : null}
      {notTaken.length === 0 ? null : <NotTaken lines={notTaken} />}
      {taken.length === 0 ? null : (
        <>
          <h3>{t('welcome.taken', { count: taken.length })}</h3>
          <ul className="preview-lines">
            {taken.map((line, index) => (
              <li key={`${line} ${String(index)}`}>
                <Icon name="check" small />
                <span className="select">{sayTaken(line, to)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function NotTaken({ lines }: { lines: ImportPreview['notTaken'] }) {
  const t = useText();
  const to = useLanguage();
  return (
    <>
      <h3>{t('welcome.notTaken', { count: lines.length })}</h3>
      <ul className="preview-lines">
        {lines.map(({ line, text, why }, index) => (
          <li key={`${text} ${String(index)}`} className="not">
            <Icon name="problem" small />
            <span>
              <span className="mono select">{text}</span>
              <span className="block t2">
                {line === null ? '' : `${t('welcome.line', { line })}${t('common.separator')}`}
                {sayWhy(why, to)}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
