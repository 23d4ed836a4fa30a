// What is done about a problem: try again, deliver as it is, delete on the server. The last two ask first.
import type { Problem } from '../../../shared/station.js';
import { confirm } from '../../state/overlay.js';
import { act } from '../../state/trouble.js';
import { say } from '../../text/text.js';

export async function retry({ id }: Problem): Promise<void> {
  await act('problem.settle', { id, how: 'retry' });
}

export async function deliver({ id, uidl }: Problem): Promise<void> {
  const yes = await confirm({
    title: say('problems.deliverTitle'),
    text: say('problems.deliverConsequence'),
    verb: say('problems.deliverVerb'),
    destructive: false,
    doubtful: true,
    named: uidl,
  });
  if (yes) await act('problem.settle', { id, how: 'deliver' });
}

export async function removeOnServer({ id, uidl }: Problem, host: string): Promise<void> {
  const yes = await confirm({
    title: say('problems.removeTitle'),
    text: say('problems.removeConsequence', { host }),
    verb: say('problems.removeVerb'),
    destructive: true,
    named: uidl,
  });
  if (yes) await act('problem.settle', { id, how: 'delete' });
}
