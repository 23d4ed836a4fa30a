// Types of runtime-registry.js, for the tests.
export const registryRuntime: {
  readonly package: string;
  readonly integrity: string;
  readonly version: string;
  readonly executable: string;
  readonly megabytes: number;
};
export const registryRuntimeFits: boolean;
export function cacheFolder(env?: Readonly<Record<string, string | undefined>>): string;
export function registryRuntimeFolder(
  say: (line: string) => void,
  options?: { readonly cache?: string; readonly fetchArchive?: (work: string, say: (line: string) => void) => Promise<string> },
): Promise<string>;
