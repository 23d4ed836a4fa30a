// What the desktop app is told on its command line, among the switches that are Chromium's.

export interface DesktopOptions {
  readonly home: string | undefined;
  readonly sample: boolean;
  /** Start in the tray, without a window. */
  readonly hidden: boolean;
}

export function readOptions(args: readonly string[]): DesktopOptions {
  return { home: following('--home', args), sample: args.includes('--sample'), hidden: args.includes('--hidden') };
}

/** The first `mailto:` address among the arguments, as the desktop hands it over (RFC 6068); longer than a window may send: none. */
export function mailtoOf(args: readonly string[]): string | null {
  return args.find((arg) => /^mailto:/i.test(arg) && arg.length <= 100_000) ?? null;
}

function following(name: string, args: readonly string[]): string | undefined {
  const joined = args.find((arg) => arg.startsWith(`${name}=`));
  if (joined !== undefined) return joined.slice(name.length + 1);
  const at = args.indexOf(name);
  return at === -1 ? undefined : args[at + 1];
}
