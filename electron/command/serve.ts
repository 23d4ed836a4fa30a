// `todoku serve`: the headless station in the foreground; or its systemd user unit.
import type { CommandIo } from './io.js';

export async function serveCommand(options: Record<string, unknown>, io: CommandIo): Promise<number> {
  if (options.install === true) return (await import('./serve-unit.js')).installUnit(options, io);
  if (options.uninstall === true) return (await import('./serve-unit.js')).uninstallUnit(io);
  const { serve } = await import('../headless.js');
  return serve({
    home: typeof options.home === 'string' ? options.home : undefined,
    port: typeof options.port === 'number' ? options.port : 0,
    open: options.open === true,
    sample: options.sample === true,
  });
}
