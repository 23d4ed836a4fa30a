// The account screen, in English.
export const account = {
  title: 'Account',
} as const;
