#!/usr/bin/env node
// `todoku`: the command. Declares what there is; each command's code is loaded only when it runs.
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { version } from '../shared/version.js';
import type { CommandIo } from './command/io.js';
import { chooseHome } from './station/home.js';

type Options = Record<string, unknown>;

const language = (): 'en' | 'ja' => (/^ja/.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '') ? 'ja' : 'en');

/** An option that may be given again and again. */
const repeated = (one: string, all: readonly string[] = []): string[] => [...all, one];

function ioFor(options: Options): CommandIo {
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    stdin: process.stdin,
    home: chooseHome(options.home as string | undefined),
    json: options.json === true,
    verbose: options.verbose === true,
    language: language(),
  };
}

/** Runs one command's code and makes its answer the exit code; a MailError is told in words, with its fetchmail code. */
async function run(command: Command, work: (io: CommandIo, options: Options) => Promise<number>): Promise<void> {
  const options = command.optsWithGlobals<Options>();
  const io = ioFor(options);
  try {
    process.exitCode = await work(io, options);
  } catch (error) {
    const { tellError } = await import('./command/tell.js');
    process.exitCode = tellError(error, io);
  }
}

const everywhere = (command: Command): Command =>
  command
    .option('--home <dir>', 'data folder (default: TODOKU_HOME, else XDG data home)')
    .option('--json', 'print JSON')
    .option('--verbose', 'print more');

const whole = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('a whole number is wanted');
  return Number(text);
};

