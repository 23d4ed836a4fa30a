// `todoku route ADDRESS`: where mail to an address would go, each step, or why it is refused. Nothing is delivered.
// With --target it says first where the mailbox of that address hands its mail.
import type { RouteResult } from '../../shared/route.js';
import { route } from '../routing/route.js';
import type { CommandIo } from './io.js';
import { printable } from './messages.js';
import { withSettings } from './office.js';

/** 0 whatever the answer is: a refusal is an answer. */
export async function routeCommand(address: string, io: CommandIo): Promise<number> {
  return withSettings(io, async ({ settings }) => {
    const { address: asked, steps, targets, refusal } = route(address, settings.read().routing);
    const result: RouteResult = { address: asked, steps, targets, refusal };
    if (io.json) io.out(JSON.stringify(result));
    else for (const line of lines(result, io.language)) io.out(printable(line));
    return 0;
  });
}

const words = {
  en: { nothing: 'not found', to: 'to', relay: 'to the relay', refused: 'refused' },
  ja: { nothing: 'なし', to: '配送先', relay: '中継先', refused: '拒否' },
} as const;

function lines(result: RouteResult, language: 'en' | 'ja'): readonly string[] {
  const said = words[language];
  const steps = result.steps.map(
    ({ kind, key, result: found, note }) =>
      `${kind.padEnd(10)} ${key} -> ${found.length === 0 ? said.nothing : found.join(', ')}${note === '' ? '' : ` (${note})`}`,
  );
  const targets = result.targets.map((target) =>
    'relay' in target ? `${said.relay}: ${target.relay}` : `${said.to}: ${target.mailbox}  ${target.path}`,
  );
  return [...steps, ...targets, ...(result.refusal === null ? [] : [`${said.refused}: ${result.refusal.text}`])];
}
