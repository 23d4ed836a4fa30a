// A Debian package of the unpacked app, with dpkg-deb alone: files are root's without root or fakeroot.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const iconSizes = [16, 32, 48, 128, 256, 512];

/** What Electron links against; newer releases name some libraries anew (time_t of 64 bits). */
const depends = [
  'libasound2 | libasound2t64',
  'libatk-bridge2.0-0 | libatk-bridge2.0-0t64',
  'libatk1.0-0 | libatk1.0-0t64',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libc6',
  'libcups2 | libcups2t64',
  'libdbus-1-3',
  'libdrm2',
  'libgbm1',
  'libglib2.0-0 | libglib2.0-0t64',
  'libgtk-3-0 | libgtk-3-0t64',
  'libnotify4',
  'libnspr4',
  'libnss3',
  'libsecret-1-0',
  'libxkbcommon0',
  'libxcomposite1',
  'libxdamage1',
  'libxfixes3',
  'libxrandr2',
];

/** Path of the package. Mail and settings are in home folders, which no script of it touches. */
export function makeDeb(checkout, app, output) {
  const { version } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const root = join(output, 'deb-root');
  rmSync(root, { recursive: true, force: true });
  layOut(checkout, app, root);
  put(root, 'DEBIAN/control', control(version, architecture, octetsBelow(root)));
  openToAll(root);
  // Chromium's sandbox helper for kernels without user namespaces.
  chmodSync(join(root, 'usr/lib/todoku/chrome-sandbox'), 0o4755);
  const deb = join(output, `todoku_${version}_${architecture}.deb`);
  const made = spawnSync('dpkg-deb', ['--root-owner-group', '-Zzstd', '-z6', '--build', root, deb], { encoding: 'utf8' });
  rmSync(root, { recursive: true });
  if (made.status !== 0) throw new Error(`dpkg-deb ended with ${made.status}: ${made.stderr ?? made.error}`);
  return deb;
}

function layOut(checkout, app, root) {
  const packaging = join(checkout, 'packaging');
  cpSync(app, join(root, 'usr/lib/todoku'), { recursive: true });
  copy(join(packaging, 'todoku.sh'), root, 'usr/bin/todoku');
  chmodSync(join(root, 'usr/bin/todoku'), 0o755);
  symlinkSync('../lib/todoku/todoku-desktop', join(root, 'usr/bin/todoku-desktop'));
  copy(join(packaging, 'todoku.desktop'), root, 'usr/share/applications/todoku.desktop');
  copy(join(packaging, 'todoku.service'), root, 'usr/lib/systemd/user/todoku.service');
  for (const size of iconSizes)
    copy(join(checkout, `resources/icons/todoku-${size}.png`), root, `usr/share/icons/hicolor/${size}x${size}/apps/todoku.png`);
  copy(join(checkout, 'resources/icons/todoku.svg'), root, 'usr/share/icons/hicolor/scalable/apps/todoku.svg');
  copy(join(checkout, 'LICENSE'), root, 'usr/share/doc/todoku/copyright');
}

function copy(from, root, to) {
  mkdirSync(dirname(join(root, to)), { recursive: true });
  cpSync(from, join(root, to));
}

function put(root, path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function control(version, architecture, octets) {
  return `Package: todoku
Version: ${version}
Architecture: ${architecture}
Maintainer: Todoku <todoku@localhost>
Installed-Size: ${Math.ceil(octets / 1024)}
Depends: ${depends.join(', ')}
Recommends: clamav-daemon, clamav-freshclam
Suggests: gnome-keyring
Section: mail
Priority: optional
Description: mail client with a local fetch-and-scan station
 Polls many POP3 and IMAP accounts, scans every message with ClamAV, and
 delivers it into Maildirs that other programs can share. With a window, and
 as a command: todoku.
`;
}

function entries(folder) {
  return readdirSync(folder, { withFileTypes: true }).map((entry) => [entry, join(folder, entry.name)]);
}

function octetsBelow(folder) {
  return entries(folder).reduce(
    (sum, [entry, path]) => sum + (entry.isDirectory() ? octetsBelow(path) : entry.isFile() ? statSync(path).size : 0),
    0,
  );
}

/** Whatever the builder's umask was. */
function openToAll(folder) {
  chmodSync(folder, 0o755);
  for (const [entry, path] of entries(folder)) {
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o111 ? 0o755 : 0o644);
  }
}
