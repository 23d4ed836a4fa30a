// A tick box and a switch, each with its sentence.
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox, Switch as AriaSwitch } from 'react-aria-components';
import { Icon } from './icon.js';

interface Props {
  readonly children: ReactNode;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly isDisabled?: boolean;
}

export function Checkbox({ children, on, onChange, isDisabled = false }: Props) {
  return (
    <AriaCheckbox className="ck" isSelected={on} onChange={onChange} isDisabled={isDisabled}>
      {({ isSelected }) => (
        <>
          <span className={`bx ${isSelected ? 'on' : ''}`}>{isSelected ? <Icon name="check" small /> : null}</span>
          <span>{children}</span>
        </>
      )}
    </AriaCheckbox>
  );
}

export function Switch({ children, on, onChange, isDisabled = false }: Props) {
  return (
    <AriaSwitch className="ck" isSelected={on} onChange={onChange} isDisabled={isDisabled}>
      {({ isSelected }) => (
        <>
          <span>{children}</span>
          <span className={`tog ${isSelected ? 'on' : ''}`} />
        </>
      )}
    </AriaSwitch>
  );
}
