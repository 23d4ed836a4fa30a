// A labelled text field, with a hint or what is wrong below it.
import type { HTMLAttributes, ReactNode } from 'react';
import { FieldError, Input, Label, Text, TextArea, TextField, type TextFieldProps } from 'react-aria-components';
import { Icon } from './icon.js';

export interface FieldProps extends Omit<TextFieldProps, 'children' | 'className' | 'style' | 'isInvalid'> {
  readonly label: string;
  /** Drawn, or only spoken. */
  readonly hideLabel?: boolean;
  readonly hint?: ReactNode;
  readonly error?: string | null;
  readonly placeholder?: string;
  readonly mono?: boolean;
  readonly rows?: number;
  /** Filled in by the program, grey until edited. */
  readonly automatic?: boolean;
  readonly inputMode?: HTMLAttributes<HTMLInputElement>['inputMode'];
}

export function Field(props: FieldProps) {
  const { label, hideLabel = false, hint, error = null, placeholder, mono = false, rows, automatic = false, inputMode, ...rest } = props;
  const className = `in ${mono ? 'mono' : ''} ${automatic ? 'auto' : ''} ${error === null ? '' : 'bad'}`;
  return (
    <TextField {...rest} className="field" isInvalid={error !== null} aria-label={hideLabel ? label : undefined}>
      {hideLabel ? null : <Label className="fl-l">{label}</Label>}
      {rows === undefined ? (
        <Input className={className} placeholder={placeholder} inputMode={inputMode} />
      ) : (
        <TextArea className={`${className} area`} placeholder={placeholder} rows={rows} />
      )}
      {hint === undefined || error !== null ? null : (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      {error === null ? null : (
        <FieldError className="fl-e">
          <Icon name="problem" small />
          {error}
        </FieldError>
      )}
    </TextField>
  );
}
