// All headers, sorted by what they are for, each explained where there is something to explain.
import type { HeaderGroup } from '../../../shared/trace.js';
import { type TextKey, useText } from '../../text/text.js';

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
  return groups
    .filter(({ headers }) => headers.length > 0)
    .map(({ group, headers }) => (
      <section className="sec" key={group}>
        <h3>{t(words[group])}</h3>
        <dl className="kv idt">
          {headers.map(({ name, value, explained }, index) => (
            <div className="kv-row" key={String(index)}>
              <dt>{name}</dt>
              <dd>
                {value}
                {explained === null ? null : <span className="t3"> ({explained})</span>}
              </dd>
            </div>
          ))}
        </dl>
      </section>
    ));
}
