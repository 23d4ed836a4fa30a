// Debian packages that a fresh machine lacks, by what needs them. Names only: apt knows where they come from.

/** Libraries that Electron 33 and Chromium link against, and the fonts that Japanese needs. */
export const electronPackages = [
  'libasound2',
  'libatk-bridge2.0-0',
  'libatk1.0-0',
  'libatspi2.0-0',
  'libcairo2',
  'libcups2',
  'libdbus-1-3',
  'libdrm2',
  'libexpat1',
  'libgbm1',
  'libglib2.0-0',
  'libgtk-3-0',
  'libnotify4',
  'libnspr4',
  'libnss3',
  'libpango-1.0-0',
  'libsecret-1-0',
  'libx11-6',
  'libxcb1',
  'libxcomposite1',
  'libxdamage1',
  'libxext6',
  'libxfixes3',
  'libxkbcommon0',
  'libxrandr2',
  'fonts-noto-cjk',
];

/** A display that is not there, a browser for the headless station, a session bus with keyring, tray host and notifications. */
export const windowTestPackages = [
  'xvfb',
  'xauth',
  'chromium',
  'dbus',
  'dbus-x11',
  'gnome-keyring',
  'python3-dbus',
  'python3-gi',
  'fakeroot',
];

/** Real servers and scanners, and the peers whose multidrop, run control files and reading of bounces ours are compared with. */
export const serverTestPackages = [
  'dovecot-pop3d',
  'dovecot-imapd',
  'dovecot-lmtpd',
  'postfix',
  'clamav-daemon',
  'clamav-freshclam',
  'clamdscan',
  'clamav-testfiles',
  'openssl',
  'fetchmail',
  'python3-flufl.bounce',
];

/** The other peers that the crash matrix and the benchmarks are compared with. */
export const peerPackages = ['getmail6', 'mpop', 'safecat', 'strace'];

export const testPackages = [...electronPackages, ...windowTestPackages, ...serverTestPackages];
