// A field over the window with choices below it: arrows choose, Enter runs. The palette and "move to" are ones.
import { useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { Icon, type IconName } from './icon.js';

export interface FinderChoice {
  readonly id: string;
  readonly icon: IconName;
  readonly label: string;
  readonly aside?: string | undefined;
  readonly keys?: string | undefined;
  readonly run: () => void;
}
interface Props {
  readonly title: string;
  readonly placeholder: string;
  readonly nothing: string;
  readonly typed: string;
  readonly onType: (typed: string) => void;
  readonly choices: readonly FinderChoice[];
  readonly onClose: () => void;
}

export function Finder({ title, placeholder, nothing, typed, onType, choices, onClose }: Props) {
  const [at, setAt] = useState(0);
  const place = Math.min(at, choices.length - 1);
  const chosen = choices[place];
  const run = (choice: FinderChoice | undefined) => {
    if (choice === undefined) return;
    onClose();
    // After the dialog has given the focus back.
    setTimeout(choice.run, 0);
  };
  const keys = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt((place + step + choices.length) % Math.max(1, choices.length));
    }
    if (event.key === 'Enter') run(chosen);
  };
  return (
    <ModalOverlay className="scrim top" isOpen isDismissable onOpenChange={onClose}>
      <Modal className="dlg palette">
        <Dialog aria-label={title} className="dlg-in">
          <input
            className="palette-in"
            autoFocus
            role="combobox"
            aria-expanded="true"
            aria-controls="finder-list"
            aria-activedescendant={chosen === undefined ? undefined : `finder-${place}`}
            aria-label={placeholder}
            placeholder={placeholder}
            value={typed}
            onChange={(event) => {
              onType(event.target.value);
              setAt(0);
            }}
            onKeyDown={keys}
          />
          <div className="palette-list" id="finder-list" role="listbox" aria-label={title}>
            {choices.map((choice, index) => (
              <FinderRow key={choice.id} choice={choice} index={index} chosen={index === place} onRun={run} />
            ))}
          </div>
          {choices.length === 0 ? <p className="palette-none t3">{nothing}</p> : null}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function FinderRow(props: { choice: FinderChoice; index: number; chosen: boolean; onRun: (choice: FinderChoice) => void }) {
  const { choice, index, chosen, onRun } = props;
  return (
    <div
      id={`finder-${index}`}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      className="menu-row"
      ref={(element) => (chosen ? element?.scrollIntoView({ block: 'nearest' }) : undefined)}
      onPointerDown={(event) => {
        event.preventDefault();
        onRun(choice);
      }}
    >
      <Icon name={choice.icon} />
      <span className="sp el">{choice.label}</span>
      {choice.aside === undefined ? null : <span className="t3 small el">{choice.aside}</span>}
      {choice.keys === undefined ? null : <kbd className="kbd">{choice.keys}</kbd>}
    </div>
  );
}
