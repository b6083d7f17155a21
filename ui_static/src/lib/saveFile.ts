const KEPT_MS = 60_000;

/** Lets the browser save a file under a name, as if a link to it had been clicked. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after the click; how long it takes to begin is its own affair.
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
