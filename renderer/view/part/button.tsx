// Buttons: quiet, primary, ghost and destructive; and one that is only an icon, which must have a name.
import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Icon, type IconName } from './icon.js';
import { Tip } from './tip.js';

export type ButtonTone = 'quiet' | 'primary' | 'ghost' | 'bad';
export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  readonly children: ReactNode;
  readonly icon?: IconName;
  readonly tone?: ButtonTone;
  readonly small?: boolean;
}
const tones: Readonly<Record<ButtonTone, string>> = { quiet: '', primary: 'pri', ghost: 'gh', bad: 'bad' };

export function Button({ children, icon, tone = 'quiet', small = false, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={`btn ${tones[tone]} ${small ? 'sm' : ''}`}>
      {icon === undefined ? null : <Icon name={icon} small={small} />}
      {children}
    </AriaButton>
  );
}

export interface IconButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style' | 'aria-label'> {
  readonly label: string;
  readonly icon: IconName;
  readonly keys?: string | undefined;
  readonly small?: boolean;
}

export function IconButton({ label, icon, keys, small = false, ...rest }: IconButtonProps) {
  return (
    <Tip text={label} keys={keys}>
      <AriaButton {...rest} aria-label={label} className={`ib ${small ? 'sm' : ''}`}>
        <Icon name={icon} small={small} />
      </AriaButton>
    </Tip>
  );
}
