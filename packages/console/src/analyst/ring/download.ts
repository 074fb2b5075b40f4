/** Hands the browser a file that was made on the page. */
export function download(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser may still be reading when this turn ends.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
