/** The configuration: read once at start, strictly. Everything outside this folder imports it from here. */
export { leafPaths } from './faults.js';
export { loadConfig, usualLog, type Config } from './load.js';
export { notYet } from './not-yet.js';
export { claudeFolders, packageFolder, packageVersion, trackerHome } from './paths.js';
export { zoneMinutes } from './zone.js';
export { readSecrets, SECRETS_FILE, type Secrets } from './secrets.js';
