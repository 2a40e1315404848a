/** The patterns of one whole log file. Apart from the room's other door, which the server uses: this one reads formats. */
export { createFileEvents, type EventLines } from './events.js';
export { createFilePatterns, type FilePattern } from './patterns.js';
