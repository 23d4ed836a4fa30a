// Which question about an account is open: its removal, or its password.
import { createStore } from '../../state/store.js';

export type Asking = { readonly kind: 'remove' | 'unlock'; readonly id: string } | null;
export const asking = createStore<Asking>(null);
