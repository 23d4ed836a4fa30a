// One clamd or several: which one is asked next, and whether there is any.
import { MailError } from '../../shared/error.js';
import type { Host } from './host.js';

export class Pool {
  constructor(readonly hosts: readonly Host[]) {}

  /** At least one clamd that found a recent canary. Hosts that are down are tried again. Throws the first one's MailError. */
  async ready(): Promise<void> {
    if (this.hosts.some((host) => host.fresh)) {
      for (const host of this.hosts) if (!host.fresh && worthTrying(host)) host.check().catch(() => {});
      return;
    }
    const results = await Promise.allSettled(this.hosts.map((host) => host.check()));
    if (results.some((result) => result.status === 'fulfilled')) return;
    const reason: unknown = results.find((result) => result.status === 'rejected')?.reason;
    throw reason instanceof Error ? reason : new MailError('scanner-unavailable', 'no clamd is named', true);
  }

  /** The least busy of those that are ready, except those tried already. */
  pick(tried: ReadonlySet<Host>): Host | null {
    const able = this.hosts.filter((host) => host.health.kind === 'ready' && !tried.has(host));
    return able.reduce<Host | null>((best, host) => (best === null || host.scanning < best.scanning ? host : best), null);
  }
}

/** Milliseconds a host that was down is left alone while another one does the work. */
const restAfterFailure = 5000;

function worthTrying(host: Host): boolean {
  const { health } = host;
  return health.kind === 'ready' || health.kind === 'unknown' || Date.now() - health.since > restAfterFailure;
}
