/** Where the dashboard is. */
import type { Config } from '../config.js';

export function boardAddress(config: Config): string | null {
  return config.dashboard.enabled ? `http://${config.dashboard.host}:${config.dashboard.port}/` : null;
}
