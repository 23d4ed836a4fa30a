// The log screen, in English.
export const log = {
  title: 'Log',
} as const;
