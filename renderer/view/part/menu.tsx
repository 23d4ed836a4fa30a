// A menu that opens from a button. Rows are commands or anything that runs.
import type { ReactElement } from 'react';
import { Menu as AriaMenu, Header, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import { Icon, type IconName } from './icon.js';

export interface MenuRow {
  readonly id: string;
  readonly label: string;
  readonly icon?: IconName;
  readonly keys?: string | undefined;
  readonly disabled?: boolean;
  readonly marked?: boolean;
  readonly run: () => void;
}
export interface MenuGroup {
  readonly title: string;
  readonly rows: readonly MenuRow[];
}

/** `children` is the button. */
export function Menu({ label, groups, children }: { label: string; groups: readonly MenuGroup[]; children: ReactElement }) {
  const rows = groups.flatMap((group) => group.rows);
  return (
    <MenuTrigger>
      {children}
      <Popover className="menu" offset={4}>
        <AriaMenu
          aria-label={label}
          className="menu-list"
          disabledKeys={rows.filter((row) => row.disabled).map((row) => row.id)}
          onAction={(key) => rows.find((row) => row.id === key)?.run()}
        >
          {groups.map((group) => (
            <MenuSection key={group.title} className="menu-sec" aria-label={group.title}>
              {groups.length > 1 && group.title !== '' ? <Header className="menu-head">{group.title}</Header> : null}
              {group.rows.map((row) => (
                <MenuItem key={row.id} id={row.id} className="menu-row" textValue={row.label}>
                  <span className="menu-mark">
                    {row.marked ? <Icon name="check" small /> : row.icon ? <Icon name={row.icon} small /> : null}
                  </span>
                  <span className="sp">{row.label}</span>
                  {row.keys === undefined ? null : <kbd className="kbd">{row.keys}</kbd>}
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
