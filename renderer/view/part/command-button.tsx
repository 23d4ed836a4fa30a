// A toolbar button that is a command: its title, icon, keys and whether it may run come from the table.
import { keysFor } from '../../command/keys.js';
import { type CommandId, canRun, commands, runCommand } from '../../command/table.js';
import { type TextKey, useText } from '../../text/text.js';
import { Button, type ButtonTone, IconButton } from './button.js';

interface Props {
  readonly id: CommandId;
  /** Shows the title beside the icon. */
  readonly labelled?: boolean;
  readonly tone?: ButtonTone;
  /** Another title than the table's, where the place makes it clear. */
  readonly title?: TextKey;
  readonly small?: boolean;
}

export function CommandButton({ id, labelled = false, tone = 'ghost', title, small = false }: Props) {
  const t = useText();
  const { icon, title: own } = commands[id];
  const label = t(title ?? own);
  const state = { isDisabled: !canRun(id), onPress: () => void runCommand(id), small };
  if (labelled || icon === undefined) {
    return (
      <Button {...state} tone={tone} {...(icon === undefined ? {} : { icon })}>
        {label}
      </Button>
    );
  }
  return <IconButton {...state} label={label} icon={icon} keys={keysFor(id)[0]} />;
}
