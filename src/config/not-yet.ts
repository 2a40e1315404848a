import type { Config } from './load.js';
import { Settings } from './schema.js';

/** One sentence for each key that is accepted and checked, but that this version does not act on. */
export function notYet(config: Config): string[] {
  const { health, knowledge } = config;
  const usual = Settings.parse({}).health;
  const { thresholds } = health;
  const names = Object.keys(usual.thresholds) as (keyof typeof thresholds)[];
  const keys: readonly (readonly [string, boolean, string])[] = [
    ['health.preset', health.preset !== 'off', 'probed'],
    ['health.targets', health.targets.length > 0, 'probed'],
    ['health.timeoutMs', health.timeoutMs !== usual.timeoutMs, 'used'],
    ['health.thresholds', names.some((name) => thresholds[name] !== usual.thresholds[name]), 'used'],
    ['knowledge', knowledge.enabled || knowledge.redisUrl !== null || knowledge.autobotApi !== null, 'written or read'],
    ['multiHost', config.multiHost, 'supported'],
  ];
  return keys
    .filter(([, isSet]) => isSet)
    .map(([key, , verb]) => `\`${key}\`: configured, but not ${verb} by this version`);
}
