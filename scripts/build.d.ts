// Types of build.js, for the tests.
export function ensureBuilt(checkout: string, say: (line: string) => void): void;
export function isFresh(checkout: string): boolean;
