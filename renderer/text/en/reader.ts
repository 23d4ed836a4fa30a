// reader, in English.
export const reader = {
  title: 'x',
} as const;
