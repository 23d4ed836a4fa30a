// A scan of mailboxes, folders or files: what, how, its progress, and what it found.
import { type DragEvent, useState } from 'react';
import { refresh, useQuery } from '../../state/query.js';
import { act } from '../../state/trouble.js';
import { useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Checkbox } from '../part/checkbox.js';
import { Select } from '../part/choice.js';
import { Field } from '../part/field.js';
import { ErrorNote, Skeleton } from '../part/state.js';
import { Running } from './running.js';

export function Folders() {
  const { value } = useQuery('scan.read', {});
  return (
    <>
      <Plan />
      {value?.files == null ? null : <Running progress={value.files} />}
      {value?.mail == null ? null : <Running progress={value.mail} />}
    </>
  );
}

function Plan() {
  const t = useText();
  const { value, failure } = useQuery('scan.places', {});
  const [chosen, setChosen] = useState<readonly string[]>(['mail']);
  const [exclude, setExclude] = useState('');
  const [followLinks, setFollow] = useState(false);
  const [otherDevices, setOther] = useState(true);
  if (failure !== null) return <ErrorNote failure={failure} />;
  if (value === null) return <Skeleton rows={3} />;
  const take = (ids: readonly string[]) => {
    refresh(['scan.places']);
    if (ids.length > 0) setChosen(ids);
  };
  const choose = async (what: 'folder' | 'files') => take(((await act('scan.choose', { what })) ?? []).map(({ id }) => id));
  const drop = async (event: DragEvent) => {
    event.preventDefault();
    take((await window.station?.dropped?.([...event.dataTransfer.files])) ?? []);
  };
  const start = async () => {
    const patterns = exclude.split(/\s+/).filter((pattern) => pattern !== '');
    await act('scan.start', { places: [...chosen], exclude: patterns, followLinks, otherDevices });
  };
  const options = value.places.map(({ id, shown, kind }) => ({ value: id, label: kind === 'all-mail' ? t('scan.allMail') : shown }));
  const several = value.places.filter(({ id }) => chosen.includes(id)).map(({ shown }) => shown);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a region that takes a drop; the buttons in it do the same by keyboard
    <div className="sec scan-plan" role="group" aria-label={t('scan.what')} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <Select label={t('scan.place')} value={chosen[0] ?? 'mail'} options={options} onChange={(id) => setChosen([id])} />
      {several.length < 2 ? null : <p className="small t2 select">{several.join(t('common.separator'))}</p>}
      {value.dialog ? (
        <div className="acts">
          <Button small icon="file" onPress={() => void choose('folder')}>
            {t('scan.chooseFolder')}
          </Button>
          <Button small icon="file" onPress={() => void choose('files')}>
            {t('scan.chooseFiles')}
          </Button>
        </div>
      ) : null}
      <p className="hint">{t(value.dialog ? 'scan.dropHere' : 'scan.noDialog')}</p>
      <Field label={t('scan.exclude')} value={exclude} onChange={setExclude} hint={t('scan.excludeHint')} mono />
      <Checkbox on={followLinks} onChange={setFollow}>
        {t('scan.followLinks')}
      </Checkbox>
      <Checkbox on={otherDevices} onChange={setOther}>
        {t('scan.otherDevices')}
      </Checkbox>
      <p className="hint">{t('scan.policy')}</p>
      <div className="acts">
        <Button tone="primary" onPress={() => void start()}>
          {t('scan.start')}
        </Button>
      </div>
    </div>
  );
}
