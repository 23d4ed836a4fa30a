// All headers, sorted by what they are for, each explained where there is something to explain.
import type { HeaderGroup } from '../../../shared/trace.js';
import { explainHeader } from '../../../shared/trace-text.js';
import { type TextKey, useLanguage, useText } from '../../text/text.js';

const words: Readonly<Record<HeaderGroup['group'], TextKey>> = {
  envelope: 'trace.groupEnvelope',
  addressing: 'trace.groupAddressing',
  identity: 'trace.groupIdentity',
  list: 'trace.groupList',
  automatic: 'trace.groupAutomatic',
  authentication: 'trace.groupAuthentication',
  station: 'trace.groupStation',
  mime: 'trace.groupMime',
  other: 'trace.groupOther',
};

export function HeaderGroups({ groups }: { groups: readonly HeaderGroup[] }) {
  const t = useText();
  const language = useLanguage();
  return groups
    .filter(({ headers }) => headers.length > 0)
    .map(({ group, headers }) => (
      <section className="sec" key={group}>
        <h3>{t(words[group])}</h3>
        <dl className="kv idt">
          {headers.map(({ name, value }, index) => (
            <div className="kv-row" key={String(index)}>
              <dt>{name}</dt>
              <dd>
                {value}
                <Explained text={explainHeader(name, language)} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
    ));
}

function Explained({ text }: { text: string | null }) {
  return text === null ? null : <p className="t3">{text}</p>;
}
