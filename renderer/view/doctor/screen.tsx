// The doctor: each thing that the station needs, what it is, and what to do about it. Looked at when the screen opens.
import { useCallback, useEffect, useState } from 'react';
import type { CheckLevel, DoctorCheck, DoctorReport } from '../../../shared/doctor.js';
import { anonymousText, tellCheck } from '../../../shared/doctor-text.js';
import { act } from '../../state/trouble.js';
import { type TextKey, useLanguage, useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { CopyButton } from '../part/copy.js';
import { Icon, type IconName } from '../part/icon.js';
import { Page } from '../part/page.js';
import { Skeleton } from '../part/state.js';
import './doctor.css';

export function DoctorScreen() {
  const t = useText();
  const to = useLanguage();
  const { report, checking, again } = useDoctor();
  const tools = (
    <>
      {report === null ? null : <CopyButton labelled label={t('doctor.copy')} text={anonymousText(report, to)} />}
      <Button small icon="fetch" isDisabled={checking} onPress={again}>
        {t(checking ? 'doctor.checking' : 'doctor.again')}
      </Button>
    </>
  );
  return (
    <Page title={t('doctor.title')} note={report === null ? null : <Summary checks={report.checks} />} tools={tools}>
      {report === null ? checking && <Skeleton rows={10} two /> : <Checks checks={report.checks} />}
    </Page>
  );
}

function useDoctor() {
  const [report, setReport] = useState<DoctorReport | null>(null);
  const [checking, setChecking] = useState(true);
  const look = useCallback(async () => {
    setChecking(true);
    const next = await act('doctor.run', {});
    setChecking(false);
    if (next !== null) setReport(next);
  }, []);
  useEffect(() => void look(), [look]);
  return { report, checking, again: () => void look() };
}

function Summary({ checks }: { checks: readonly DoctorCheck[] }) {
  const t = useText();
  const count = checks.filter(({ level }) => level === 'warning' || level === 'bad').length;
  return count === 0 ? t('doctor.summaryGood') : t('doctor.summary', { count });
}

const looks: Readonly<Record<CheckLevel, readonly [icon: IconName, tone: string, word: TextKey]>> = {
  good: ['ok', 'v-clean', 'doctor.good'],
  note: ['info', 't2', 'doctor.note'],
  warning: ['problem', 'v-suspect', 'doctor.warning'],
  bad: ['failed', 'v-infected', 'doctor.bad'],
};

function Checks({ checks }: { checks: readonly DoctorCheck[] }) {
  const t = useText();
  const to = useLanguage();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className="doctor" tabIndex={0} aria-label={t('doctor.title')}>
      <ul aria-label={t('doctor.title')}>
        {checks.map((check) => {
          const { title, what, next } = tellCheck(check, to);
          const [icon, tone, word] = looks[check.level];
          return (
            <li key={check.name}>
              <span className={`v ${tone}`}>
                <Icon name={icon} />
                {t(word)}
              </span>
              <b>{title}</b>
              <div>
                <p>{what}</p>
                {next === '' ? null : <p className="t3">{next}</p>}
              </div>
            </li>
          );
        })}
      </ul>
      <p className="hint">{t('doctor.copyNote')}</p>
    </section>
  );
}
