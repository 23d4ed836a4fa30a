// Where a scanner under test looks for ClamAV: the installed programs, and nothing else of this machine.
import type { Places } from '../../electron/scanner/discover.js';

export const nowhere: Places = { confs: [], sockets: [], ports: [], programs: ['/usr/sbin', '/usr/bin'], databases: [] };
