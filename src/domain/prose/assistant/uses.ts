/** What people do with a thing, as against what must happen before work goes on. */

/** Somebody's use of a thing, which no work waits for: `until somebody queries it`. */
export const isUse = (what: string): boolean =>
  /^(?:some(?:body|one)|any(?:body|one)|nobody|whoever|an? [\p{L}-]+|the [\p{L}-]+|you|they|he|she|it|one)(?: (?:first|really|actually|next|else|then))*\s+(?:quer|use|open|click|ask(?:s|ed)? for|log|visit|request|look|scroll|press|hit|touch|need|load|read|typ|edit|select|drag|call(?:s|ed)? it|expire|reload|reconnect|sav|close|leav|enter|subscribe|search|fetch|render|change)/iu.test(
    what.trim(),
  );
