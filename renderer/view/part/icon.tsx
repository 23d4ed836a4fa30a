// One icon. It says nothing to a screen reader: the control around it carries the name.
import { type IconName, icons } from './icons.js';

export type { IconName };

export function Icon({ name, small = false, className = '' }: { name: IconName; small?: boolean; className?: string }) {
  return (
    <svg className={`i ${small ? 's' : ''} ${className}`} viewBox="0 0 16 16" aria-hidden="true">
      {icons[name]}
    </svg>
  );
}
