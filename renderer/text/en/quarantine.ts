// The quarantine screen, in English.
export const quarantine = {
  title: 'Quarantine',
} as const;
