// A tooltip after half a second, also on keyboard focus. The control inside must be focusable.
import type { ReactElement } from 'react';
import { Tooltip, TooltipTrigger } from 'react-aria-components';

export function Tip({ text, keys, children }: { text: string; keys?: string | undefined; children: ReactElement }) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {children}
      <Tooltip className="tip" offset={6}>
        {text}
        {keys === undefined ? null : <kbd className="kbd">{keys}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  );
}
