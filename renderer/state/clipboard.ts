// Text onto the clipboard. The desktop app refuses every permission (S11), the one of navigator.clipboard too; the old command
// needs none, only the click that is under way. A browser that does not know it is asked the other way.

/** Rejects where neither way is allowed. */
export async function copyText(text: string): Promise<void> {
  if (!copyByCommand(text)) await navigator.clipboard.writeText(text);
}

function copyByCommand(text: string): boolean {
  let taken = false;
  const take = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
    taken = event.clipboardData !== null;
  };
  document.addEventListener('copy', take, true);
  try {
    return document.execCommand('copy') && taken;
  } finally {
    document.removeEventListener('copy', take, true);
  }
}
