// `todoku doctor` and the button: every check, none of which can spoil another, nothing changed by any of them.
import { type CheckName, checkNames, type DoctorCheck, type DoctorReport, found } from '../../shared/doctor.js';
import { version } from '../../shared/version.js';
import { printable } from '../net/text.js';
import type { Places } from '../scanner/discover.js';
import type { Calls, Home, Keyring } from './context.js';
import { checkKeyring, checkSecrets, checkTray, checkVersions } from './doctor-desktop.js';
import { checkCatalog, checkFolder, checkLedger, checkLock, checkModes, checkSpace, readSettings } from './doctor-files.js';
import { checkClamd, checkNetwork, checkSignatures } from './doctor-outside.js';

export interface Patient {
  readonly home: Home;
  readonly keyring: Keyring | null;
  readonly places?: Places;
}

/** Works beside a running station, and on a folder that does not exist. Never throws: what cannot be checked is told as such. */
export async function examine(patient: Patient): Promise<DoctorReport> {
  const { home } = patient;
  const { settings, check } = readSettings(home);
  const all = { ...patient, settings };
  const looks: Readonly<Record<CheckName, () => DoctorCheck | Promise<DoctorCheck>>> = {
    versions: () => checkVersions(),
    folder: () => checkFolder(home),
    modes: () => checkModes(home),
    space: () => checkSpace(home),
    lock: () => checkLock(home),
    settings: () => check,
    ledger: () => checkLedger(home),
    catalog: () => checkCatalog(home),
    clamd: () => checkClamd(all),
    signatures: () => checkSignatures(all),
    network: () => checkNetwork(all),
    secrets: () => checkSecrets(all),
    keyring: () => checkKeyring(all),
    tray: () => checkTray(),
  };
  const checks = await Promise.all(checkNames.map(async (name) => printed(await attempt(name, looks[name]))));
  return { version, checked: new Date().toISOString(), platform: `${process.platform} ${process.arch}`, checks };
}

async function attempt(name: CheckName, look: () => DoctorCheck | Promise<DoctorCheck>): Promise<DoctorCheck> {
  try {
    return await look();
  } catch (error) {
    return found(name, 'failed', { said: error instanceof Error ? error.message : String(error) });
  }
}

/** What a server or a file name says reaches a terminal and a window escaped (S22). */
function printed(check: DoctorCheck): DoctorCheck {
  const safe = Object.entries(check.facts).map(([name, fact]) => [name, typeof fact === 'string' ? printable(fact) : fact]);
  return { ...check, facts: Object.fromEntries(safe) };
}

export function doctorCalls(patient: Patient): Calls<'doctor.run'> {
  return { 'doctor.run': () => examine(patient) };
}
