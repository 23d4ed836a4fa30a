// All of the window's words in Japanese, one table a screen.
import { account } from './ja/account.js';
import { bounces } from './ja/bounces.js';
import { command } from './ja/command.js';
import { common } from './ja/common.js';
import { compose } from './ja/compose.js';
import { doctor } from './ja/doctor.js';
import { frame } from './ja/frame.js';
import { log } from './ja/log.js';
import { mail } from './ja/mail.js';
import { outbox } from './ja/outbox.js';
import { problems } from './ja/problems.js';
import { quarantine } from './ja/quarantine.js';
import { reader } from './ja/reader.js';
import { routes } from './ja/routes.js';
import { scan } from './ja/scan.js';
import { settings } from './ja/settings.js';
import { station } from './ja/station.js';
import { trace } from './ja/trace.js';
import { welcome } from './ja/welcome.js';
import type { Area, Words } from './words.js';

export const ja: { readonly [A in Area]: Words<A> } = {
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
};
