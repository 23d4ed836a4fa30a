// The title bar: the name, a menu of all commands, and the search box.
import { useEffect, useState } from 'react';
import { keysFor } from '../../command/keys.js';
import { boxOf } from '../../state/box.js';
import { place } from '../../state/place.js';
import { focusFound, search, searchBox } from '../../state/search.js';
import { useStore } from '../../state/store.js';
import { useText } from '../../text/text.js';
import { IconButton } from '../part/button.js';
import { Icon } from '../part/icon.js';
import { MainMenu } from './main-menu.js';

export function Title() {
  return (
    <header className="title" data-pane="title">
      <div className="brand">
        <Icon name="brand" />
        <span className="sp">Todoku</span>
        <MainMenu />
      </div>
      <SearchBox />
    </header>
  );
}

/** Milliseconds after the last key before the search runs. */
const typingPause = 180;

function SearchBox() {
  const t = useText();
  const box = boxOf(useStore(place));
  const searched = box.kind === 'search' ? box.words : '';
  const [typed, setTyped] = useState(searched);
  const [focused, setFocused] = useState(false);
  useEffect(() => {
    if (!focused) setTyped(searched);
  }, [searched, focused]);
  useEffect(() => {
    if (!focused || typed === searched) return;
    const timer = setTimeout(() => search(typed), typingPause);
    return () => clearTimeout(timer);
  }, [typed, focused, searched]);
  const clear = () => {
    setTyped('');
    search('');
  };
  return (
    <search className="find">
      <Icon name="search" small />
      <input
        id={searchBox}
        type="search"
        data-pane-focus
        aria-label={t('frame.search')}
        placeholder={t('frame.search')}
        title={t('frame.searchHelp')}
        value={typed}
        spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') clear();
          if (event.key === 'ArrowDown') focusFound();
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) search(typed);
        }}
      />
      {typed === '' ? (
        <kbd className="kbd">{keysFor('go.search')[0]}</kbd>
      ) : (
        <IconButton small label={t('frame.searchClear')} icon="close" onPress={clear} />
      )}
    </search>
  );
}
