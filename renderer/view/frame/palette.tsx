// The palette: type part of a command's name and press Enter. Words that name no command search the mail.
import { useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { keysFor } from '../../command/keys.js';
import { matchScore } from '../../command/match.js';
import { type CommandId, canRun, commandIds, commands, runCommand } from '../../command/table.js';
import { overlay } from '../../state/overlay.js';
import { search } from '../../state/search.js';
import { useText } from '../../text/text.js';
import { Icon, type IconName } from '../part/icon.js';

interface Choice {
  readonly id: string;
  readonly icon: IconName;
  readonly label: string;
  readonly keys?: string | undefined;
  readonly run: () => void;
}

const close = () => overlay.set(null);

export function Palette() {
  const t = useText();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const choices = useChoices(typed);
  const chosen = choices[Math.min(at, choices.length - 1)];
  const run = (choice: Choice | undefined) => {
    if (choice === undefined) return;
    close();
    // After the dialog has given the focus back.
    setTimeout(choice.run, 0);
  };
  const move = (step: number) => setAt((Math.min(at, choices.length - 1) + step + choices.length) % Math.max(1, choices.length));
  return (
    <ModalOverlay className="scrim top" isOpen isDismissable onOpenChange={close}>
      <Modal className="dlg palette">
        <Dialog aria-label={t('frame.paletteTitle')} className="dlg-in">
          <input
            className="palette-in"
            autoFocus
            role="combobox"
            aria-expanded="true"
            aria-controls="palette-list"
            aria-activedescendant={chosen === undefined ? undefined : `palette-${chosen.id}`}
            aria-label={t('frame.palettePlaceholder')}
            placeholder={t('frame.palettePlaceholder')}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setAt(0);
            }}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return;
              const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
              if (step !== undefined) {
                event.preventDefault();
                move(step);
              }
              if (event.key === 'Enter') run(chosen);
            }}
          />
          <div className="palette-list" id="palette-list" role="listbox" aria-label={t('frame.paletteTitle')}>
            {choices.map((choice) => (
              <div
                key={choice.id}
                id={`palette-${choice.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={choice === chosen}
                className="menu-row"
                ref={(element) => (choice === chosen ? element?.scrollIntoView({ block: 'nearest' }) : undefined)}
                onPointerDown={(event) => {
                  event.preventDefault();
                  run(choice);
                }}
              >
                <Icon name={choice.icon} />
                <span className="sp el">{choice.label}</span>
                {choice.keys === undefined ? null : <kbd className="kbd">{choice.keys}</kbd>}
              </div>
            ))}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function useChoices(typed: string): readonly Choice[] {
  const t = useText();
  const named = commandIds
    .filter((id) => id !== 'go.palette' && canRun(id))
    .map((id) => ({ id, score: matchScore(t(commands[id].title), typed) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ id }) => choiceOf(id, t(commands[id].title)));
  const words = typed.trim();
  if (words === '') return named;
  const searching = { id: 'search', icon: 'search' as const, label: t('frame.paletteSearch', { words }), run: () => search(words) };
  return [...named, searching];
}

function choiceOf(id: CommandId, label: string): Choice {
  return { id, icon: commands[id].icon ?? 'right', label, keys: keysFor(id)[0], run: () => void runCommand(id) };
}
