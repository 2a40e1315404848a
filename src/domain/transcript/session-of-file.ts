const NAMED_BY_SESSION = /(?:^|[\\/])([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.jsonl$/i;

/** The session that a file is named after, or null: older lines in it may carry the id of the session it was copied from. */
export function sessionOfFile(path: string): string | null {
  return NAMED_BY_SESSION.exec(path)?.[1]?.toLowerCase() ?? null;
}
