/** A message without its suppression counter, and how many more it stands for. */
export function suppressed(message: string): { readonly text: string; readonly more: number } {
  return { text: message, more: 0 };
}