function build(): Command {
  const program = everywhere(new Command('todoku'))
    .description('Fetch mail from many POP3 and IMAP accounts, scan it with ClamAV, deliver it into local Maildirs.')
    .version(version)
    .exitOverride()
    .showHelpAfterError();

  const add = (name: string, text: string, parent: Command = program) => everywhere(parent.command(name)).description(text).exitOverride();

  add('poll', "fetch every (named) account once; exits with fetchmail's code")
    .argument('[account...]', 'names or ids of accounts; all enabled ones when left out')
    .option('--check', 'count only')
    .action((names: string[], _: Options, command: Command) =>
      run(command, async (io, options) => (await import('./command/poll.js')).pollCommand(names, { check: options.check === true }, io)),
    );

  add('serve', 'run the headless station: polls on schedule, serves the window on 127.0.0.1')
    .option('--port <n>', 'port (default: any free one)', whole)
    .option('--open', 'open the window in the browser')
    .option('--sample', 'a throw-away station with sample mail')
    .option('--install', 'write a systemd user unit for it, and say what to run')
    .option('--uninstall', 'remove that unit')
    .action((_: Options, command: Command) =>
      run(command, async (io, options) => (await import('./command/serve.js')).serveCommand(options, io)),
    );

  add('status', 'what the station knows: accounts, last results, scanner').action((_: Options, command: Command) =>
    run(command, async (io) => (await import('./command/status.js')).statusCommand(io)),
  );

  add('doctor', 'what is wrong on this machine, and what to do about it; exits 1 when something is bad')
    .option('--anonymous', 'without addresses, hosts and folders: to copy into a question')
    .action((_: Options, command: Command) =>
      run(command, async (io, options) =>
        (await import('./command/doctor.js')).doctorCommand({ anonymous: options.anonymous === true }, io),
      ),
    );

  const account = add('account', 'accounts of the station');
  add('list', 'list accounts', account).action((_: Options, command: Command) =>
    run(command, async (io) => (await import('./command/account.js')).listAccounts(io)),
  );
  accountOptions(add('add', 'add an account; nothing is contacted', account).argument('<name>')).action(
    (name: string, _: Options, command: Command) =>
      run(command, async (io, options) => (await import('./command/account.js')).addAccount(name, options, io)),
  );
  accountOptions(add('set', 'change an account', account).argument('<account>')).action((name: string, _: Options, command: Command) =>
    run(command, async (io, options) => (await import('./command/account.js')).setAccount(name, options, io)),
  );
  add('remove', 'remove an account; its mail stays unless --delete-mail', account)
    .argument('<account>')
    .option('--delete-mail', 'delete its local mailbox too')
    .action((name: string, _: Options, command: Command) =>
      run(command, async (io, options) => (await import('./command/account.js')).removeAccount(name, options, io)),
    );
  add('export', 'print accounts without their secrets, as a file that `todoku import accounts` takes', account)
    .argument('[account...]', 'names or ids; all when left out')
    .option('--output <file>', 'write it there (0600)')
    .action((names: string[], _: Options, command: Command) =>
      run(command, async (io, options) => (await import('./command/account-export.js')).exportAccounts(names, options, io)),
    );
  add('test', 'test an account step by step', account)
    .argument('<account>')
    .action((name: string, _: Options, command: Command) =>
      run(command, async (io) => (await import('./command/account.js')).testAccountCommand(name, io)),
    );

  const config = add('config', 'settings by dotted name (scanner.clamd, poll.sessions, ...)');
  add('get', 'print one setting, or all', config)
    .argument('[key]')
    .action((key: string | undefined, _: Options, command: Command) =>
      run(command, async (io) => (await import('./command/config.js')).getConfig(key, io)),
    );
  add('set', 'change one setting', config)
    .argument('<key>')
    .argument('<value>')
    .action((key: string, value: string, _: Options, command: Command) =>
      run(command, async (io) => (await import('./command/config.js')).setConfig(key, value, io)),
    );

  add('import', 'take over a set-up: fetchmailrc, postfix, dovecot, mpoprc, getmailrc, thunderbird, autoconfig, mobileconfig, accounts')
    .argument('<kind>')
    .argument('<path>')
    .option('--dry-run', 'show what would be taken and what not')
    .option('--force', 'proceed although others may read the file')
    .option('--address <address>', 'autoconfig: whose account it will be')
    .action((kind: string, path: string, _: Options, command: Command) =>
      run(command, async (io, options) =>
        (await import('./command/take-over.js')).takeOver(
          kind,
          path,
          {
            dryRun: options.dryRun === true,
            force: options.force === true,
            address: typeof options.address === 'string' ? options.address : null,
          },
          io,
        ),
      ),
    );

  add('backup', 'save settings and all mail into one tar, and read it back; a running station may go on')
    .argument('<file>')
    .option('--secrets', 'with the stored passwords; else they are left out')
    .option('--no-mail', 'settings only')
    .action((path: string, _: Options, command: Command) =>
      run(command, async (io, options) => (await import('./command/backup.js')).backupCommand(path, options, io)),
    );
  add('restore', 'take a backup back; mail that is here is never overwritten, and settings that were here are kept aside')
    .argument('<file>')
    .option('--no-settings', 'mail only')
    .option('--no-mail', 'settings only')
    .action((path: string, _: Options, command: Command) =>
      run(command, async (io, options) => (await import('./command/backup.js')).restoreCommand(path, options, io)),
    );

  add('route', 'where mail to an address would go, step by step')
    .argument('[address]')
    .option('--account <name>', 'instead: where each message that lies on its server would go; nothing is fetched')
    .option('--limit <n>', 'the newest so many messages (default: 100)', whole)
    .option('--target <where>', 'first: the mailbox of that address hands its mail there; as of `account set`')
    .option('--relay-security <tls|starttls|none>', 'of an SMTP relay (default: none)')
    .option('--relay-user <name>', 'user name at the SMTP relay')
    .option('--relay-password-file <file>', "its password, from a file's first line, kept in secrets.json (0600)")
    .option('--relay-password-command <command>', 'ask this command for it')
    .action((address: string | undefined, _: Options, command: Command) =>
      run(command, async (io, options) => {
        if (typeof options.account === 'string')
          return (await import('./command/rehearse.js')).rehearseCommand(options.account, Number(options.limit ?? 100), io);
        if (address === undefined) throw new InvalidArgumentError('an address or --account is wanted');
        const target = await import('./command/route-target.js');
        if (target.namesTarget(options)) await target.setMailboxTarget(address, options, io);
        return (await import('./command/route.js')).routeCommand(address, io);
      }),
    );

  add('scan', 'scan files and folders with clamd; exits 0 clean, 1 found, 2 error')
    .argument('<path...>')
    .option('--infected', 'print infected files only')
    .option('--allmatch', 'report every signature that matches')
    .option('--move <dir>', 'move infected files')
    .option('--copy <dir>', 'copy infected files')
    .option('--remove', 'remove infected files')
    .option('--exclude <glob>', 'leave out (may be repeated)', repeated, [] as string[])
    .action((paths: string[], _: Options, command: Command) =>
      run(command, async (io, options) => (await import('./command/scan-station.js')).scanPaths(paths, options, io)),
    );

  add('trace', 'take the Received chains of messages apart')
    .argument('<path...>', 'files, folders, Maildirs, or -')
    .option('--trusted <host>', 'a host, domain or network of yours (may be repeated; else as set in the settings)', repeated)
    .action((paths: string[], { trusted }: { trusted?: string[] }, command: Command) =>
      run(command, async (io) => (await import('./command/trace.js')).traceCommand(paths, { json: io.json, trusted }, io)),
    );
  add('bounce', 'explain delivery reports')
    .argument('<path...>', 'files, folders, Maildirs, or -')
    .action((paths: string[], _: Options, command: Command) =>
      run(command, async (io) => (await import('./command/bounce.js')).bounceCommand(paths, { json: io.json }, io)),
    );
  return program;
}

