/** From what is told of tasks to what a list shows of them. */
export { liveOf, NOTHING, type Around, type TiedError } from './around.js';
export { componentOf, type Component } from './components.js';
export { isListed, listingOf, placeOf, type Place } from './place.js';
export { gather, mergeTasks, recordOf, type StatusEvent, type TaskRecord } from './record.js';
export { LOWEST_DAYS, RANK_VERSION } from './rank.js';
export { laterLesson, type Lesson } from './ruling.js';
export { isHidden, standingOf } from './standing.js';
export { refusalOf, shareOf, taughtBy, verdictOf, type MergeRefusal } from './verdict.js';
export { taskOf, type SessionOrder } from './view.js';
export { waitsOf, wordsWaitedFor } from './waits.js';
