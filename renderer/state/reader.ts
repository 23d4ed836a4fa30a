// What the reading pane shows of a message: its text, its headers, or its source.
import { createStore } from './store.js';

export const readerTabs = ['message', 'headers', 'source'] as const;
export type ReaderTab = (typeof readerTabs)[number];
export const readerTab = createStore<ReaderTab>('message');
