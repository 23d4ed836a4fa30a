// One setting: its name, what it does, its control, and whether it is as it came.
import type { Settings } from '../../../shared/settings.js';
import { act } from '../../state/trouble.js';
import { type Translate, useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { SettingControl } from './controls.js';
import type { Setting } from './list.js';
import { changeOf, defaults, isDefault, type SettingValue, valueAt } from './value.js';

export function SettingLine({ setting, settings }: { setting: Setting; settings: Settings }) {
  const t = useText();
  const value = valueAt(settings, setting.path);
  const change = (next: SettingValue): boolean => {
    const changed = changeOf(settings, setting.path, next);
    if (changed !== null) void act('settings.write', changed);
    return changed !== null;
  };
  return (
    <div className="set">
      <div className="set-words">
        <p>{t(setting.title)}</p>
        <p className="hint">{t(setting.text)}</p>
        <Meaning setting={setting} value={value} />
      </div>
      <div className="set-control">
        <SettingControl setting={setting} value={value} onChange={change} />
        {isDefault(settings, setting.path) ? (
          <span className="micro t3">{t('settings.isDefault')}</span>
        ) : (
          <Button small tone="ghost" icon="undo" onPress={() => void change(valueAt(defaults, setting.path))}>
            {t('settings.reset', { value: wordOf(setting, valueAt(defaults, setting.path), t) })}
          </Button>
        )}
      </div>
    </div>
  );
}

/** What the chosen one means, where that takes a sentence. */
function Meaning({ setting: { control }, value }: { setting: Setting; value: SettingValue }) {
  const t = useText();
  if (control.kind !== 'choice') return null;
  const text = control.options.find((option) => option.value === value)?.text;
  return text === undefined ? null : <p className="hint strong">{t(text)}</p>;
}

/** A value as the page writes it. */
export function wordOf({ control }: Setting, value: SettingValue, t: Translate): string {
  if (control.kind === 'switch') return t(value === true ? 'settings.on' : 'settings.off');
  if (control.kind === 'choice') {
    const chosen = control.options.find((option) => option.value === value);
    if (chosen !== undefined) return t(chosen.label);
  }
  if (control.kind === 'names') {
    const [, name = ''] = control.options.find(([one]) => one === value) ?? [];
    return name || t('settings.asSystem');
  }
  if (control.kind === 'hour') return value === null ? t('settings.hourNever') : t('settings.hourValue', { hour: String(value) });
  const text = typeof value === 'object' && value !== null ? value.join(', ') : String(value ?? '');
  return text === '' ? t('settings.empty') : text;
}
