// The palette: type part of a command's name and press Enter. Words that name no command search the mail.
import { useState } from 'react';
import { keysFor } from '../../command/keys.js';
import { matchScore } from '../../command/match.js';
import { type CommandId, canRun, commandIds, commands, runCommand } from '../../command/table.js';
import { overlay } from '../../state/overlay.js';
import { search } from '../../state/search.js';
import { type Translate, useText } from '../../text/text.js';
import { Finder, type FinderChoice } from '../part/finder.js';

export function Palette() {
  const t = useText();
  const [typed, setTyped] = useState('');
  return (
    <Finder
      title={t('frame.paletteTitle')}
      placeholder={t('frame.palettePlaceholder')}
      nothing={t('frame.paletteNothing')}
      typed={typed}
      onType={setTyped}
      choices={choicesFor(typed, t)}
      onClose={() => overlay.set(null)}
    />
  );
}

function choicesFor(typed: string, t: Translate): readonly FinderChoice[] {
  const named = commandIds
    .filter((id) => id !== 'go.palette' && canRun(id))
    .map((id) => ({ id, score: matchScore(t(commands[id].title), typed) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ id }) => choiceOf(id, t(commands[id].title)));
  const words = typed.trim();
  if (words === '') return named;
  return [...named, { id: 'search', icon: 'search', label: t('frame.paletteSearch', { words }), run: () => search(words) }];
}

function choiceOf(id: CommandId, label: string): FinderChoice {
  return { id, icon: commands[id].icon ?? 'right', label, keys: keysFor(id)[0], run: () => void runCommand(id) };
}
