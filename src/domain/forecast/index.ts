/** How likely an open task gets done within a week. */
export { FEATURES, valuesOf, type Seen } from './features.js';
export { lifeOf, nextDone, openSpans, sightOf, type Life, type Sight } from './life.js';
export {
  chanceOf,
  FORECAST_VERSION,
  HORIZON_DAYS,
  logitOf,
  probabilityOf,
  type Chance,
  type Forecast,
  type History,
  type Model,
} from './model.js';
