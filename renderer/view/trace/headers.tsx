// The way of a message: its hops as a table with a time bar, who checked what, what is odd, and all headers.
import type { CallOutput } from '../../../shared/contract.js';
import { traceJson } from '../../../shared/trace-json.js';
import { useQuery } from '../../state/query.js';
import { formatSpan } from '../../text/number.js';
import { useLanguage, useText } from '../../text/text.js';
import { CopyButton } from '../part/copy.js';
import { Empty, ErrorNote, Skeleton } from '../part/state.js';
import { Anomalies } from './anomalies.js';
import { Authentication } from './authentication.js';
import { Dkim } from './dkim.js';
import { HeaderGroups } from './header-groups.js';
import { Hops } from './hops.js';

export function HeadersView({ id }: { id: string }) {
  const t = useText();
  const { value, failure } = useQuery('message.trace', { id });
  if (value === null) {
    return failure === null ? <Skeleton /> : <ErrorNote failure={failure} title={t('trace.failedTitle')} />;
  }
  return <Loaded key={id} id={id} trace={value} />;
}

function Loaded({ id, trace }: { id: string; trace: CallOutput<'message.trace'> }) {
  const t = useText();
  return (
    <div className="trace" data-reader-scroll tabIndex={-1}>
      <div className="row trace-sum">
        <Summary trace={trace} />
        <span className="sp" />
        <CopyButton labelled label={t('trace.copyTrace')} text={trace.text} />
        <CopyButton labelled label={t('trace.copyJson')} text={JSON.stringify(traceJson(trace), null, 2)} />
      </div>
      {trace.hops.length === 0 ? <Empty title={t('trace.none')}>{t('trace.noneText')}</Empty> : <Hops trace={trace} />}
      <div className="two-col">
        <div>
          <Authentication results={trace.authentication} />
          <Dkim id={id} />
        </div>
        <Anomalies trace={trace} />
      </div>
      <HeaderGroups groups={trace.groups} />
    </div>
  );
}

function Summary({ trace }: { trace: CallOutput<'message.trace'> }) {
  const t = useText();
  const language = useLanguage();
  const count = trace.hops.length;
  const waited = trace.hops.filter((hop) => hop.drop !== null).reduce((sum, hop) => sum + Math.max(0, hop.delaySeconds ?? 0), 0);
  const span = trace.totalSeconds === null ? null : formatSpan(trace.totalSeconds, language);
  const words =
    span === null
      ? t('trace.summaryNoTime', { count })
      : waited > 0
        ? t('trace.summaryWait', { count, span, wait: formatSpan(waited, language) })
        : t('trace.summary', { count, span });
  return <span className="small t2">{words}</span>;
}
