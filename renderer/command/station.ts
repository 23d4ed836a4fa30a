// Commands to the station: fetch, pause, add an account.
import { go } from '../state/place.js';
import { peek } from '../state/query.js';
import { act } from '../state/trouble.js';
import type { Commands } from './command.js';

const paused = () => peek('status.read', {})?.paused ?? false;
const hasAccounts = () => (peek('account.list', {})?.length ?? 0) > 0;
/** Seven in the morning: a pause until tomorrow lets one sleep. */
const tomorrow = () => {
  const date = new Date();
  date.setDate(date.getDate() + 1);
  date.setHours(7, 0, 0, 0);
  return date.toISOString();
};
const anHour = () => new Date(Date.now() + 3_600_000).toISOString();

export const stationCommands = {
  'station.fetch': {
    title: 'command.fetch',
    group: 'station',
    icon: 'fetch',
    when: hasAccounts,
    run: () => void act('fetch.now', {}),
  },
  'station.check': { title: 'command.check', group: 'station', when: hasAccounts, run: () => void act('fetch.now', { check: true }) },
  'station.pauseHour': {
    title: 'command.pauseHour',
    group: 'station',
    icon: 'pause',
    when: () => !paused(),
    run: () => void act('poll.pause', { pause: { kind: 'until', time: anHour() } }),
  },
  'station.pauseTomorrow': {
    title: 'command.pauseTomorrow',
    group: 'station',
    icon: 'pause',
    when: () => !paused(),
    run: () => void act('poll.pause', { pause: { kind: 'until', time: tomorrow() } }),
  },
  'station.pause': {
    title: 'command.pause',
    group: 'station',
    icon: 'pause',
    when: () => !paused(),
    run: () => void act('poll.pause', { pause: { kind: 'indefinite' } }),
  },
  'station.resume': {
    title: 'command.resume',
    group: 'station',
    icon: 'play',
    when: paused,
    run: () => void act('poll.pause', { pause: { kind: 'none' } }),
  },
  'station.addAccount': { title: 'command.addAccount', group: 'station', icon: 'plus', run: () => go('account', ['new']) },
} as const satisfies Commands;
