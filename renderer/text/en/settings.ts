// The settings screen, in English.
export const settings = {
  title: 'Settings',
} as const;
