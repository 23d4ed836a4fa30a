// A contact as it is read, not as a file.
import type { Contact } from '../../../shared/card.js';
import { useText } from '../../text/text.js';
import { Icon } from '../part/icon.js';
import { Line } from './calendar-card.js';

export function ContactCard({ contact }: { contact: Contact }) {
  const t = useText();
  return (
    <section className="card" aria-label={t('reader.specialContact')}>
      <p className="small t3 row">
        <Icon name="user" small />
        {t('reader.specialContact')}
      </p>
      <div className="card-one select">
        <h3>{contact.name || contact.emails[0] || t('reader.contactUnnamed')}</h3>
        <dl className="kv">
          <Line label="reader.organization" value={[contact.title, contact.organization].filter(Boolean).join(', ')} />
          <Line label="reader.email" value={contact.emails.join(', ')} />
          <Line label="reader.phone" value={contact.phones.join(', ')} />
          <Line label="reader.address" value={contact.addresses.join('; ')} />
          <Line label="reader.link" value={contact.links.join(', ')} />
          <Line label="reader.birthday" value={contact.birthday} />
        </dl>
        {contact.note === '' ? null : <p className="card-text">{contact.note}</p>}
      </div>
    </section>
  );
}
