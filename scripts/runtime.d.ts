// Types of runtime.js, for the tests.
export interface Runtime {
  readonly executable: string;
  readonly args: readonly string[];
  readonly evaluation: boolean;
}
export function findRuntime(
  checkout: string,
  say: (line: string) => void,
  env?: Readonly<Record<string, string | undefined>>,
): Promise<Runtime>;
