// What `todoku doctor` finds: one line for each thing a station needs. The sentences are in doctor-text.ts.

/** In the order in which they are told. */
export const checkNames = [
  'versions',
  'folder',
  'modes',
  'space',
  'lock',
  'settings',
  'ledger',
  'catalog',
  'clamd',
  'signatures',
  'network',
  'secrets',
  'keyring',
  'tray',
] as const;
export type CheckName = (typeof checkNames)[number];

/** What each may be found to be, and how bad that is. */
export const findings = {
  versions: { ok: 'good', evaluation: 'warning', old: 'bad', failed: 'warning' },
  folder: { ok: 'good', missing: 'note', unwritable: 'bad', failed: 'bad' },
  modes: { ok: 'good', open: 'warning', failed: 'warning' },
  space: { ok: 'good', low: 'warning', full: 'bad', inodes: 'bad', failed: 'warning' },
  lock: { free: 'good', held: 'good', unknown: 'warning', failed: 'warning' },
  settings: { ok: 'good', absent: 'note', aside: 'warning', newer: 'bad', broken: 'bad', failed: 'bad' },
  ledger: { ok: 'good', absent: 'note', aside: 'warning', newer: 'bad', damaged: 'bad', failed: 'bad' },
  catalog: { ok: 'good', absent: 'note', other: 'note', damaged: 'warning', failed: 'warning' },
  clamd: { ok: 'good', startable: 'good', off: 'warning', missing: 'bad', silent: 'bad', blind: 'bad', failed: 'bad' },
  signatures: { fresh: 'good', old: 'warning', stale: 'bad', unknown: 'note', none: 'bad', failed: 'warning' },
  network: { ok: 'good', none: 'note', offline: 'bad', unreachable: 'bad', failed: 'warning' },
  secrets: { ok: 'good', missing: 'bad', unreadable: 'bad', failed: 'warning' },
  keyring: { strong: 'good', weak: 'warning', file: 'note', sealed: 'bad', failed: 'warning' },
  tray: { ok: 'good', missing: 'warning', headless: 'note', unknown: 'note', failed: 'note' },
} as const satisfies Readonly<Record<CheckName, Readonly<Record<string, CheckLevel>>>>;

export type CheckLevel = 'good' | 'note' | 'warning' | 'bad';
export type Finding<Name extends CheckName = CheckName> = Name extends CheckName ? keyof (typeof findings)[Name] & string : never;

export interface DoctorCheck {
  readonly name: CheckName;
  readonly finding: string;
  readonly level: CheckLevel;
  /** For the sentence. Strings are private unless publicFacts names them. */
  readonly facts: Readonly<Record<string, string | number>>;
}
export interface DoctorReport {
  readonly version: string;
  /** ISO 8601 UTC. */
  readonly checked: string;
  /** Operating system and processor. */
  readonly platform: string;
  readonly checks: readonly DoctorCheck[];
}

/** Facts that say nothing of a person, a host or a folder; numbers never do. */
export const publicFacts: readonly string[] = ['version', 'engine', 'node', 'runtime', 'mode', 'code', 'free'];

export function found<Name extends CheckName>(name: Name, finding: Finding<Name>, facts: DoctorCheck['facts'] = {}): DoctorCheck {
  const levels: Readonly<Record<string, CheckLevel>> = findings[name];
  return { name, finding, level: levels[finding] ?? 'warning', facts };
}
