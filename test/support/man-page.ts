// docs/todoku.1, written from what commander knows of the command, so that it cannot tell of another one.
import type { Command, Option } from 'commander';

const roff = (text: string) =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1');
const everywhere = new Set(['--home', '--json', '--verbose']);

export function manPage(program: Command, version: string): string {
  const commands = leavesOf(program, []);
  return `${[
    `.TH TODOKU 1 "" "Todoku ${version}" "User commands"`,
    '.SH NAME',
    'todoku \\- fetch, scan and deliver mail into local Maildirs',
    '.SH SYNOPSIS',
    ...commands.flatMap(({ path, command }) => [
      '.br',
      `.B ${roff(`todoku ${path.join(' ')}`)}`,
      ...(usageOf(command) === '' ? [] : [roff(usageOf(command))]),
    ]),
    '.SH DESCRIPTION',
    roff(program.description()),
    'A message is deleted from its server only when it stands in its Maildir, scanned and durable, and the ledger says so.',
    '.SH COMMANDS',
    ...commands.flatMap(({ path, command }) => [
      `.SS ${roff(`${path.join(' ')} ${usageOf(command)}`.trim())}`,
      roff(`${command.description()}.`),
      ...command.options.filter(({ long }) => !everywhere.has(long ?? '')).flatMap(optionLines),
    ]),
    '.SH OPTIONS OF EVERY COMMAND',
    ...program.options.flatMap(optionLines),
    ...optionLines({ flags: '-h, --help', description: 'say how a command is used' } as Option),
    epilogue,
  ].join('\n')}\n`;
}

interface Leaf {
  readonly path: readonly string[];
  readonly command: Command;
}

function leavesOf(command: Command, path: readonly string[]): readonly Leaf[] {
  if (command.commands.length === 0) return [{ path, command }];
  return command.commands.flatMap((below) => leavesOf(below, [...path, below.name()]));
}

function usageOf(command: Command): string {
  return command.registeredArguments
    .map((argument) => {
      const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
      return argument.required ? `<${name}>` : `[${name}]`;
    })
    .join(' ');
}

function optionLines({ flags, description }: Pick<Option, 'flags' | 'description'>): readonly string[] {
  return ['.TP', `.B ${roff(flags)}`, roff(description)];
}

const epilogue = String.raw`.SH EXIT STATUS
.B poll
and
.B account test
answer as fetchmail does: 0 mail was fetched, 1 there was none, 2 no connection, 3 login refused, 4 protocol error, 5 wrong usage,
6 a file that others can read, 7 the server reports an error, 8 another station has the data folder, 9 the mailbox is busy,
10 mail could not be handed on, 23 an unexpected error.
.B scan
answers as clamdscan does: 0 clean, 1 found, 2 error.
.SH ENVIRONMENT
.TP
.B TODOKU_HOME
the data folder, where
.B \-\-home
does not name one; else XDG_DATA_HOME/todoku, else ~/.local/share/todoku
.TP
.B LC_ALL, LC_MESSAGES, LANG
Japanese where they begin with ja, else English
.SH FILES
.TP
.B mail/DOMAIN/USER/
Maildirs
.TP
.B settings.json, secrets.json
settings, and passwords kept in a file; mode 0600
.TP
.B ledger.db
what was delivered, and what is still to be deleted on a server
.TP
.B catalog.db
the index for the window; made anew from the Maildirs where it is missing
.TP
.B quarantine/, problems/, outbox/, log/
what is held, what could not be delivered, what waits to be sent, what happened
.SH EXAMPLES
.nf
echo "$PASSWORD" | todoku account add Work \-\-host pop.example.com \-\-user me \e
    \-\-deliver\-to me@example.com \-\-password\-stdin
todoku account test Work
todoku poll
todoku backup ~/todoku.tar
.fi
.SH SEE ALSO
.BR fetchmail (1),
.BR clamd (8),
.BR maildir (5)`;
