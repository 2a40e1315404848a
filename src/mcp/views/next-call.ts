/** A call as a hint names it: the arguments that were given, without those that are the tool's defaults. */
export function nextCall(
  tool: string,
  args: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, unknown>>,
): string {
  const given = Object.entries(args).filter(([key, value]) => value !== undefined && value !== defaults[key]);
  return `${tool} ${JSON.stringify(Object.fromEntries(given))}`;
}
