// What changes a setting: a choice, a switch, a number, a text, lines. Typed values are saved on leaving the field, or by Enter.
import { useState } from 'react';
import { type TextKey, useText } from '../../text/text.js';
import { Switch } from '../part/checkbox.js';
import { type Option, Segmented, Select } from '../part/choice.js';
import { Field } from '../part/field.js';
import type { Control, Setting } from './list.js';
import type { SettingValue } from './value.js';

interface Props {
  readonly setting: Setting;
  readonly value: SettingValue;
  /** Says whether the value was one that the setting takes. */
  readonly onChange: (value: SettingValue) => boolean;
}

export function SettingControl({ setting, value, onChange }: Props) {
  const t = useText();
  const { control } = setting;
  const label = t(setting.title);
  switch (control.kind) {
    case 'switch':
      return (
        <Switch on={value === true} onChange={onChange}>
          <span className="vh">{label}</span>
        </Switch>
      );
    case 'choice':
      return <OneOf label={label} value={String(value)} options={choices(control, t)} onChange={onChange} />;
    case 'names':
      return (
        <Select
          hideLabel
          label={label}
          value={String(value)}
          onChange={onChange}
          options={control.options.map(([one, name]) => ({ value: one, label: name || t('settings.asSystem') }))}
        />
      );
    case 'hour':
      return <Hour label={label} value={value} onChange={onChange} />;
    default:
      return <Typed key={JSON.stringify(value)} setting={setting} value={value} onChange={onChange} />;
  }
}

function choices(control: Extract<Control, { kind: 'choice' }>, t: (key: TextKey) => string): readonly Option<string>[] {
  return control.options.map(({ value, label }) => ({ value, label: t(label) }));
}

function OneOf({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: readonly Option<string>[];
  onChange: Props['onChange'];
}) {
  return <Segmented label={label} value={value} options={options} onChange={onChange} />;
}

function Hour({ label, value, onChange }: { label: string; value: SettingValue; onChange: Props['onChange'] }) {
  const t = useText();
  const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: t('settings.hourValue', { hour: String(hour) }) }));
  return (
    <Select
      hideLabel
      label={label}
      value={value === null ? 'never' : String(value)}
      onChange={(chosen) => onChange(chosen === 'never' ? null : Number(chosen))}
      options={[{ value: 'never', label: t('settings.hourNever') }, ...hours]}
    />
  );
}

function Typed({ setting, value, onChange }: Props) {
  const t = useText();
  const [text, setText] = useState(asText(value));
  const [wrong, setWrong] = useState(false);
  const { control } = setting;
  const commit = () => {
    if (text !== asText(value)) setWrong(!onChange(asValue(text, control)));
  };
  return (
    <div className={`row typed ${control.kind}`}>
      <Field
        hideLabel
        label={t(setting.title)}
        value={text}
        onChange={setText}
        onBlur={commit}
        onKeyDown={(event) => (event.key === 'Enter' && control.kind !== 'lines' ? commit() : undefined)}
        error={wrong ? t('settings.wrong') : null}
        spellCheck="false"
        autoComplete="off"
        {...(control.kind === 'number' ? { inputMode: 'numeric' } : {})}
        {...(control.kind === 'lines' ? { rows: 3, mono: true } : {})}
        {...(control.kind === 'text' && control.placeholder !== undefined ? { placeholder: t(control.placeholder) } : {})}
      />
      {control.kind === 'number' && control.unit !== null ? <span className="small t3">{t(control.unit)}</span> : null}
    </div>
  );
}

export function asText(value: SettingValue): string {
  if (value === null) return '';
  return typeof value === 'object' ? value.join('\n') : String(value);
}

/** What was typed as the value that is kept; what it cannot be is refused by the schema. */
export function asValue(text: string, control: Control): SettingValue {
  const trimmed = text.trim();
  switch (control.kind) {
    case 'number':
      return trimmed === '' ? Number.NaN : Number(trimmed);
    case 'lines':
      return text.split(/[\s,]+/).filter(Boolean);
    case 'text':
      return trimmed === '' && control.nullable ? null : trimmed;
    default:
      return trimmed;
  }
}
