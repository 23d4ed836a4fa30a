// electron-store as the settings' file: conf's class with Electron's ways, on the same settings.json that the command reads.
import ElectronStore from 'electron-store';
import type { StoreClass } from '../station/settings.js';

export const settingsStore: StoreClass = ElectronStore;
