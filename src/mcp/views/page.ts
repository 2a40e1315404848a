/** A page is filled by bytes as well as by its limit: a reply that floods the reader's context is of no use to it. */

/** Bytes of the items of one page; with the rest of the reply it stays below 8 kB. */
export const PAGE_BYTES = 7_000;

export const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** How many of `items`, from the first, fit into `maxBytes`; at least one, so that paging always gets on. */
export function fitting(items: readonly unknown[], maxBytes: number): number {
  let bytes = 0;
  for (const [index, item] of items.entries()) {
    bytes += bytesOf(item) + 1;
    if (bytes > maxBytes) return Math.max(1, index);
  }
  return items.length;
}

/**
 * Reads a page of at most `limit` items and, where its items do not fit, reads again only as many as do: only the store
 * can say where the next page begins. What changed in between is measured again.
 */
export async function fillPage<Page, Item>(
  limit: number,
  read: (limit: number) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[],
): Promise<{ readonly page: Page; readonly items: readonly Item[] }> {
  let asked = limit;
  for (;;) {
    const page = await read(asked);
    const items = itemsOf(page);
    const fit = fitting(items, PAGE_BYTES);
    if (fit >= items.length) return { page, items };
    asked = fit;
  }
}
