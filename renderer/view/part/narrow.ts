// Is the window too narrow for two panes side by side?
import { useSyncExternalStore } from 'react';

const narrow = () => matchMedia('(max-width: 1000px)');

export function useNarrow(): boolean {
  return useSyncExternalStore(watchWidth, () => narrow().matches);
}

function watchWidth(listener: () => void): () => void {
  const query = narrow();
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
