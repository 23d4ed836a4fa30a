// `todoku serve`: the headless station in the foreground.
import type { CommandIo } from './io.js';

export async function serveCommand(options: Record<string, unknown>, _io: CommandIo): Promise<number> {
  const { serve } = await import('../headless.js');
  return serve({
    home: typeof options.home === 'string' ? options.home : undefined,
    port: typeof options.port === 'number' ? options.port : 0,
    open: options.open === true,
    sample: options.sample === true,
  });
}
