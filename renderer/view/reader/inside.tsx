// What a message carries that the pane can show itself: calendar entries and contacts as cards, and messages, opened here.
import { type ReactNode, useState } from 'react';
import type { Attachment, MessageView } from '../../../shared/message.js';
import { useQuery } from '../../state/query.js';
import { useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Icon } from '../part/icon.js';
import { CalendarCard } from './calendar-card.js';
import { ContactCard } from './contact-card.js';

/** Cards drawn for one message. */
const cardLimit = 10;

export function Inside({ view, open }: { view: MessageView; open: (id: string) => ReactNode }) {
  const cards = view.attachments.filter(({ special }) => special === 'calendar' || special === 'contact').slice(0, cardLimit);
  const messages = view.attachments.filter(({ special, type }) => special === 'message' && /^message\/(rfc822|global)$/.test(type));
  const seen = new Set<string>();
  // Invitations come twice: as an alternative and as a file.
  const once = cards.filter(({ sha256 }) => sha256 === '' || (!seen.has(sha256) && seen.add(sha256)));
  return (
    <>
      {once.map(({ part }) => (
        <OneCard key={part} id={view.envelope.id} part={part} />
      ))}
      {messages.map((attachment) => (
        <Enclosed key={attachment.part} id={`${view.envelope.id}!${attachment.part}`} attachment={attachment} open={open} />
      ))}
    </>
  );
}

function OneCard({ id, part }: { id: string; part: string }) {
  const { value } = useQuery('message.card', { id, part });
  if (value === null) return null;
  return value.kind === 'calendar' ? (
    <CalendarCard method={value.method} events={value.events} />
  ) : (
    value.contacts.map((contact, index) => <ContactCard key={String(index)} contact={contact} />)
  );
}

function Enclosed({ id, attachment, open }: { id: string; attachment: Attachment; open: (id: string) => ReactNode }) {
  const t = useText();
  const [shown, show] = useState(false);
  return (
    <section className="enclosed" aria-label={attachment.name}>
      <div className="row">
        <Icon name="mailbox" />
        <span className="el sp">{attachment.name}</span>
        <Button small aria-expanded={shown} onPress={() => show(!shown)}>
          {t(shown ? 'reader.insideClose' : 'reader.insideOpen')}
        </Button>
      </div>
      {shown ? open(id) : null}
    </section>
  );
}
