// Choosing one of a few: a select, or all of them side by side.
import {
  Button as AriaButton,
  Select as AriaSelect,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
  Text,
  ToggleButton,
  ToggleButtonGroup,
} from 'react-aria-components';
import { Icon, type IconName } from './icon.js';

export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: IconName;
}
interface Props<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
  readonly hideLabel?: boolean;
  readonly hint?: string;
  readonly isDisabled?: boolean;
}

export function Select<Value extends string>(props: Props<Value> & { readonly small?: boolean }) {
  const { label, value, options, onChange, hideLabel = false, hint, isDisabled = false, small = false } = props;
  return (
    <AriaSelect
      className="field"
      aria-label={hideLabel ? label : undefined}
      value={value}
      onChange={(key) => onChange(key as Value)}
      isDisabled={isDisabled}
    >
      {hideLabel ? null : <Label className="fl-l">{label}</Label>}
      <AriaButton className={small ? 'drop' : 'in pick-one'}>
        <SelectValue className="el sp" />
        <Icon name="down" small />
      </AriaButton>
      {hint === undefined ? null : (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <Popover className="menu" offset={4}>
        <ListBox className="menu-list" items={options.map((option) => ({ ...option, id: option.value }))}>
          {(option) => (
            <ListBoxItem className="menu-row" textValue={option.label}>
              {({ isSelected }) => (
                <>
                  <span className="menu-mark">{isSelected ? <Icon name="check" small /> : null}</span>
                  {option.label}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

export function Segmented<Value extends string>(props: Props<Value> & { readonly full?: boolean }) {
  const { label, value, options, onChange, hideLabel = true, hint, isDisabled = false, full = false } = props;
  return (
    <div className="field">
      {hideLabel ? null : <span className="fl-l">{label}</span>}
      <ToggleButtonGroup
        className={`seg ${full ? 'full' : ''}`}
        aria-label={label}
        selectionMode="single"
        disallowEmptySelection
        isDisabled={isDisabled}
        selectedKeys={[value]}
        onSelectionChange={(keys) => {
          const [key] = keys;
          if (key !== undefined) onChange(key as Value);
        }}
      >
        {options.map((option) => (
          <ToggleButton key={option.value} id={option.value} className="seg-one">
            {option.icon === undefined ? null : <Icon name={option.icon} small />}
            {option.label}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {hint === undefined ? null : <p className="hint">{hint}</p>}
    </div>
  );
}
