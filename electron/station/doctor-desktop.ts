// The doctor's look at passwords, keyring, tray and versions.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type DoctorCheck, found } from '../../shared/doctor.js';
import type { Settings } from '../../shared/settings.js';
import { version } from '../../shared/version.js';
import type { Home, Keyring } from './context.js';
import { countStored, openSecrets } from './secrets.js';

/** package.json's engines, for what runs without a look at it. */
const oldestNode = [20, 18] as const;

export function checkVersions(versions: Partial<NodeJS.ProcessVersions> = process.versions, environment = process.env): DoctorCheck {
  const node = versions.node ?? '';
  const runtime = versions.electron === undefined ? '' : ` (Electron ${versions.electron}, Chromium ${versions.chrome ?? ''})`;
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const facts = { version, node, runtime };
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) return found('versions', 'old', facts);
  return found('versions', environment.TODOKU_EVALUATION_RUNTIME === '1' ? 'evaluation' : 'ok', facts);
}

interface Held {
  readonly home: Home;
  readonly settings: Settings;
  readonly keyring: Keyring | null;
}

/** A password that was kept for this session only is not looked for: the next start has to ask for it. */
export function checkSecrets({ home, settings, keyring }: Held): DoctorCheck {
  const secrets = openSecrets(home, keyring);
  const polled = settings.accounts.filter(({ enabled }) => enabled);
  try {
    const lacking = polled.filter((account) => !secrets.known(account.id, account.secret));
    const [first] = lacking;
    return first === undefined
      ? found('secrets', 'ok', { count: polled.length })
      : found('secrets', 'missing', { count: lacking.length, account: first.name });
  } catch (error) {
    return found('secrets', 'unreadable', { said: (error as Error).message });
  }
}

export function checkKeyring({ home, keyring }: Held): DoctorCheck {
  if (keyring !== null) return found('keyring', keyring.strong ? 'strong' : 'weak');
  const { sealed } = existsSync(home.secrets) ? countStored(home.secrets) : { sealed: 0 };
  return sealed > 0 ? found('keyring', 'sealed', { count: sealed }) : found('keyring', 'file');
}

/** Who draws tray icons on a Linux desktop, by the name it takes on the session bus. */
const watcher = 'org.kde.StatusNotifierWatcher';

export async function checkTray(environment = process.env, platform = process.platform): Promise<DoctorCheck> {
  if (platform !== 'linux') return found('tray', 'ok');
  if (!environment.DISPLAY && !environment.WAYLAND_DISPLAY) return found('tray', 'headless');
  if (!environment.DBUS_SESSION_BUS_ADDRESS) return found('tray', 'missing');
  const words = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus'];
  const answer = await said('dbus-send', [...words, 'org.freedesktop.DBus.NameHasOwner', `string:${watcher}`], environment);
  if (answer === null) return found('tray', 'unknown');
  return found('tray', /boolean true/.test(answer) ? 'ok' : 'missing');
}

function said(program: string, parameters: readonly string[], env: NodeJS.ProcessEnv): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(program, parameters, { timeout: 5000, env }, (error, stdout) => resolve(error === null ? stdout : null));
  });
}
