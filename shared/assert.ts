// Compile-time exhaustiveness for closed unions.

/** Throws: a value reached code that the types say cannot see it. */
export function assertNever(value: never): never {
  throw new TypeError(`unreachable: ${JSON.stringify(value)}`);
}
