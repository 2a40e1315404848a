/**
 * Names of the log formats, for config.json. They stand here and not only in src/domain/log, since every process reads the
 * configuration and only `tail` the logs; a test keeps both lists the same.
 */
export const LOG_FORMATS = ['plain', 'redis'] as const;
