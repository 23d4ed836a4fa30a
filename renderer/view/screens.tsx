// Every screen, by the name it has in the address. Each lives in a folder of its own.
import type { ComponentType } from 'react';
import type { ScreenName } from '../state/place.js';
import { AccountScreen } from './account/screen.js';
import { BouncesScreen } from './bounces/screen.js';
import { ComposeScreen } from './compose/screen.js';
import { DoctorScreen } from './doctor/screen.js';
import { LogScreen } from './log/screen.js';
import { MailScreen } from './mail/screen.js';
import { OutboxScreen } from './outbox/screen.js';
import { ProblemsScreen } from './problems/screen.js';
import { QuarantineScreen } from './quarantine/screen.js';
import { RoutesScreen } from './routes/screen.js';
import { ScanScreen } from './scan/screen.js';
import { SettingsScreen } from './settings/screen.js';
import { StationScreen } from './station/screen.js';
import { WelcomeScreen } from './welcome/screen.js';

/** `path` is what follows the screen's name in the address. */
export interface ScreenProps {
  readonly path: readonly string[];
}

export const screenViews: Readonly<Record<ScreenName, ComponentType<ScreenProps>>> = {
  mail: MailScreen,
  compose: ComposeScreen,
  outbox: OutboxScreen,
  station: StationScreen,
  account: AccountScreen,
  quarantine: QuarantineScreen,
  scan: ScanScreen,
  bounces: BouncesScreen,
  problems: ProblemsScreen,
  routes: RoutesScreen,
  welcome: WelcomeScreen,
  settings: SettingsScreen,
  log: LogScreen,
  doctor: DoctorScreen,
};
