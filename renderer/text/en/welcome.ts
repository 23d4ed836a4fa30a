// The welcome screen, in English.
export const welcome = {
  title: 'Welcome',
} as const;
