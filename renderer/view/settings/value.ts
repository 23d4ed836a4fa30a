// One setting by its path in settings.json: read, written, checked against the schema, compared with its default.
import { type Settings, settings as schema } from '../../../shared/settings.js';

export type SettingValue = string | number | boolean | null | readonly string[];
/** As 'scanner.actions.macro'. */
export type SettingPath = string;

export const defaults: Settings = schema.parse({});

export function valueAt(settings: Settings, path: SettingPath): SettingValue {
  let here: unknown = settings;
  for (const key of path.split('.')) here = (here as Readonly<Record<string, unknown>>)[key];
  return here as SettingValue;
}

function withValue(object: Readonly<Record<string, unknown>>, [key = '', ...rest]: readonly string[], value: SettingValue): object {
  const inner = rest.length === 0 ? value : withValue(object[key] as Readonly<Record<string, unknown>>, rest, value);
  return { ...object, [key]: inner };
}

/** The top-level key to write, with its whole new value; null where the schema refuses the value. */
export function changeOf(settings: Settings, path: SettingPath, value: SettingValue): Partial<Settings> | null {
  const changed = schema.safeParse(withValue(settings, path.split('.'), value));
  if (!changed.success) return null;
  const top = path.split('.')[0] as keyof Settings;
  return { [top]: changed.data[top] };
}

export function isDefault(settings: Settings, path: SettingPath): boolean {
  return JSON.stringify(valueAt(settings, path)) === JSON.stringify(valueAt(defaults, path));
}
