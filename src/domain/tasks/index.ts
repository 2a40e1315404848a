/** From what is told of tasks to what a list shows of them. */
export { placeOf, type Place } from './place.js';
export { gather, mergeTasks, recordOf, type StatusEvent, type TaskRecord } from './record.js';
export { isHidden, standingOf } from './standing.js';
export { taskOf, type SessionOrder } from './view.js';
