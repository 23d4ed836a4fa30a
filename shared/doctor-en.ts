// What the doctor says, in English: for each check its title, and for each finding what it is and what to do about it.
import type { CheckName, Finding } from './doctor.js';

export type Sentences = readonly [what: string, next: string];
export type DoctorWords = {
  readonly [Name in CheckName]: { readonly title: string } & { readonly [One in Finding<Name>]: Sentences };
};

const failed: Sentences = ['This could not be checked: {said}.', 'Run `todoku doctor` as the user whose mail it is.'];

export const doctorEn: DoctorWords = {
  versions: {
    title: 'Versions',
    ok: ['Todoku {version} on Node {node}{runtime}.', ''],
    evaluation: [
      'Todoku {version} runs on an old Electron{runtime}, which is for evaluation only.',
      'Install Todoku with its own Electron.',
    ],
    old: ['Node {node} is too old.', 'Install Node 20.18 or later.'],
    failed,
  },
  folder: {
    title: 'Data folder',
    ok: ['{path} is there and can be written.', ''],
    missing: ['{path} does not exist yet.', 'It is made when the station starts first.'],
    unwritable: ['{path} cannot be written: {code}.', 'Give the folder to this user, or name another with --home.'],
    failed,
  },
  modes: {
    title: 'Permissions',
    ok: ['Nobody else can read settings, passwords, ledger and held mail.', ''],
    open: ['Others can read {count} of the files and folders that are private, the first {path}.', 'Run: chmod -R go-rwx {root}'],
    failed,
  },
  space: {
    title: 'Free space',
    ok: ['{free} are free.', ''],
    low: ['Only {free} are free.', 'Make room soon: when the disk is full no mail is fetched. It waits on the server.'],
    full: ['The disk is full: {free} are free.', 'Make room. No mail is fetched until then, and none is lost: it waits on the server.'],
    inodes: ['The disk has room, but takes only {count} more files.', 'Delete or join small files; each message is one file.'],
    failed,
  },
  lock: {
    title: 'Lock',
    free: ['No station uses this folder now.', ''],
    held: ['The station with process {pid} uses this folder.', ''],
    unknown: ['A program holds the lock and does not say which it is.', 'Look for another Todoku of this user, or restart the machine.'],
    failed,
  },
  settings: {
    title: 'Settings',
    ok: ['settings.json is whole: {count} accounts.', ''],
    absent: ['There are no settings yet; the defaults are used.', 'Add an account, or import a set-up.'],
    aside: [
      'settings.json is whole, but {count} damaged ones were set aside, the last {path}.',
      'Compare it with the settings, then delete it.',
    ],
    newer: [
      'settings.json is of version {version}, which this Todoku does not know. It is left as it is.',
      'Install the newer Todoku that wrote it.',
    ],
    broken: ['settings.json cannot be read: {said}.', 'The next start sets it aside and uses the last good copy. Nothing is deleted.'],
    failed,
  },
  ledger: {
    title: 'Ledger',
    ok: ['ledger.db is whole: {count} messages are known.', ''],
    absent: ['There is no ledger yet.', 'The first poll makes it.'],
    aside: [
      'ledger.db is whole, but {count} damaged ones were set aside, the last {path}.',
      'Look at the disk (smartctl), then delete what was set aside.',
    ],
    newer: [
      'ledger.db is of version {version}, which this Todoku does not know. It is left as it is.',
      'Install the newer Todoku that wrote it.',
    ],
    damaged: [
      'ledger.db is damaged: {said}.',
      'Look at the disk. The next start sets the file aside and finds what was delivered in the Maildirs.',
    ],
    failed,
  },
  catalog: {
    title: 'Catalog',
    ok: ['catalog.db can be read: {count} messages are listed.', ''],
    absent: ['There is no catalog yet.', 'The window makes it from the Maildirs.'],
    other: ['catalog.db is of another version.', 'It is made anew from the Maildirs at the next start.'],
    damaged: ['catalog.db is damaged: {said}.', 'Restart Todoku: it is made anew from the Maildirs.'],
    failed,
  },
  clamd: {
    title: 'Scanner',
    ok: ['{engine} answers at {where} and found the test virus.', ''],
    startable: ['No clamd runs; Todoku starts its own when it is needed.', ''],
    off: [
      'Scanning is off: mail is delivered marked as not scanned.',
      'Switch it on in Settings, or: todoku config set scanner.mode required',
    ],
    missing: [
      'No clamd can be used: {said}.',
      'On Debian: apt-get install clamav-daemon. Until then no mail is fetched where scanning is required.',
    ],
    silent: ['clamd does not answer at {where}: {said}.', 'Start it (systemctl start clamav-daemon), or set scanner.clamd to auto.'],
    blind: [
      'clamd answers at {where}, but does not find the test virus ({said}).',
      'Update its signatures, and see that ScanMail and ScanArchive are on in its clamd.conf.',
    ],
    failed,
  },
  signatures: {
    title: 'Signatures',
    fresh: ['The newest signatures are {count} days old.', ''],
    old: ['The newest signatures are {count} days old.', 'Update them: a button on the Station screen, or freshclam.'],
    stale: [
      'The newest signatures are {count} days old: recent viruses pass.',
      'Update them, and see why freshclam did not (log/freshclam.log, or journalctl -u clamav-freshclam).',
    ],
    unknown: ['The age of the signatures is not known.', 'Packed databases (main.cvd, daily.cvd) say theirs; freshclam fetches them.'],
    none: ['There are no signatures in {path}.', 'Run freshclam, or the button Update signatures on the Station screen.'],
    failed,
  },
  network: {
    title: 'Network',
    ok: ['All {count} mail servers can be reached.', ''],
    none: ['No account is polled, so no server was tried.', ''],
    offline: ['This machine has no network.', 'Connect it. Polling goes on by itself then.'],
    unreachable: [
      '{count} of {of} mail servers cannot be reached, the first {host}: {code}.',
      'Check its name and port with: todoku account test NAME',
    ],
    failed,
  },
  secrets: {
    title: 'Passwords',
    ok: ['All {count} accounts that are polled have their password.', ''],
    missing: [
      '{count} accounts have no password, the first {account}.',
      'Enter it in the window, or: todoku account set NAME --password-stdin',
    ],
    unreadable: ['secrets.json cannot be read: {said}.', 'Restore it from a backup, or delete it and enter the passwords again.'],
    failed,
  },
  keyring: {
    title: 'Keyring',
    strong: ['The desktop keyring seals passwords.', ''],
    weak: [
      'There is no desktop keyring: passwords are only obscured.',
      'Install and unlock one (gnome-keyring, KWallet), then save the accounts again. Or use a password command.',
    ],
    file: [
      'Passwords lie in a file that only this user can read.',
      'The desktop app can seal them in the keyring; a password command needs no file.',
    ],
    sealed: [
      '{count} passwords are sealed in the desktop keyring, which this program cannot open.',
      'Start the desktop app, or set them again with: todoku account set NAME --password-stdin',
    ],
    failed,
  },
  tray: {
    title: 'Tray',
    ok: ['The desktop shows tray icons.', ''],
    missing: [
      'This desktop shows no tray icons.',
      'A closed window comes back when Todoku is started again. On GNOME, the extension AppIndicator brings icons.',
    ],
    headless: ['There is no desktop session, so there is no tray.', ''],
    unknown: ['Whether the desktop shows tray icons is not known.', ''],
    failed,
  },
};
