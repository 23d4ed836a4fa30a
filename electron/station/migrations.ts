// Numbered steps from each released version of settings.json to the next. Version 1 is the first.

type Step = (settings: Record<string, unknown>) => Record<string, unknown>;

/** steps[n] turns version n into version n + 1. Version 0 is a file without a version: written by hand. */
const steps: readonly Step[] = [(settings) => ({ ...settings, version: 1 })];

/** The newest shape of what was read; the schema then checks it. */
export function migrate(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  let settings = value as Record<string, unknown>;
  for (let version = Number(settings.version ?? 0); version < steps.length; version += 1) settings = steps[version]?.(settings) ?? settings;
  return settings;
}