/** The options of `account add` and `account set` are the same. */
function accountOptions(command: Command): Command {
  return command
    .option('--protocol <pop3|imap>', 'protocol')
    .option('--host <name>', 'server')
    .option('--port <n>', 'port (default: what the security implies)', whole)
    .option('--security <tls|starttls|none>', 'security (default: tls)')
    .option('--user <name>', 'user name')
    .option('--auth <method>', 'auto, password, apop, cram-md5, scram-sha-256, plain, login, xoauth2, oauthbearer')
    .option('--password-stdin', 'read the password from standard input and keep it in secrets.json (0600)')
    .option('--password-file <file>', "read the password from a file's first line and keep it in secrets.json (0600)")
    .option('--password-command <command>', 'ask this command for the password (or OAuth2 token) at every login')
    .option('--deliver-to <address...>', 'mailbox the mail goes to (single-drop)')
    .option('--multidrop <header>', 'sort by this envelope header (`none`: by Received only)')
    .option('--keep', 'leave messages on the server')
    .option('--delete', 'delete them after delivery')
    .option('--delete-after <days>', 'delete them this many days after delivery', whole)
    .option('--all', 'retrieve old messages too')
    .option('--size-limit <octets>', 'leave larger messages on the server', whole)
    .option('--max-messages <n>', 'messages a run', whole)
    .option('--max-octets <n>', 'octets a run', whole)
    .option('--batch-limit <n>', 'messages a session', whole)
    .option('--timeout <seconds>', 'without an answer', whole)
    .option('--interval <seconds>', 'between polls', whole)
    .option('--invisible', 'leave no Received line of ours')
    .option('--top', 'retrieve by TOP')
    .option('--target <where>', 'maildir, smtp:HOST[:PORT], lmtp:SOCKET, lmtp:HOST[:PORT] or imap:ACCOUNT[/FOLDER]')
    .option('--antispam <codes>', 'codes of a relay that mean spam, by commas')
    .option('--relay-batch <n>', 'messages a connection to the relay (0: no limit)', whole)
    .option('--relay-security <tls|starttls|none>', 'of an SMTP relay (default: none)')
    .option('--relay-user <name>', 'user name at the SMTP relay')
    .option('--relay-password-file <file>', "its password, from a file's first line, kept in secrets.json (0600)")
    .option('--relay-password-command <command>', 'ask this command for it')
    .option('--refusal <policy>', 'postmaster, keep or bounce (mind that senders are forged)')
    .option('--pin <sha256>', 'certificate to trust, with --pin-file')
    .option('--pin-file <pem>', 'that certificate')
    .option('--pause', 'do not poll it')
    .option('--resume', 'poll it again');
}

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await build().parseAsync(process.argv);
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Help and version are no failure; a wrong usage is fetchmail's 5.
  process.exitCode = error.exitCode === 0 ? 0 : 5;
}
