// All of the window's words in English, one table a screen.
import { account } from './en/account.js';
import { bounces } from './en/bounces.js';
import { command } from './en/command.js';
import { common } from './en/common.js';
import { compose } from './en/compose.js';
import { doctor } from './en/doctor.js';
import { frame } from './en/frame.js';
import { log } from './en/log.js';
import { mail } from './en/mail.js';
import { outbox } from './en/outbox.js';
import { problems } from './en/problems.js';
import { quarantine } from './en/quarantine.js';
import { reader } from './en/reader.js';
import { routes } from './en/routes.js';
import { scan } from './en/scan.js';
import { settings } from './en/settings.js';
import { station } from './en/station.js';
import { trace } from './en/trace.js';
import { welcome } from './en/welcome.js';

export const en = {
  account,
  bounces,
  command,
  common,
  doctor,
  compose,
  frame,
  log,
  mail,
  outbox,
  problems,
  quarantine,
  reader,
  routes,
  scan,
  settings,
  station,
  trace,
  welcome,
} as const;
