// What an attachment is, by its name and type: whether it would run if opened, and what the pane can show of it.
import type { Attachment } from '../../shared/message.js';

/** Names that run, or hand control to something that does, on Windows, macOS or Linux. */
const executableNames = new Set(
  `apk app appimage appx appref-ms application bash bat bin cab cmd com command cpl crt deb desktop diagcab dll dmg elf exe gadget
  hta htm html img inf ins iso isp jar jnlp job js jse ksh lnk mde msc msh msi msix msp mst ocx pif pkg pl pm prf prg ps1 ps2 psc1 psm1 py pyc pyw rb reg rpm
  run scf scr settingcontent-ms sct sh shb shs svg sys thm url vb vbe vbs vbscript vhd vhdx vxd wsc wsf wsh xht xhtml xll xlam docm xlsm xlsb pptm dotm one zsh`.split(
    /\s+/,
  ),
);
const executableTypes =
  /^(application\/(x-)?(msdownload|msdos-program|executable|elf|sharedlib|sh|shellscript|java-archive|javascript|ecmascript|msi|bat|perl|python-code|hta|ms-shortcut|mach-binary|apple-diskimage|rpm|debian-package|vnd\.microsoft\.portable-executable|vnd\.android\.package-archive)|text\/(javascript|ecmascript|html|x-sh|x-shellscript|x-python|x-perl)|image\/svg\+xml)$/;

const specialNames: Readonly<Record<string, NonNullable<Attachment['special']>>> = {
  eml: 'message',
  ics: 'calendar',
  vcs: 'calendar',
  vcf: 'contact',
  p7m: 'smime',
  p7s: 'smime',
  p7c: 'smime',
  pgp: 'pgp',
  gpg: 'pgp',
  asc: 'pgp',
};
const specialTypes: readonly (readonly [RegExp, NonNullable<Attachment['special']>])[] = [
  [/^message\/(rfc822|global)$/, 'message'],
  [/^(text\/(x-v)?calendar|application\/ics)$/, 'calendar'],
  [/^text\/(x-)?vcard$|^text\/directory$/, 'contact'],
  [/^application\/(x-)?pkcs7-/, 'smime'],
  [/^application\/pgp(-|$)/, 'pgp'],
  [/^application\/(vnd\.)?ms-tnef$/, 'tnef'],
];
const defaultNames: Readonly<Record<NonNullable<Attachment['special']>, string>> = {
  message: 'message.eml',
  calendar: 'invitation.ics',
  contact: 'contact.vcf',
  smime: 'smime.p7m',
  pgp: 'message.asc',
  tnef: 'winmail.dat',
};
const nameLimit = 200;

/** The last extension, as the system would see it: trailing dots and blanks do not count. */
function extension(name: string): string {
  return /\.([^.\\/\s]+)[.\s]*$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

export function isExecutable(name: string, type: string): boolean {
  return executableNames.has(extension(name)) || executableTypes.test(type);
}

export function specialOf(name: string, type: string): Attachment['special'] {
  const byType = specialTypes.find(([pattern]) => pattern.test(type));
  if (byType !== undefined) return byType[1];
  if (/^winmail\.dat$/i.test(name)) return 'tnef';
  return specialNames[extension(name)] ?? null;
}

/** A name that can be shown in one line and cannot lie about its end (S23): no path, no control or direction characters. */
export function shownName(name: string | undefined, type: string, part: string): string {
  const clean = (name ?? '')
    .slice(0, 10_000)
    .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/[/\\]/g, '_')
    .trim();
  if (clean === '' || /^\.+$/.test(clean)) return defaultName(type, part);
  const characters = [...clean];
  if (characters.length <= nameLimit) return clean;
  const end = [...`.${extension(clean)}`].slice(0, 20);
  return [...characters.slice(0, nameLimit - end.length - 1), '…', ...end].join('');
}

function defaultName(type: string, part: string): string {
  const special = specialOf('', type);
  if (special !== null) return defaultNames[special];
  const image = /^image\/(png|jpeg|gif|webp)$/.exec(type)?.[1];
  return `part-${part}${image === undefined ? (type.startsWith('text/') ? '.txt' : '') : `.${image}`}`;
}
