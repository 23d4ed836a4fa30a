// Where the writer begins: the cursor before the first letter, once for a sheet.
type Written = HTMLInputElement | HTMLTextAreaElement;

/** A ref. An answer is written above what it quotes. */
export function beginHere(field: Written | null): void {
  if (field === null || !atTheTop(field)) return;
  field.focus();
}

/** A ref: as beginHere(), where the writer begins elsewhere. */
export function waitHere(field: Written | null): void {
  if (field !== null) atTheTop(field);
}

function atTheTop(field: Written): boolean {
  if (field.dataset.placed !== undefined) return false;
  field.dataset.placed = '';
  field.setSelectionRange(0, 0);
  field.scrollTop = 0;
  return true;
}
