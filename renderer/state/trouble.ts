// A call the person asked for that failed: said in the bar above the screen until dismissed.
import type { CallInput, CallName, CallOutput } from '../../shared/contract.js';
import { type Failure, toFailure } from '../../shared/error.js';
import { call } from './link.js';
import { createStore } from './store.js';

export const trouble = createStore<Failure | null>(null);

/** Makes a call; a failure is shown, and gives null. */
export async function act<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name> | null> {
  try {
    const output = await call(name, input);
    trouble.set(null);
    return output;
  } catch (error) {
    trouble.set(toFailure(error));
    return null;
  }
}
